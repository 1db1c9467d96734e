"""A collector that keeps every span it is sent and answers 202 as Zipkin does; it reads what v2 JSON says, nothing else."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from spans import Span

QUIET_SECONDS = 2


class Collector:
    """Thread-safe: spans arrive on the server's threads and are read by the caller's."""

    def __init__(self, address, port=9411):
        self._spans, self._lock = [], threading.Lock()
        self._server = ThreadingHTTPServer((address, port), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def clear(self):
        with self._lock:
            self._spans.clear()

    def spans(self):
        with self._lock:
            return [Span.parse(span) for span in self._spans]

    def await_spans(self, enough, seconds, what):
        """The spans once `enough(spans)` holds; what stands for them in the message when it never does."""
        deadline = time.monotonic() + seconds
        while not enough(spans := self.spans()):
            if time.monotonic() > deadline:
                raise SystemExit(f"no {what} within {seconds} s; {len(spans)} spans came: {[span.who() for span in spans]}")
            time.sleep(0.05)
        return spans

    def await_quiet(self):
        """Until no span has come for longer than any of the planes keeps one."""
        seen = -1
        while seen != len(self.spans()):
            seen = len(self.spans())
            time.sleep(QUIET_SECONDS)

    def _handler(collector):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                if self.headers.get("transfer-encoding", "").lower() == "chunked":
                    body = self.unchunked()
                with collector._lock:
                    collector._spans += json.loads(body)
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def unchunked(self):
                body = b""
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def log_message(self, *_):
                pass

        return Handler
