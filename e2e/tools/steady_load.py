"""Steady load over connections that are kept as long as the server keeps them, and what came of every request.

    steady_load.py HOST PORT CONNECTIONS PER_SECOND       until its standard input ends; prints what came of it as JSON

Behaves as common HTTP clients do: a connection that was closed while it rested is replaced before it is used. Nothing is tried twice.
"""

import json
import select
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass

ANSWER_SECONDS = 10
READ_BYTES = 65536


@dataclass(frozen=True)
class Request:
    """Times are of the monotonic clock. Without a failure it was answered with 200."""

    sent: float
    done: float
    opened: float | None  # when its connection stood; None: it never did
    failure: str | None = None


class Load:
    def __init__(self, host, port, connections, per_second):
        self.address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4]
        self.connections, self.per_second = connections, per_second
        self.done = [[] for _ in range(connections)]
        self.stopped = threading.Event()

    def start(self):
        self.began = time.monotonic()
        self.threads = [threading.Thread(target=self._client, args=(index,), daemon=True) for index in range(self.connections)]
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        """All requests, in the order of their ends."""
        self.stopped.set()
        for thread in self.threads:
            thread.join()
        return sorted((request for done in self.done for request in done), key=lambda request: request.done)

    def _client(self, index):
        connection, due = Connection(self.address), self.began + index / self.per_second
        while not self.stopped.wait(max(0, due - time.monotonic())):
            self.done[index].append(connection.ask())
            due = max(due + self.connections / self.per_second, time.monotonic())
        connection.close()


class Connection:
    """Opened when it is needed."""

    def __init__(self, address):
        self.address, self.socket, self.opened = address, None, None
        self.question = f"GET / HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n\r\n".encode()

    def ask(self):
        sent = time.monotonic()
        try:
            self._open()
            self.socket.sendall(self.question)
            status, keeps = self._answer()
            failure = None if status == 200 else f"status {status}"
        except TimeoutError:
            failure, keeps = "timeout", False
        except OSError as error:
            failure, keeps = type(error).__name__, False
        request = Request(sent, time.monotonic(), self.opened, failure)
        if not keeps:
            self.close()
        return request

    def _open(self):
        if self.socket and select.select([self.socket], [], [], 0)[0]:
            self.close()  # nothing was asked, so what can be read is its end
        if not self.socket:
            self.socket = socket.create_connection(self.address, timeout=ANSWER_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.opened = time.monotonic()

    def _answer(self):
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._read()
        head, _, body = received.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        missing = int(fields["content-length"]) - len(body)
        while missing > 0:
            missing -= len(self._read())
        return int(status.split()[1]), fields.get("connection", "").lower() != "close" and not status.startswith("HTTP/1.0")

    def _read(self):
        some = self.socket.recv(READ_BYTES)
        if not some:
            raise ConnectionAbortedError("closed before the answer")
        return some

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.opened = None, None


def main():
    host, port, connections, per_second = sys.argv[1], *map(int, sys.argv[2:])
    load = Load(host, port, connections, per_second).start()
    sys.stdin.read()
    requests = load.stop()
    failed = [{**asdict(request), "after": request.sent - load.began} for request in requests if request.failure]
    print(json.dumps({"seconds": time.monotonic() - load.began, "answered": len(requests) - len(failed), "failed": failed}))


if __name__ == "__main__":
    main()
