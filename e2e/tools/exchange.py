"""Runs one case's exchange: a client that sends what the case says, and an upstream that answers so, each on raw sockets."""

import queue
import socket
import struct
import threading
from dataclasses import dataclass, field

from case import REFUSE, AwaitUpstream, EndOutput, Leave, Receive, ReceiveBytes, ReceiveInterim, Send
from http1 import PATIENCE_SECONDS, Ended, Message, MessageReader

# How long after the last response a connection is watched for being closed: one that may stay open, and one that was said to close
# (Envoy gives the client a second to close first).
OPEN_SECONDS, CLOSE_SECONDS = 0.1, 2.5
# How much of another protocol the upstream gives back.
ECHOED_BYTES = 4
# To be set as SO_LINGER: closing sends a reset.
RESET = struct.pack("ii", 1, 0)


@dataclass
class Seen:
    """What the two ends of an exchange saw; lines: of the access log; facts: what is known of the process besides, name → value."""

    requests: list = field(default_factory=list)
    responses: list = field(default_factory=list)
    tunnel: list = field(default_factory=list)
    ending: str = "open"
    lines: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)


def run(case, port, upstream_port):
    if case.upstream == REFUSE:
        return Client(case, port, None).run(Seen())
    with Upstream(case, upstream_port) as upstream:
        seen = Client(case, port, upstream).run(Seen())
        seen.requests = upstream.requests()
        return seen


class Client:
    def __init__(self, case, port, upstream):
        self._case, self._port, self._upstream = case, port, upstream

    def run(self, seen):
        with socket.create_connection((self._case.address, self._port), timeout=PATIENCE_SECONDS) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reader = MessageReader(connection)
            try:
                for step in self._case.client:
                    self._do(step, connection, reader, seen)
                closing = bool(seen.tunnel) or bool(seen.responses) and seen.responses[-1].closes()
                seen.ending = reader.ending(CLOSE_SECONDS if closing else OPEN_SECONDS)
            except Ended as ended:
                seen.ending = ended.how
            except OSError:
                seen.ending = "reset"
            return seen

    def _do(self, step, connection, reader, seen):
        match step:
            case Send(data):
                connection.sendall(data)
            case Receive(count, method):
                for _ in range(count):
                    seen.responses += _responses(reader, method)
            case ReceiveInterim():
                seen.responses.append(reader.head())
            case ReceiveBytes(count):
                seen.tunnel.append(reader.exactly(count))
            case EndOutput():
                connection.shutdown(socket.SHUT_WR)
            case AwaitUpstream():
                self._upstream.await_request()
            case Leave():
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                connection.close()
                self._upstream.await_end()
                raise Ended("left")


def _responses(reader, method):
    """The next final response, after the interim ones before it."""
    read = []
    while True:
        head = reader.head()
        read.append(reader.with_body(head, answers=method))
        if head.status >= 200 or head.status == 101:
            return read


class Upstream:
    """Answers requests in the order of their arrival, whichever connection they come by. Thread-safe."""

    def __init__(self, case, port):
        self._replies = queue.Queue()
        for reply in case.upstream:
            self._replies.put(reply)
        self._requests, self._lock = [], threading.Lock()
        self._arrived, self._ended = threading.Semaphore(0), threading.Semaphore(0)
        self._connections = []
        family = socket.AF_INET6 if ":" in case.address else socket.AF_INET
        self._server = socket.create_server((case.address, port), family=family, backlog=64)

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def requests(self):
        with self._lock:
            return list(self._requests)

    def await_request(self):
        self._await(self._arrived)

    def await_end(self):
        """Until the proxy ends a connection."""
        self._await(self._ended)

    @staticmethod
    def _await(semaphore):
        if not semaphore.acquire(timeout=PATIENCE_SECONDS):
            raise Ended("silent")

    def _accept(self):
        try:
            while True:
                connection, _ = self._server.accept()
                self._connections.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()
        except OSError:
            pass  # closed: the case is over

    def _serve(self, connection):
        with connection:
            reader = MessageReader(connection)
            try:
                while self._answer(connection, reader):
                    pass
            except (Ended, OSError):
                self._ended.release()

    def _answer(self, connection, reader):
        head = reader.head()
        try:
            reply = self._replies.get_nowait()
        except queue.Empty:
            self._note(head)
            return False  # a request that the case does not know of: it is seen, and not answered
        if reply.on_head:
            connection.sendall(reply.on_head)
        self._note(reader.with_body(head))
        connection.sendall(reply.data)
        return self._go_on(reply.then, connection, reader)

    def _note(self, message: Message):
        with self._lock:
            self._requests.append(message)
        self._arrived.release()

    def _go_on(self, then, connection, reader):
        match then:
            case "close":
                return False
            case "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return False
            case "echo and close":
                connection.sendall(reader.exactly(ECHOED_BYTES))
                return False
            case "keep":
                return True
