"""HTTP/2 with prior knowledge through an Envoy and through the sidecar: each stands before the same servers in a pod of its own, behind
the same redirect, on the configuration that the operator renders.

Started by e2e/http2, which builds the peers and makes the private namespaces.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from collector import Collector
from compare import admin_ready, quick, redirect, shapes
from lab import SUBNET, Lab
from planes import Envoy, Sidetrace

COLLECTOR = f"{SUBNET}.1"
GRPC_PORT, HTTP_PORT = 50051, 8080
SPANS_SECONDS = 15
CONCURRENT_CALLS = 400
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
H2SPEC_SECONDS = 1
CALLERS, CONNECTIONS = 32, 4
CASE = "x-case"
# Fields of a span that no two calls share, or that only one of the planes can know.
VARYING = re.compile(r"tag (guid:x-request-id|grpc\.timeout|peer\.address|node_id)|trace id|annotations")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments.add_argument("peers", type=Path, help="directory with grpc-peer, h2spec and ghz")
    arguments.add_argument("--rounds", type=int, default=5, help="of load on each plane")
    arguments.add_argument("--seconds", type=int, default=5, help="of load on each plane in each round")
    arguments = arguments.parse_args()
    with Lab({"zipkin": COLLECTOR, "zipkin.sandbox.svc": COLLECTOR}) as lab:
        collector = Collector(COLLECTOR)
        planes = [Subject(lab, plane, number, arguments) for number, plane in enumerate((Envoy.find(), Sidetrace.find()))]
        h2spec = [plane.h2spec() for plane in planes]
        calls = [plane.check() for plane in planes]
        spans = [plane.spans(collector) for plane in planes]
        disagree = report_h2spec(planes[1].h2spec_without_proxy(), *h2spec) + report_calls(*calls) + report_spans(*spans)
        measure(planes, arguments)
    cases = len(h2spec[0]) + len(calls[0]) + len(spans[0])
    print(f"{cases} cases, {cases - disagree} agree, {disagree} disagree")
    raise SystemExit(disagree > 0)


class Subject:
    """A plane before the servers of its own pod."""

    def __init__(self, lab, plane, number, arguments):
        self.plane, self.peers, self.lab = plane, arguments.peers, lab
        self.pod = lab.pod(plane.key, f"{SUBNET}.{10 + number}")
        redirect(self.pod)
        home = lab.directory / f"rendered-{plane.key}"
        home.mkdir()
        for name in ("bootstrap.json", "lds.json", "cds.json"):
            (home / name).write_text((arguments.rendered / name).read_text().replace("/etc/sidetrace", str(home)))
        self.pod.start("peer", arguments.peers / "grpc-peer", "serve", f":{GRPC_PORT}", f":{HTTP_PORT}")
        command = plane.command(home / "bootstrap.json", "echo", "echo.sandbox", *quick(plane))
        self.process = self.pod.start_as_sidecar("proxy", *command)
        self.process.await_true(lambda: admin_ready(self.pod), "be ready")
        self.process.await_true(lambda: self.call_once() == 0, "answer a call")

    @property
    def grpc(self):
        return f"{self.pod.address}:{GRPC_PORT}"

    def call_once(self):
        return self.ghz("-n", 1, "-c", 1).returncode

    def h2spec(self):
        """case → what it failed with, or None."""
        return self._h2spec(self.pod.address)

    def h2spec_without_proxy(self):
        return self._h2spec("127.0.0.1", *("ip", "netns", "exec", self.pod.name))

    def _h2spec(self, address, *where):
        told = self.lab.directory / f"h2spec-{self.plane.key}.xml"
        subprocess.run(
            [*where, self.peers / "h2spec", "-h", address, "-p", str(HTTP_PORT), "-o", str(H2SPEC_SECONDS), "-j", told],
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        cases = {}
        # It writes what came as it came, and that is not always text.
        text = "".join(c for c in told.read_text(errors="replace") if c.isprintable() or c == "\n")
        for case in ElementTree.fromstring(text).iter("testcase"):
            problem = case.find("failure")
            problem = case.find("error") if problem is None else problem
            name = f"{case.get('package')} {case.get('classname')}"
            cases[name] = None if problem is None else " ".join("".join(problem.itertext()).split())
        return cases

    def check(self):
        """case → what came of it."""
        told = subprocess.run([self.peers / "grpc-peer", "check", self.grpc], capture_output=True, text=True, timeout=300)
        if told.returncode:
            raise SystemExit(f"grpc-peer check through {self.plane.name}: {told.stderr}")
        return dict(line.split(": ", 1) for line in told.stdout.splitlines())

    def spans(self, collector):
        """method and status → the fields of such spans, of the calls of one more check."""
        def own():
            return [span for span in collector.spans() if self.grpc in span.tags["http.url"]]

        collector.await_quiet()
        collector.clear()
        calls = CONCURRENT_CALLS + len(self.check()) - 1
        collector.await_spans(lambda _: len(own()) >= calls, SPANS_SECONDS, f"{calls} spans")
        spans = own()
        found = {"number of spans": {str(len(spans))}}
        for _, fields in shapes(spans):
            key = f"{fields['tag http.url'].rpartition('/')[2]} status {fields.get('tag grpc.status_code', 'none')}"
            shown = " ".join(f"{name}={value!r}" for name, value in sorted(fields.items()) if not VARYING.fullmatch(name))
            found.setdefault(key, set()).add(shown.replace(self.pod.address, "POD"))
        return found

    def ghz(self, *more):
        call = ("--insecure", "--call", "sidetrace.e2e.Echo.Unary", "-d", '"hello"', "-O", "json")
        return subprocess.run([self.peers / "ghz", *call, *map(str, more), self.grpc], stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def load(self, seconds):
        """µs of CPU per call, and calls per second."""
        before = self.cpu_seconds()
        done = self.ghz("-z", f"{seconds}s", "-c", CALLERS, "--connections", CONNECTIONS, "--duration-stop", "wait")
        told = json.loads(done.stdout)
        if set(told["statusCodeDistribution"]) != {"OK"}:
            raise SystemExit(f"ghz through {self.plane.name}: {told['statusCodeDistribution']}")
        return (self.cpu_seconds() - before) * 1e6 / told["count"], told["rps"]

    def cpu_seconds(self):
        return sum(sum(map(int, stat(pid)[11:13])) for pid in self.pids()) / TICKS_PER_SECOND

    def rss_mib(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) for pid in self.pids()) / 1024

    def pids(self):
        parents = {int(entry.name): int(stat(entry.name)[1]) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
        family = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return family


def stat(pid):
    """The fields of /proc/PID/stat behind the command's name."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def report_h2spec(servers, theirs, ours):
    """Counts what fails here and neither there nor at the server itself; prints every failure of ours."""
    worse = [name for name in ours if ours[name] and not theirs.get(name) and not servers.get(name)]
    failures = [sum(map(bool, cases.values())) for cases in (theirs, ours, servers)]
    print("h2spec: {} cases; failures: Envoy {}, Sidetrace {}, the server itself {}".format(len(ours), *failures))
    for name in ours:
        if ours[name]:
            print(f"  {name}\n    Sidetrace: {ours[name]}\n    Envoy: {theirs.get(name) or 'passed'}")
            print(f"    the server itself: {servers.get(name) or 'passed'}")
    return len(worse)


def report_calls(theirs, ours):
    differing = [name for name in theirs if theirs[name] != ours.get(name)]
    print(f"gRPC: {len(ours)} kinds of calls, {len(differing)} differ")
    for name in ours:
        print(f"  {name}: {ours[name]}" + (f"\n    Envoy: {theirs[name]}" if name in differing else ""))
    return len(differing)


def report_spans(theirs, ours):
    differing = [name for name in theirs if theirs[name] != ours.get(name)]
    print(f"spans: {len(theirs)} kinds, {len(differing)} differ")
    for name in differing:
        for what, found in (("Envoy", theirs[name]), ("Sidetrace", ours.get(name, set()))):
            for shown in sorted(found):
                print(f"  {name}, {what}: {shown}")
    return len(differing)


def measure(planes, arguments):
    if not arguments.rounds:
        return
    for plane in planes:
        plane.load(2 * arguments.seconds)
    rounds = [[plane.load(arguments.seconds) for plane in planes] for _ in range(arguments.rounds)]
    for index, plane in enumerate(planes):
        cpu, rate = (statistics.median(figures[index][which] for figures in rounds) for which in (0, 1))
        print(f"{plane.plane.name}: {cpu:.1f} µs of CPU per call, {rate:.0f} calls/s, RSS {plane.rss_mib():.0f} MiB")
    ratios = [ours[0] / theirs[0] for theirs, ours in rounds]
    print(f"CPU per gRPC call, Sidetrace ÷ Envoy: {statistics.median(ratios):.3f} (spread {max(ratios) - min(ratios):.3f})")


if __name__ == "__main__":
    main()
