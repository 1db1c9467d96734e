"""The sandbox's first service: greets, after asking service 2. Python's standard library only: it knows nothing of tracing.

All it does for a trace is what any service must: it copies the trace headers of the request that it serves to the request that it
makes. COPY_HEADERS=false leaves the copying out, and the trace falls apart into two.
"""

import http.client
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TRACE_HEADERS = (
    "x-request-id",
    "x-b3-traceid",
    "x-b3-spanid",
    "x-b3-parentspanid",
    "x-b3-sampled",
    "x-b3-flags",
    "b3",
    "traceparent",
    "tracestate",
    "x-ot-span-context",
)
COPY_HEADERS = os.environ.get("COPY_HEADERS", "true") != "false"
SERVICE2 = urlsplit(os.environ.get("SERVICE2", "http://service2:8080"))
PORT = int(os.environ.get("PORT", "8080"))
SERVICE2_TIMEOUT_SECONDS = 10


class Service1(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; the second must not wait for the first's acknowledgement

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/healthz":
            self.answer(200, "ok\n")
        elif path == "/alone":
            self.answer(200, "Service 1 answers alone.\n")
        elif path.startswith("/trace/"):
            self.answer(*self.greeting_after_service2())
        else:
            self.answer(404, f"nothing at {self.path} (expected: /trace/1, /alone or /healthz)\n")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.answer(200, f"Service 1 read {len(body)} bytes.\n")

    def greeting_after_service2(self):
        try:
            status, told = self.ask_service2()
        except OSError as unreachable:
            return 502, f"service 2 did not answer: {unreachable}\n"
        return status, f"Hello from behind Sidetrace (service 1)! And service 2 says: {told}"

    def ask_service2(self):
        copied = {name: self.headers[name] for name in TRACE_HEADERS if COPY_HEADERS and name in self.headers}
        connection = http.client.HTTPConnection(SERVICE2.hostname, SERVICE2.port, timeout=SERVICE2_TIMEOUT_SECONDS)
        try:
            connection.request("GET", "/trace/2", headers=copied)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", "text/plain; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *args):
        request_id = self.headers.get("x-request-id", "-") if hasattr(self, "headers") else "-"
        print(f"{self.address_string()} x-request-id={request_id} {format % args}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # process 1 of a container has no default handler
    print(f"service 1 on {PORT}, copying the trace headers: {COPY_HEADERS}", flush=True)
    ThreadingHTTPServer(("", PORT), Service1).serve_forever()
