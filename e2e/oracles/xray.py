"""X-Ray: AWS's daemon cannot be had, so a relay of ours stands in for it, which is not independent. It takes the daemon's datagrams, holds
each segment to the published rules (moto lets bad identifiers pass), and puts them into moto's X-Ray service, which is, and is read back.
"""

import json
import re
import socket
import threading

from oracles.oracle import START_SECONDS, Oracle, asked
from spans import Span

VERSION = "5.2.5"
DAEMON_PORT, MOTO_PORT = 2000, 5055
HEADER = {"format": "json", "version": 1}
# The service takes no longer text of a segment.
SEGMENT_BYTES = 64 * 1024
NAME = re.compile(r"[\w\s.:/%&#=+\\\-@]{1,200}")
TRACE = re.compile("1-[0-9a-f]{8}-[0-9a-f]{24}")
ID = re.compile("[0-9a-f]{16}")
KINDS = {"egress": "CLIENT", "ingress": "SERVER"}
# Any: moto asks for some signature and judges none.
AUTHORIZATION = {"authorization": "AWS4-HMAC-SHA256 Credential=proof/20260101/us-east-1/xray/aws4_request, SignedHeaders=host, Signature=0"}


class Relay:
    """Between the datagrams and moto. Thread-safe: lists only grow."""

    def __init__(self):
        self.faults, self.received = [], 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", DAEMON_PORT))
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self):
        while True:
            self.take(self._socket.recv(2 * SEGMENT_BYTES))

    def take(self, datagram):
        self.received += 1
        head, _, text = datagram.partition(b"\n")
        found = list(faults_of(head, text))
        self.faults += found
        if not found:
            answer = asked(f"http://127.0.0.1:{MOTO_PORT}/TraceSegments", {"TraceSegmentDocuments": [text.decode()]}, AUTHORIZATION)
            self.faults += [f"moto: {refused}" for refused in answer["UnprocessedTraceSegments"]]


def faults_of(head, text):
    """What a datagram has against the daemon's form and the rules for segment documents."""
    try:
        header, segment = json.loads(head), json.loads(text)
    except ValueError as unreadable:
        yield f"{head!r} and {text[:80]!r}: {unreadable}"
        return
    if header != HEADER:
        yield f"header {header} (expected: {HEADER})"
    if len(text) > SEGMENT_BYTES:
        yield f"{len(text)} bytes (expected: at most {SEGMENT_BYTES})"
    for name, form in (("name", NAME), ("trace_id", TRACE), ("id", ID), ("parent_id", ID)):
        if name == "parent_id" and name not in segment:
            continue
        if not form.fullmatch(str(segment.get(name, ""))):
            yield f"{name} {segment.get(name)!r} (expected: {form.pattern})"
    yield from faults_of_times(segment)
    if segment.get("type", "subsegment") != "subsegment" or ("type" in segment and "parent_id" not in segment):
        yield f"type {segment['type']!r} with parent {segment.get('parent_id')!r} (expected: subsegment with a parent)"
    status = segment.get("http", {}).get("response", {}).get("status", 0)
    if not isinstance(status, int):
        yield f"http.response.status {status!r} (expected: a number)"


def faults_of_times(segment):
    begin, end = segment.get("start_time"), segment.get("end_time")
    if not all(isinstance(time, int | float) for time in (begin, end)):
        yield f"start_time {begin!r}, end_time {end!r} (expected: numbers)"
    elif end < begin:
        yield f"end_time {end} before start_time {begin}"


class Moto(Oracle):
    name = f"moto {VERSION} behind a relay of ours"

    def __init__(self, process):
        super().__init__(process)
        self._relay = Relay()

    def spans(self, context):
        trace = f"1-{context.trace[:8]}-{context.trace[8:]}"
        answer = asked(f"http://127.0.0.1:{MOTO_PORT}/Traces", {"TraceIds": [trace]}, AUTHORIZATION)
        return [span_of(json.loads(segment["Document"])) for found in answer["Traces"] for segment in found["Segments"]]

    def complaints(self):
        return list(self._relay.faults)


def span_of(segment):
    return Span(
        trace_id=segment["trace_id"].replace("-", "")[1:],
        id=segment["id"],
        parent_id=segment.get("parent_id"),
        service=segment["name"],
        kind=KINDS.get(segment.get("annotations", {}).get("direction"), ""),
        name=segment["name"],
        timestamp_us=int(segment["start_time"] * 1e6),
        duration_us=int((segment["end_time"] - segment["start_time"]) * 1e6),
        shared=False,
        tags=segment.get("annotations", {}),
    )


def start(lab, tools, secret):
    server = tools.cache / f"venv-moto-{VERSION}" / "bin" / "moto_server"
    process = lab.start("moto", server, "-H", "127.0.0.1", "-p", MOTO_PORT).await_port("127.0.0.1", MOTO_PORT, START_SECONDS)
    return Moto(process)
