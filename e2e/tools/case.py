"""One case of the conformance comparison: a configuration, an exchange, and the row of the tables that it belongs to."""

from dataclasses import dataclass, field, replace

CRLF = "\r\n"
HOST = "shop.example"
DATE = "Tue, 01 Jan 2030 00:00:00 GMT"


def request(method="GET", path="/", headers=(), body=b"", host=HOST, version="HTTP/1.1"):
    """The bytes of a request; headers as a dict, or as pairs where one comes twice. A host of None leaves its field out."""
    fields = list(headers.items() if isinstance(headers, dict) else headers)
    if host is not None:
        fields.insert(0, ("Host", host))
    if body:
        fields.append(("Content-Length", str(len(body))))
    return _message(f"{method} {path} {version}", fields, body)


def get(path="/", headers=(), **more):
    return request("GET", path, headers, **more)


def response(status="200 OK", headers=(), body=b"ok", version="HTTP/1.1", length=True):
    """The bytes of a response. It has a date, because Envoy would add one else."""
    fields = [("Date", DATE), *(headers.items() if isinstance(headers, dict) else headers)]
    if length:
        fields.append(("Content-Length", str(len(body))))
    return _message(f"{version} {status}", fields, body)


def _message(start, fields, body):
    return (CRLF.join([start, *(f"{name}: {value}" for name, value in fields)]) + CRLF * 2).encode("latin-1") + body


def chunked(*chunks, trailers=""):
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n" + trailers.encode() + b"\r\n"


# What a client does, step by step.


@dataclass(frozen=True)
class Send:
    data: bytes


@dataclass(frozen=True)
class Receive:
    """Reads so many final responses, and the interim ones before them; `to` is the method that they answer."""

    count: int = 1
    to: str = "GET"


@dataclass(frozen=True)
class ReceiveInterim:
    """Reads one response of 1xx."""


@dataclass(frozen=True)
class ReceiveBytes:
    """Reads so many bytes of another protocol."""

    count: int


@dataclass(frozen=True)
class EndOutput:
    """Sends nothing more, and goes on reading."""


@dataclass(frozen=True)
class AwaitUpstream:
    """Goes on once the upstream has read a request."""


@dataclass(frozen=True)
class Leave:
    """Resets the connection without waiting for anything."""


# What the upstream does with one request.


@dataclass(frozen=True)
class Reply:
    """Answers; `on_head` goes out before the request's body is read, `then` says what becomes of the connection."""

    data: bytes
    on_head: bytes = b""
    then: str = "keep"  # or: close, reset, echo and close


DROP = Reply(b"", then="close")
SILENCE = Reply(b"", then="keep")
OK = Reply(response())
# Nothing listens there.
REFUSE = "refuse"


@dataclass(frozen=True)
class Case:
    """One configuration and one exchange. The dicts are merged over the configuration that all cases share; None removes a field.

    provider: one of tracers.TRACERS; settings: merged over its configuration, as zipkin is over Zipkin's
    here: other fields of this case that only the sidecar gets, where Envoy has no such form any more
    address: where the proxy and the upstream listen
    alone: needs a process of its own with this merged over the bootstrap
    """

    id: str
    rows: tuple
    client: tuple = (Send(get()), Receive())
    upstream: tuple = (OK,)
    direction: str | None = "INBOUND"
    listener: dict = field(default_factory=dict)
    manager: dict = field(default_factory=dict)
    tracing: dict | None = field(default_factory=dict)
    zipkin: dict = field(default_factory=dict)
    provider: str = "zipkin"
    settings: dict = field(default_factory=dict)
    route: dict = field(default_factory=dict)
    routes: tuple | None = None
    cluster: dict = field(default_factory=dict)
    alone: dict | None = None
    here: dict = field(default_factory=dict)
    collector_status: int = 202
    address: str = "127.0.0.1"

    def sent(self):
        """All that the client sends."""
        return b"".join(step.data for step in self.client if isinstance(step, Send))

    def on(self, plane):
        """The case as this plane gets it."""
        return replace(self, **self.here) if self.here and plane.key != "envoy" else self


def case(id, rows, client=None, upstream=None, **configuration):
    """A case; the client sends bytes and receives the response unless it is told in steps, the upstream answers `ok` unless told."""
    if isinstance(client, bytes):
        method = client.partition(b" ")[0].decode("latin-1")
        client = (Send(client), Receive(to=method))
    if isinstance(upstream, (bytes, Reply)):
        upstream = (upstream,)
    if isinstance(upstream, tuple):
        upstream = tuple(Reply(reply) if isinstance(reply, bytes) else reply for reply in upstream)
    given = {"client": client, "upstream": upstream}
    return Case(id, rows.split() if isinstance(rows, str) else rows, **{k: v for k, v in given.items() if v is not None}, **configuration)
