"""CPU and memory of the sidecar as ratios to an Envoy on the same gateway configuration, 100 % of the requests sampled and their spans
sent, in one interleaved run: every round loads both, one after the other, and gives one ratio; the table shows the median and the spread.

Started by e2e/bench, which makes the private namespaces.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from lab import Lab
from planes import REPOSITORY, Envoy, Sidetrace

GATEWAY = REPOSITORY / "e2e" / "sandbox" / "front-proxy" / "front-proxy.yaml"
BACKEND_PORT, COLLECTOR_PORT = 8080, 9411
# Plane number n listens on 8000 + n and has its admin on 15000 + n.
GATEWAY_PORT, ADMIN_PORT = 8000, 15000
CONNECTIONS = 32
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
ZIPKIN_FLAGS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogging.level.root=WARN")

NGINX = """
worker_processes 1;
daemon off;
pid {home}/nginx.pid;
error_log {home}/nginx-error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  keepalive_requests 1000000000;
  server {{ listen {backend}; default_type text/plain; location / {{ return 200 "{body}"; }} }}
  {collector}
}}
"""
NGINX_COLLECTOR = "server {{ listen {port}; client_max_body_size 16m; client_body_buffer_size 1m; location / {{ return 202; }} }}"


@dataclass(frozen=True)
class Loaded:
    """What one round of load on one plane showed."""

    requests: int
    seconds: float
    cpu_seconds: float
    rss_kib: int

    @property
    def cpu_us_per_request(self):
        return self.cpu_seconds * 1e6 / self.requests

    @property
    def requests_per_second(self):
        return self.requests / self.seconds


class Proxy:
    def __init__(self, lab, plane, number):
        self.plane, self.port = plane, GATEWAY_PORT + number
        config = lab.directory / f"{plane.key}.yaml"
        text = GATEWAY.read_text().replace(f"port_value: {GATEWAY_PORT}", f"port_value: {self.port}")
        config.write_text(text.replace(f"port_value: {ADMIN_PORT}", f"port_value: {ADMIN_PORT + number}"))
        self.process = lab.start(plane.key, *plane.command(config, "front-proxy", "front-proxy"))
        self.process.await_port("127.0.0.1", self.port)
        self.idle_rss_kib = self.rss_kib()

    def load(self, seconds):
        cpu, began = self.cpu_seconds(), time.monotonic()
        requests = wrk(self.port, seconds)
        return Loaded(requests, time.monotonic() - began, self.cpu_seconds() - cpu, self.rss_kib())

    def cpu_seconds(self):
        """User and system time of the process and of those it started."""
        return sum(sum(map(int, stat(pid)[11:13])) for pid in self.pids()) / TICKS_PER_SECOND

    def rss_kib(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) for pid in self.pids())

    def pids(self):
        """The process and its descendants: a launcher that stays beside its JVM is part of the price."""
        parents = {int(entry.name): int(stat(entry.name)[1]) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
        family = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return family


def stat(pid):
    """The fields of /proc/PID/stat behind the command's name."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def wrk(port, seconds):
    """The requests answered with 200; anything else makes the measurement worthless and ends it."""
    told = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"the load on {port} met errors:\n{told}")
    return int(re.search(r"(\d+) requests in", told)[1])


def main():
    arguments = parse()
    with Lab({"service1": "127.0.0.1", "zipkin": "127.0.0.1"}) as lab:
        start_backend(lab, arguments.collector)
        proxies = [Proxy(lab, plane, number) for number, plane in enumerate((Envoy.find(), Sidetrace.find()))]
        for proxy in proxies:
            proxy.load(arguments.warm_up)
        rounds = [[proxy.load(arguments.seconds) for proxy in ordered(proxies, turn)] for turn in range(arguments.rounds)]
        rounds = [ordered(loads, turn) for turn, loads in enumerate(rounds)]
        rows = table(proxies, rounds)
    print_figures(proxies, rounds)
    print_table(rows, arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps([{"measure": m, "ratio": r, "spread": s} for m, r, s in rows], indent=2, ensure_ascii=False) + "\n")


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--seconds", type=int, default=5, help="of load on each proxy in each round")
    arguments.add_argument("--warm-up", type=int, default=10, help="seconds of load on each proxy before the first round")
    arguments.add_argument("--collector", choices=("sink", "zipkin"), default="sink", help="who takes the spans")
    arguments.add_argument("--json", type=Path, help="where to write the rows")
    return arguments.parse_args()


def ordered(pair, turn):
    """Who goes first changes from round to round."""
    return pair if turn % 2 == 0 else pair[::-1]


def start_backend(lab, collector):
    """nginx answers 1 KiB to every request and, as the cheap sink, 202 to every batch of spans."""
    sink = NGINX_COLLECTOR.format(port=COLLECTOR_PORT) if collector == "sink" else ""
    config = lab.directory / "nginx.conf"
    config.write_text(NGINX.format(home=lab.directory, backend=BACKEND_PORT, body="x" * 1024, collector=sink))
    lab.start("nginx", "nginx", "-c", config).await_port("127.0.0.1", BACKEND_PORT)
    if collector == "zipkin":
        jar = next(Path.home().glob(".m2/repository/io/zipkin/zipkin-server/*/zipkin-server-*-exec.jar"), None)
        if jar is None:
            raise SystemExit("no Zipkin in the local Maven repository (expected: io.zipkin:zipkin-server, classifier exec)")
        lab.start("zipkin", "java", *ZIPKIN_FLAGS, "-jar", jar).await_port("127.0.0.1", COLLECTOR_PORT)


def table(proxies, rounds):
    """(measure, median ratio, spread) rows; lower is better in every one."""
    envoy, ours = proxies
    return [
        row("CPU per request, 100 % sampled", [our.cpu_us_per_request / their.cpu_us_per_request for their, our in rounds]),
        row("time per request (Envoy's throughput ÷ ours)", [their.requests_per_second / our.requests_per_second for their, our in rounds]),
        row("resident memory, idle", [ours.idle_rss_kib / envoy.idle_rss_kib]),
        row("resident memory, loaded", [our.rss_kib / their.rss_kib for their, our in rounds]),
    ]


def row(measure, ratios):
    return measure, round(statistics.median(ratios), 3), round(max(ratios) - min(ratios), 3)


def print_figures(proxies, rounds):
    for index, proxy in enumerate(proxies):
        loads = [loads[index] for loads in rounds]
        print(
            f"{proxy.plane.name}: {median(load.cpu_us_per_request for load in loads):.1f} µs of CPU per request, "
            f"{median(load.requests_per_second for load in loads):.0f} requests/s, "
            f"RSS {proxy.idle_rss_kib / 1024:.0f} MiB idle, {median(load.rss_kib for load in loads) / 1024:.0f} MiB loaded"
        )


def print_table(rows, arguments):
    print(f"\nSidetrace ÷ Envoy, {arguments.rounds} interleaved rounds of {arguments.seconds} s, {CONNECTIONS} connections,")
    print(f"one worker each, 1 KiB answers, spans to {'nginx (202)' if arguments.collector == 'sink' else 'Zipkin'}; lower is better\n")
    print(f"{'measure':<48}{'median':>8}{'spread':>8}")
    for measure, ratio, spread in rows:
        print(f"{measure:<48}{ratio:>8.3f}{spread:>8.3f}")


def median(values):
    return statistics.median(list(values))


if __name__ == "__main__":
    main()
