"""The proxies that are measured: an Envoy and the sidecar, each without sampling and with all of it, side by side on one backend.

Each proxy has an address of its own; connections to it are turned to the proxy, as in a pod, which goes on to the backend that listens on
all of them. Both planes run as the sidecar's user, on the files that the operator renders.
"""

import json
import re
import os
import time
import urllib.request
from pathlib import Path

from lab import AS_SIDECAR, SIDECAR_ID, SUBNET, run
from planes import Envoy, Sidetrace

BACKEND = f"{SUBNET}.1"
BACKEND_PORTS = (8080, 8081, 8082, 8083, 50051, 6379)  # nginx; nginx, Go and who is hostile with HTTP/2; gRPC; redis
# The collector's names in the operator's rendering and in the sandbox's own configuration.
COLLECTOR_HOSTS = {"zipkin": BACKEND, "zipkin.sandbox.svc": BACKEND}
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# Ours fills a batch with 256 spans or sends it after a second; Envoy's own defaults are 5 spans and 5 s.
KEYS = ("tracing.zipkin.min_flush_spans", "tracing.opentelemetry.min_flush_spans")
EQUAL_BATCHES = json.dumps({"layered_runtime": {"layers": [{"name": "bench", "static_layer": dict.fromkeys(KEYS, 256)}]}})


class Proxy:
    """One measured process; it can be started anew."""

    tuning = EQUAL_BATCHES  # of an Envoy

    def __init__(self, lab, plane, number, sampled, rendered, more=()):
        self.lab, self.plane, self.sampled = lab, plane, sampled
        self.more = ("--config-yaml", self.tuning) if plane.key == Envoy.key else more
        self.address = f"{SUBNET}.{11 + number}"
        self.ports = {15000: 20000 + 10 * number, 15001: 20001 + 10 * number, 15006: 20006 + 10 * number}
        self.home = lab.directory / "shared" / f"{plane.key}-{number}"
        self._configure(rendered)
        run("ip", "address", "add", f"{self.address}/24", "dev", "lab0")
        ports = ", ".join(map(str, BACKEND_PORTS))
        run("nft", f"add rule ip bench out ip daddr {self.address} tcp dport {{ {ports} }} redirect to :{self.ports[15006]}")

    def _configure(self, rendered):
        self.home.mkdir(parents=True)
        for name in ("bootstrap.json", "lds.json", "cds.json"):
            text = (rendered / name).read_text().replace("/etc/sidetrace", str(self.home))
            (self.home / name).write_text(json.dumps(self._own(json.loads(text))))

    def _own(self, value):
        """The configuration with this proxy's ports and sampling."""
        if isinstance(value, list):
            return [self._own(element) for element in value]
        if not isinstance(value, dict):
            return value
        own = {name: self._own(field) for name, field in value.items()}
        if own.get("port_value") in self.ports:
            own["port_value"] = self.ports[own["port_value"]]
        if "random_sampling" in own:  # a percentage in a connection manager, a fraction of a hundred in a route
            field = "value" if "value" in own["random_sampling"] else "numerator"
            own["random_sampling"] = {field: 100 if self.sampled else 0}
        return own

    def start(self):
        """Returns the CPU seconds that it took until it was ready."""
        self.process = self.lab.start(self.home.name, *self.plane.command(self.home / "bootstrap.json", "bench", "bench", *self.more))
        self.process.await_true(self._ready, "be ready")
        return self.cpu_seconds()

    def _ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[15000]}/ready", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.stop()

    def measure(self, load, *arguments):
        """What the load says, and the CPU seconds of a request."""
        before = self.cpu_seconds()
        done = load(self.address, *arguments)
        return done, (self.cpu_seconds() - before) / done.requests

    def cpu_seconds(self):
        """User and system time of the process and of those it started."""
        return sum(sum(map(int, stat(pid)[11:13])) for pid in self.pids()) / TICKS_PER_SECOND

    def rss_mib(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) for pid in self.pids()) / 1024

    def pids(self):
        """The process and its descendants: a launcher that stays beside its JVM is part of the price."""
        parents = {int(entry.name): int(stat(entry.name)[1]) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
        family = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return family


class AsSidecar:
    """A plane as the user that the redirect lets pass."""

    def __init__(self, plane):
        self.plane, self.key, self.name = plane, plane.key, plane.name

    def command(self, *arguments):
        return (*AS_SIDECAR, *self.plane.command(*arguments))


def stat(pid):
    """The fields of /proc/PID/stat behind the command's name."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ["Z"] + ["0"] * 50  # ended while it was looked for


def prepare_redirect():
    """Once, before the first proxy: what the sidecar's user sends is never turned back to it."""
    chain = "add chain ip bench out { type nat hook output priority -100; }"
    run("nft", f"add table ip bench; {chain}; add rule ip bench out meta skuid {SIDECAR_ID} return")
