"""Answers after it has asked the backend, if there is one, over connections that it keeps. On SIGTERM it goes on for LINGER_SECONDS."""

import http.client
import os
import queue
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8080
BACKEND = os.environ.get("BACKEND")
LINGER_SECONDS = float(os.environ["LINGER_SECONDS"])

kept = queue.SimpleQueue()


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        try:
            status, body = 200, ask_backend() if BACKEND and self.path != "/healthz" else b"ok\n"
        except (OSError, http.client.HTTPException) as failure:
            status, body = 502, f"{BACKEND}: {failure!r}\n".encode()
            print(body, flush=True)
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def ask_backend():
    try:
        connection = kept.get_nowait()
    except queue.Empty:
        connection = http.client.HTTPConnection(BACKEND, PORT, timeout=10)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    kept.put(connection)
    return body


def end(*_):
    if LINGER_SECONDS == 0:
        os._exit(0)
    threading.Timer(LINGER_SECONDS, os._exit, (0,)).start()


signal.signal(signal.SIGTERM, end)
Server(("", PORT), App).serve_forever()
