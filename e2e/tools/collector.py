"""A collector that keeps every span it is sent and answers 202 as Zipkin does, unless it is told another status for a path."""

import json
import socket
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from received_spans import spans_of, xray
from spans import Span


class Server(ThreadingHTTPServer):
    # Proxies that end send what they have left to all their collectors at once.
    request_queue_size = 1024


@dataclass(frozen=True)
class Post:
    """One message to the collector; spans as their JSON says them."""

    path: str
    host: str
    content_type: str
    spans: tuple

    def facts(self):
        return (("host", self.host), ("content type", self.content_type), ("path", self.path))

QUIET_SECONDS = 2
# The largest that UDP has, and room for those of many cases at once.
DATAGRAM_BYTES, DATAGRAMS_BYTES = 65_535, 4 << 20


class Collector:
    """Thread-safe: spans arrive on the server's threads and are read by the caller's."""

    def __init__(self, address, port=9411, statuses=()):
        """statuses: beginning of a path → what is answered there instead of 202."""
        self._posts, self._lock, self._statuses = [], threading.Lock(), dict(statuses)
        self._server = Server((address, port), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def take_datagrams(self, port):
        """X-Ray's too, each a post without a path."""
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, DATAGRAMS_BYTES)
        datagrams.bind(("127.0.0.1", port))
        threading.Thread(target=self._receive, args=(datagrams,), daemon=True).start()

    def _receive(self, datagrams):
        while True:
            head, _, text = datagrams.recv(DATAGRAM_BYTES).partition(b"\n")
            post = Post("", "", head.decode(), (xray(json.loads(text)),))
            with self._lock:
                self._posts.append(post)

    def clear(self):
        with self._lock:
            self._posts.clear()

    def posts(self):
        with self._lock:
            return list(self._posts)

    def spans(self):
        return [Span.parse(span) for post in self.posts() for span in post.spans]

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
                spans = tuple(spans_of(self.path, self.headers.get("content-type", ""), body))
                post = Post(self.path, self.headers.get("host", ""), self.headers.get("content-type", ""), spans)
                with collector._lock:
                    collector._posts.append(post)
                self.send_response(next((status for path, status in collector._statuses.items() if self.path.startswith(path)), 202))
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
