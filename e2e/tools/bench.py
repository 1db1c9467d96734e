"""CPU, latency, memory and start of the sidecar as ratios to an Envoy on the same configuration, in one interleaved run: every round
measures both, one after the other, and gives one ratio per measure; the table shows the median and the spread. Lower is better in all.

Started by e2e/bench, which makes the private namespaces.
"""

import argparse
import json
import statistics
from collections import defaultdict
from pathlib import Path

import image_root
import loads
from bench_proxies import BACKEND, COLLECTOR_HOSTS, AsSidecar, Proxy, prepare_redirect
from lab import Lab
from planes import Envoy, Sidetrace

ENVOY, OURS = 0, 1
HTTP_PORT, HTTP2_PORT, GRPC_PORT, REDIS_PORT, COLLECTOR_PORT = 8080, 8081, 50051, 6379, 9411
ZIPKIN_FLAGS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogging.level.root=WARN")
REDIS_REQUESTS_PER_SECOND = 30_000  # so that its load takes about as long as the others
LATENCY_REQUESTS = 3_000
FIRST_REQUESTS = 1_000
WARM_UP_SECONDS = 8  # the compiler of the JVM is done by then

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
NGINX_HTTP2 = 'server {{ listen {port} http2; default_type text/plain; location / {{ return 200 "{body}"; }} }}'
NGINX_COLLECTOR = "server {{ listen {port}; client_max_body_size 16m; client_body_buffer_size 1m; location / {{ return 202; }} }}"


def main():
    arguments = parse()
    if arguments.envoy_batches == "own":
        Proxy.tuning = "{}"
    with Lab(COLLECTOR_HOSTS) as lab:
        start_backends(lab, arguments)
        planes = (AsSidecar(Envoy.find()), sidetrace_of(lab, arguments.image))
        bench = Bench(lab, planes, arguments)
        bench.run()
    bench.print()
    if arguments.json:
        rows = [{"measure": name, "ratio": ratio, "spread": spread} for name, ratio, spread, *_ in bench.rows()]
        arguments.json.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("image", type=Path, help="the sidecar's OCI archive")
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments.add_argument("peers", type=Path, help="directory with grpc-peer and ghz")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--seconds", type=int, default=4, help="of load on each proxy for each measure in each round")
    arguments.add_argument("--collector", choices=("sink", "zipkin"), default="sink", help="who takes the spans")
    arguments.add_argument("--envoy-batches", choices=("ours", "own"), default="ours", help="spans a message: as many as ours has, or its own 5")
    arguments.add_argument("--json", type=Path, help="where to write the rows")
    return arguments.parse_args()


def start_nginx(lab, more=""):
    """Answers 1 KiB to every request."""
    config = lab.directory / "nginx.conf"
    config.write_text(NGINX.format(home=lab.directory, backend=HTTP_PORT, body="x" * 1024, collector=more))
    lab.start("nginx", "nginx", "-c", config).await_port(BACKEND, HTTP_PORT)


def start_backends(lab, arguments):
    """nginx, which is the cheap collector too and answers 202 to every batch of spans; redis, which finds nothing for a GET; gRPC in Go."""
    collector = arguments.collector
    http2 = NGINX_HTTP2.format(port=HTTP2_PORT, body="x" * 1024)
    start_nginx(lab, http2 + (NGINX_COLLECTOR.format(port=COLLECTOR_PORT) if collector == "sink" else ""))
    lab.start("grpc", arguments.peers / "grpc-peer", "serve", f":{GRPC_PORT}", ":8082").await_port(BACKEND, GRPC_PORT)
    lab.start("redis", "redis-server", "--port", REDIS_PORT, "--protected-mode", "no", "--save", "").await_port(BACKEND, REDIS_PORT)
    if collector == "zipkin":
        jar = next(Path.home().glob(".m2/repository/io/zipkin/zipkin-server/*/zipkin-server-*-exec.jar"), None)
        if jar is None:
            raise SystemExit("no Zipkin in the local Maven repository (expected: io.zipkin:zipkin-server, classifier exec)")
        lab.start("zipkin", "java", *ZIPKIN_FLAGS, "-jar", jar).await_port(BACKEND, COLLECTOR_PORT)


def sidetrace_of(lab, archive, **settings):
    root = lab.directory / "image"
    image_root.unpack(archive, root)
    image_root.share("/etc/hosts", root)
    # Configurations are written into subfolders of the lab's own folder later.
    shared = lab.directory / "shared"
    shared.mkdir()
    image_root.share(shared, root)
    return Sidetrace.in_image(root, **settings)


class Bench:
    """The proxies, and what the rounds showed: measure → one pair (Envoy's, ours) per round, in the order in which they were first met."""

    def __init__(self, lab, planes, arguments):
        self.seconds = arguments.seconds
        self.ghz = arguments.peers / "ghz"
        self.collector = arguments.collector
        self.rounds = arguments.rounds
        self.pairs = defaultdict(list)
        prepare_redirect()
        self.steady = {
            (plane, sampled): Proxy(lab, planes[plane], 2 * plane + sampled, sampled, arguments.rendered)
            for sampled in (0, 1)
            for plane in (ENVOY, OURS)
        }
        self.fresh = {plane: Proxy(lab, planes[plane], 4 + plane, 1, arguments.rendered) for plane in (ENVOY, OURS)}

    def run(self):
        for proxy in self.steady.values():
            proxy.start()
            proxy.measure(loads.http, HTTP_PORT, WARM_UP_SECONDS)
            proxy.measure(loads.redis, REDIS_PORT, REDIS_REQUESTS_PER_SECOND)
        for plane in (ENVOY, OURS):
            self.steady[plane, 1].measure(loads.http2, HTTP2_PORT, WARM_UP_SECONDS)
            self.steady[plane, 1].measure(loads.grpc, GRPC_PORT, WARM_UP_SECONDS, self.ghz)
        self.knee = loads.http(self.steady[ENVOY, 1].address, HTTP_PORT, self.seconds).per_second
        for turn in range(self.rounds):
            self.round(turn)

    def round(self, turn):
        """Who goes first changes from round to round."""
        seen = defaultdict(lambda: [None, None])
        direct = self.direct_latencies()
        for measure in (self.cpu, self.http2, self.latency, self.tcp, self.start):
            for plane in (ENVOY, OURS) if turn % 2 == 0 else (OURS, ENVOY):
                measure(plane, seen, direct)
        for name, pair in seen.items():
            self.pairs[name].append(tuple(pair))

    def cpu(self, plane, seen, _):
        for sampled in (0, 1):
            load, cpu = self.steady[plane, sampled].measure(loads.http, HTTP_PORT, self.seconds)
            seen[f"HTTP/1.1, {100 * sampled} % sampled: CPU per request, µs"][plane] = cpu * 1e6
        seen["HTTP/1.1, 100 % sampled: time per request at full load, µs"][plane] = 1e6 / load.per_second
        seen["resident memory, loaded, MiB"][plane] = self.steady[plane, 1].rss_mib()

    def http2(self, plane, seen, _):
        proxy = self.steady[plane, 1]
        _, cpu = proxy.measure(loads.http2, HTTP2_PORT, self.seconds)
        seen["HTTP/2, 100 % sampled: CPU per request, µs"][plane] = cpu * 1e6
        _, cpu = proxy.measure(loads.grpc, GRPC_PORT, self.seconds, self.ghz)
        seen["gRPC, 100 % sampled: CPU per call, µs"][plane] = cpu * 1e6

    def start(self, plane, seen, _):
        proxy = self.fresh[plane]
        seen["CPU until ready, ms"][plane] = proxy.start() * 1e3
        seen["resident memory, idle, MiB"][plane] = proxy.rss_mib()
        first = loads.latencies_us(proxy.address, HTTP_PORT, FIRST_REQUESTS)
        seen["p99 of the first 1,000 requests, ms"][plane] = loads.percentile(first, 99) / 1000
        proxy.stop()

    def latency(self, plane, seen, direct):
        address = self.steady[plane, 1].address
        single = loads.latencies_us(address, HTTP_PORT, LATENCY_REQUESTS)
        seen["added p50, one connection, ms"][plane] = (loads.percentile(single, 50) - direct[0]) / 1000
        paced = self.paced(address)
        seen["added p99 at half of Envoy's full load, ms"][plane] = (loads.percentile(paced, 99) - direct[1]) / 1000

    def direct_latencies(self):
        single = loads.latencies_us(BACKEND, HTTP_PORT, LATENCY_REQUESTS)
        return loads.percentile(single, 50), loads.percentile(self.paced(BACKEND), 99)

    def paced(self, address):
        rate = self.knee / 2
        return loads.latencies_us(address, HTTP_PORT, round(rate * self.seconds), clients=loads.CONNECTIONS, rate=rate)

    def tcp(self, plane, seen, _):
        proxy = self.steady[plane, 0]
        _, cpu = proxy.measure(loads.redis, REDIS_PORT, REDIS_REQUESTS_PER_SECOND * self.seconds)
        seen["TCP (redis): CPU per request, µs"][plane] = cpu * 1e6

    def rows(self):
        """(measure, median ratio, spread, median of Envoy, median of ours)"""
        pairs = dict(self.pairs)
        none, all = (pairs[f"HTTP/1.1, {percent} % sampled: CPU per request, µs"] for percent in (0, 100))
        pairs["HTTP/1.1, tracing alone: CPU per request, µs"] = [
            (theirs_all - theirs_none, ours_all - ours_none) for (theirs_none, ours_none), (theirs_all, ours_all) in zip(none, all)
        ]
        return [row(name, rounds) for name, rounds in pairs.items()]

    def print(self):
        taken = "nginx (202)" if self.collector == "sink" else "Zipkin"
        print(f"Sidetrace ÷ Envoy, {self.rounds} interleaved rounds of {self.seconds} s, {loads.CONNECTIONS} connections, one worker each,")
        print(f"1 KiB answers, spans to {taken}; lower is better\n")
        print(f"{'measure':<60}{'ratio':>8}{'spread':>8}{'Envoy':>10}{'Sidetrace':>11}")
        for name, ratio, spread, theirs, ours in self.rows():
            print(f"{name:<60}{ratio:>8.2f}{spread:>8.2f}{theirs:>10.2f}{ours:>11.2f}")


def row(name, rounds):
    ratios = [ours / theirs for theirs, ours in rounds]
    spread = max(ratios) - min(ratios)
    return name, round(statistics.median(ratios), 3), round(spread, 3), *(statistics.median(side) for side in zip(*rounds))


if __name__ == "__main__":
    main()
