"""Load on one address, and what came of it. Any answer that is not the expected one ends the measurement: it would be worth nothing."""

import json
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from lab import run

CONNECTIONS = 32
# As many at once as with HTTP/1.
HTTP2_CONNECTIONS, HTTP2_STREAMS = 4, 8


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float

    @property
    def per_second(self):
        return self.requests / self.seconds


def http(address, port, seconds):
    """As many requests as 32 connections can, one after the other on each."""
    began = time.monotonic()
    told = run("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://{address}:{port}/")
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"the load on {address}:{port} met errors:\n{told}")
    return Load(int(re.search(r"(\d+) requests in", told)[1]), time.monotonic() - began)


def http2(address, port, seconds):
    """As many requests as 4 connections can, with 8 streams on each."""
    began = time.monotonic()
    told = run("h2load", "-t1", f"-c{HTTP2_CONNECTIONS}", f"-m{HTTP2_STREAMS}", f"-D{seconds}", f"http://{address}:{port}/")
    if " 0 failed, 0 errored, 0 timeout" not in told or " 0 3xx, 0 4xx, 0 5xx" not in told:
        raise SystemExit(f"the load on {address}:{port} met errors:\n{told}")
    done = int(re.search(r"(\d+) succeeded", told)[1])
    return Load(done, time.monotonic() - began)


def grpc(address, port, seconds, ghz):
    """As many unary calls as 4 connections can, with 8 callers on each."""
    callers = HTTP2_CONNECTIONS * HTTP2_STREAMS
    call = ("--insecure", "--call", "sidetrace.e2e.Echo.Unary", "-d", '"hello"', "-O", "json")
    load = ("-z", f"{seconds}s", "-c", callers, "--connections", HTTP2_CONNECTIONS, "--duration-stop", "wait")
    told = json.loads(run(ghz, *call, *load, f"{address}:{port}"))
    if set(told["statusCodeDistribution"]) != {"OK"}:
        raise SystemExit(f"the load on {address}:{port} met errors: {told['statusCodeDistribution']}")
    return Load(told["count"], told["total"] / 1e9)


def redis(address, port, requests):
    """So many GETs over 32 connections: a protocol that no proxy here knows, some 30 bytes each way."""
    began = time.monotonic()
    run("redis-benchmark", "-h", address, "-p", port, "-c", CONNECTIONS, "-n", requests, "-t", "get", "-q", "-e")
    return Load(requests, time.monotonic() - began)


def latencies_us(address, port, requests, clients=1, rate=None):
    """The time of each request, sorted; with a rate, requests are sent when they are due, all clients together."""
    rows = answers(address, port, requests, clients, rate, "--h1")
    if len(rows) != requests or any(status != "200" for status, _ in rows):
        raise SystemExit(f"{address}:{port}: {len(rows)} answers, of which {sum(status == '200' for status, _ in rows)} are 200 (expected: {requests})")
    return sorted(took for _, took in rows)


def answers(address, port, requests, clients, rate, *options):
    """(status, time in µs) of each request that h2load made; HTTP/2 unless told otherwise."""
    with tempfile.NamedTemporaryFile() as log:
        paced = ("--rps", max(1, round(rate / clients))) if rate else ()
        run("h2load", *options, "-t1", f"-n{requests}", f"-c{clients}", "-m1", *paced, f"--log-file={log.name}", f"http://{address}:{port}/")
        rows = [line.split("\t") for line in Path(log.name).read_text().splitlines()]
    return [(row[1], int(row[2])) for row in rows]


def paced(address, port, requests, rate):
    """So many requests when they are due, over all connections; the times of each, sorted, and how many there were in a second."""
    began = time.monotonic()
    times = latencies_us(address, port, requests, clients=CONNECTIONS, rate=rate)
    return times, requests / (time.monotonic() - began)


def percentile(ordered, percent):
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
