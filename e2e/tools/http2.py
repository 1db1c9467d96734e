"""HTTP/2 with prior knowledge through an Envoy, through the sidecar and without either, before the same servers, on the configuration that
the operator renders.

Started by e2e/http2, which builds the peers and makes the private namespaces.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import floods
import grpc_calls
import h2spec
from bench import NGINX, sidetrace_of
from bench_proxies import BACKEND, COLLECTOR_HOSTS, AsSidecar, Proxy, prepare_redirect
from collector import Collector
from grpc_calls import GRPC_PORT
from lab import Lab
from planes import QUICK_FLUSH, Envoy

NGINX_PORT, GO_PORT = 8081, 8082
SERVERS = {"nginx": NGINX_PORT, "Go": GO_PORT}


class Quick(Proxy):
    tuning = QUICK_FLUSH


def main():
    arguments = parse()
    with Lab(COLLECTOR_HOSTS) as lab:
        start_servers(lab, arguments.peers)
        collector = Collector(BACKEND)
        prepare_redirect()
        planes = (AsSidecar(Envoy.find()), sidetrace_of(lab, arguments.image))
        proxies = [Quick(lab, plane, number, 1, arguments.rendered) for number, plane in enumerate(planes)]
        for proxy in proxies:
            proxy.start()
        parts = {
            "h2spec": lambda: of_h2spec(lab, proxies, arguments),
            "calls": lambda: of_calls(proxies, arguments),
            "spans": lambda: of_spans(proxies, collector, arguments),
            "floods": lambda: floods.judge(proxies, arguments.short),
        }
        outcomes = [part() for name, part in parts.items() if arguments.only in (None, name)]
    cases, disagree = map(sum, zip(*outcomes))
    print(f"{cases} cases, {cases - disagree} agree, {disagree} disagree")
    raise SystemExit(disagree > 0)


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("image", type=Path, help="the sidecar's OCI archive")
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments.add_argument("peers", type=Path, help="directory with grpc-peer, h2spec, grpcurl and ghz")
    arguments.add_argument("--short", action="store_true", help="h2spec before nginx only, floods by clients on the sidecar only")
    arguments.add_argument("--only", choices=("h2spec", "calls", "spans", "floods"))
    return arguments.parse_args()


def start_servers(lab, peers):
    config = lab.directory / "nginx.conf"
    config.write_text(NGINX.format(home=lab.directory, backend=f"{NGINX_PORT} http2", body="x" * 1024, collector=""))
    lab.start("nginx", "nginx", "-c", config).await_port(BACKEND, NGINX_PORT)
    # What attacks make it do shall not take the proxy's CPU: a server has a pod of its own.
    lab.start("peer", "nice", "-n", "19", peers / "grpc-peer", "serve", f":{GRPC_PORT}", f":{GO_PORT}").await_port(BACKEND, GRPC_PORT)


def of_h2spec(lab, proxies, arguments):
    """All at the same time: most of it is waiting for what must not come."""
    servers = {"nginx": NGINX_PORT} if arguments.short else SERVERS
    addresses = [BACKEND, *(proxy.address for proxy in proxies)]

    def one(port, address, *sections):
        return h2spec.run(arguments.peers / "h2spec", address, port, lab.directory / f"h2spec-{port}-{address}.xml", *sections)

    with ThreadPoolExecutor() as pool:
        runs = {server: [pool.submit(one, port, address) for address in addresses] for server, port in servers.items()}
    results = {server: [run.result() for run in asked] for server, asked in runs.items()}
    for server, (alone, _, ours) in results.items():
        for section in h2spec.sections_of_faults(alone, ours):
            ours |= one(servers[server], addresses[-1], section)
    faults = sum(h2spec.report(server, *cases) for server, cases in results.items())
    return sum(len(cases[0]) for cases in results.values()), faults


def of_calls(proxies, arguments):
    def all_of(address):
        return {name: told for ask in (grpc_calls.own, grpc_calls.grpcurl, grpc_calls.ghz) for name, told in ask(arguments.peers, address).items()}

    calls = [all_of(address) for address in (BACKEND, *(proxy.address for proxy in proxies))]
    return len(calls[0]), grpc_calls.report_calls(*calls)


def of_spans(proxies, collector, arguments):
    spans = [grpc_calls.spans(arguments.peers, proxy.address, collector) for proxy in proxies]
    return len(spans[0]), grpc_calls.report_spans(*spans)


if __name__ == "__main__":
    main()
