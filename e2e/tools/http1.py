"""HTTP/1 messages as bytes: read off a socket without being mended, so that what a proxy did to them can be seen."""

from dataclasses import dataclass

PATIENCE_SECONDS = 6


@dataclass(frozen=True)
class Message:
    """start: the request or status line; lines: header lines as they came; framing: how the body ends."""

    start: str
    lines: tuple
    framing: str = "none"
    body: bytes = b""
    trailers: tuple = ()
    complete: bool = True

    def values(self, name):
        return [value for spelled, value in map(split, self.lines) if spelled.lower() == name]

    @property
    def method(self):
        return self.start.partition(" ")[0]

    @property
    def status(self):
        return int(self.start.split(" ")[1])

    def closes(self):
        return any("close" in value.lower() for value in self.values("connection")) or self.framing == "until close"


def split(line):
    name, _, value = line.partition(":")
    return name, value.strip(" \t")


class Ended(Exception):
    """The peer ended the connection: `closed` or `reset`, or was `silent`."""

    def __init__(self, how):
        super().__init__(how)
        self.how = how


class MessageReader:
    """Reads messages off one socket. Confined to one thread."""

    def __init__(self, socket):
        self._socket, self._buffer = socket, b""
        socket.settimeout(PATIENCE_SECONDS)

    def head(self):
        """The next message without its body."""
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            self._more()
            self._buffer = self._buffer.lstrip(b"\r\n")  # empty lines before a message are no part of it (RFC 9112, 2.2)
        text, self._buffer = self._buffer[:end].decode("latin-1"), self._buffer[end + 4 :]
        start, *lines = text.split("\r\n")
        return Message(start, tuple(lines))

    def with_body(self, head, answers=None):
        """The message with its body; answers: the method that a response answers, None for a request."""
        try:
            framing, body, trailers = self._body(head, answers)
            return Message(head.start, head.lines, framing, body, trailers)
        except Ended as ended:
            return Message(head.start, head.lines, f"cut off ({ended.how})", self._take_all(), complete=False)

    def _body(self, head, answers):
        bodiless = answers is not None and (answers == "HEAD" or head.status < 200 or head.status in (204, 304))
        if not bodiless and any("chunked" in value.lower() for value in head.values("transfer-encoding")):
            return "chunked", *self._chunks()
        if not bodiless and (lengths := head.values("content-length")):
            return "length", self.exactly(int(lengths[0])), ()
        if answers is not None and not bodiless:
            return "until close", self.rest(), ()
        return "none", b"", ()

    def _chunks(self):
        body = b""
        while size := int(self._line().partition(b";")[0], 16):
            body += self.exactly(size)
            self._line()
        trailers = []
        while line := self._line():
            trailers.append(line.decode("latin-1"))
        return body, tuple(trailers)

    def exactly(self, count):
        while len(self._buffer) < count:
            self._more()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def rest(self):
        """All that comes until the peer closes."""
        try:
            while True:
                self._more()
        except Ended as ended:
            if ended.how != "closed":
                raise
        return self._take_all()

    def ending(self, seconds):
        """How the connection stands after so long: `open`, `closed`, `reset`, or `more bytes`."""
        self._socket.settimeout(seconds)
        try:
            self._more()
            return "more bytes"
        except Ended as ended:
            return "open" if ended.how == "silent" else ended.how
        finally:
            self._socket.settimeout(PATIENCE_SECONDS)

    def _line(self):
        while (end := self._buffer.find(b"\r\n")) < 0:
            self._more()
        line, self._buffer = self._buffer[:end], self._buffer[end + 2 :]
        return line

    def _take_all(self):
        taken, self._buffer = self._buffer, b""
        return taken

    def _more(self):
        try:
            received = self._socket.recv(65536)
        except TimeoutError:
            raise Ended("silent") from None
        except OSError:
            raise Ended("reset") from None
        if not received:
            raise Ended("closed")
        self._buffer += received
