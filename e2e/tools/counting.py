"""A collector that only counts the identifiers of spans."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SPAN_ID = re.compile(rb'"id":"([0-9a-f]{16})"')


class CountingCollector:
    """Counts the spans of every message that it answered with 202. It can be down: then nothing listens."""

    def __init__(self, address, port):
        self.address, self.port = address, port
        self.ids, self.received, self._lock = set(), 0, threading.Lock()
        self.up()

    def up(self):
        self._server = ThreadingHTTPServer((self.address, self.port), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self):
        """Also ends the connections that stand, before their next answer."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(collector):
        own_server = lambda handler: handler.server is collector._server and handler.server.socket.fileno() >= 0

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if not own_server(self):
                    self.close_connection = True
                    return
                ids = SPAN_ID.findall(body)
                with collector._lock:
                    collector.ids.update(ids)
                    collector.received += len(ids)
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler
