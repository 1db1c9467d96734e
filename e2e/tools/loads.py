"""Load on one address, and what came of it. Any answer that is not the expected one ends the measurement: it would be worth nothing."""

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from lab import run

CONNECTIONS = 32


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


def redis(address, port, requests):
    """So many GETs over 32 connections: a protocol that no proxy here knows, some 30 bytes each way."""
    began = time.monotonic()
    run("redis-benchmark", "-h", address, "-p", port, "-c", CONNECTIONS, "-n", requests, "-t", "get", "-q", "-e")
    return Load(requests, time.monotonic() - began)


def latencies_us(address, port, requests, clients=1, rate=None):
    """The time of each request, sorted; with a rate, requests are sent when they are due, all clients together."""
    with tempfile.NamedTemporaryFile() as log:
        paced = ("--rps", max(1, round(rate / clients))) if rate else ()
        run("h2load", "--h1", "-t1", f"-n{requests}", f"-c{clients}", "-m1", *paced, f"--log-file={log.name}", f"http://{address}:{port}/")
        rows = [line.split("\t") for line in Path(log.name).read_text().splitlines()]
    if len(rows) != requests or any(row[1] != "200" for row in rows):
        raise SystemExit(f"{address}:{port}: {len(rows)} answers, of which {sum(row[1] == '200' for row in rows)} are 200 (expected: {requests})")
    return sorted(int(row[2]) for row in rows)


def paced(address, port, requests, rate):
    """So many requests when they are due, over all connections; the times of each, sorted, and how many there were in a second."""
    began = time.monotonic()
    times = latencies_us(address, port, requests, clients=CONNECTIONS, rate=rate)
    return times, requests / (time.monotonic() - began)


def percentile(ordered, percent):
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
