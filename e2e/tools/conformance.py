"""Sends the same requests through an Envoy and the sidecar under the same configurations and lists every difference in what the upstream,
the client and the collector got.

Started by e2e/conformance, which makes the private namespaces.
"""

import argparse
import json
import re
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import exchange
from cases import CASES
from collector import Collector
from configuration import ADDRESS, COLLECTOR_PORT, Layout, bootstrap
from deviations import ABSENT, DEVIATIONS
from lab import Lab
from observation import fields
from planes import QUICK_FLUSH, REPOSITORY, Envoy, Sidetrace
from tracers import DAEMON_PORT, GRPC_PORT

PLANES = {"envoy": Envoy, "sidetrace": Sidetrace}
# Made by e2e/lib/peers.sh.
PEER = REPOSITORY / "dist" / "peers" / "grpc-peer"
# What depends on timing shows itself sooner or later.
ROUNDS = 3
# Two processors: more exchanges at a time would only wait for each other, but a few of them wait for timers.
EXCHANGES_AT_A_TIME, PROCESSES_AT_A_TIME = 6, 3
# The sidecar's heap is made for the few listeners of a pod: eight hundred of them do not fit.
CASES_A_PROCESS = 300
# Nothing was posted for so long: everything has been. The sidecar waits a second for more to send at once.
QUIET_SECONDS = 1.2


@dataclass(frozen=True)
class Difference:
    field: str
    theirs: str
    ours: str


def main():
    arguments = parse()
    cases = chosen(arguments.case)
    planes = [PLANES[name].find() for name in arguments.planes.split(",")]
    with Lab({}) as lab:
        runner = Runner(lab, cases)
        rounds = [[runner.observe(plane) for plane in planes] for _ in range(1 if arguments.extent == "quick" else ROUNDS)]
    if arguments.show:
        for case in cases:
            for field, value in rounds[0][0][case.id].items():
                print(f"{case.id}: {field}: {value}")
    sys.exit(0 if Report(planes, complete=not arguments.case).show(cases, rounds) else 1)


def parse():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("extent", nargs="?", choices=["quick"], help=f"each case once instead of {ROUNDS} times")
    arguments.add_argument("--case", nargs="+", default=[], metavar="ID", help="only these cases")
    arguments.add_argument("--show", action="store_true", help="all that the first plane made of each case")
    arguments.add_argument("--planes", default="envoy,sidetrace", help="the two to compare, the first being right")
    return arguments.parse_args()


def chosen(ids):
    unknown = set(ids) - {case.id for case in CASES}
    if unknown:
        raise SystemExit(f"{', '.join(sorted(unknown))}: no such case")
    return [case for case in CASES if not ids or case.id in ids]


class Runner:
    def __init__(self, lab, cases):
        self._lab, self._cases, self._layout = lab, cases, Layout(cases)
        self._observed = 0
        statuses = {f"/{case.id}/": case.collector_status for case in cases}
        self._collector = Collector(ADDRESS, COLLECTOR_PORT, statuses)
        self._collector.take_datagrams(DAEMON_PORT)
        recorder = lab.start("grpc-peer", PEER, "record", f"{ADDRESS}:{GRPC_PORT}", f"http://{ADDRESS}:{COLLECTOR_PORT}")
        recorder.await_port(ADDRESS, GRPC_PORT)

    def observe(self, plane):
        """id → fields of every case on this plane."""
        self._collector.clear()
        self._observed += 1
        groups = {}
        for case in self._cases:
            groups.setdefault(json.dumps([case.alone, case.on(plane).alone]), []).append(case)
        with ThreadPoolExecutor(PROCESSES_AT_A_TIME) as pool:
            seen = {}
            for part in pool.map(lambda numbered: self._serve(plane, *numbered), enumerate(in_parts(groups.values()))):
                seen |= part
        posts = self._collector.posts()
        return {
            case.id: fields(case, seen[case.id], [post for post in posts if is_of(post, case)]) for case in self._cases
        }

    def _serve(self, plane, number, cases):
        """Runs a process for these cases, and the cases."""
        name = f"{plane.key}-{self._observed}-{number}"
        file = self._lab.directory / f"{name}.json"
        file.write_text(json.dumps(bootstrap(cases, plane, self._layout), indent=1))
        flush = ("--config-yaml", QUICK_FLUSH) if isinstance(plane, Envoy) else ()
        process = self._lab.start(name, *plane.command(file, "", "", *flush), CONFORMANCE="from the environment")
        for case in cases:
            process.await_port(case.address, self._layout.port(case))
        try:
            with ThreadPoolExecutor(EXCHANGES_AT_A_TIME) as pool:
                seen = dict(pool.map(self._exchange, cases))
        except ConnectionRefusedError:
            raise SystemExit(f"{name} stopped listening:\n{process.tail()}") from None
        self._await_quiet()
        self._note_facts(plane, cases, seen)
        process.stop()
        for case in cases:
            seen[case.id].lines = lines_of(case, process.log)
        return seen

    def _note_facts(self, plane, cases, seen):
        """What only the process itself can say: whether it counts spans as lost, and whether it knows how a case is written."""
        admin = (cases[0].alone or {}).get("admin")
        for case in cases:
            if admin:
                seen[case.id].facts["spans lost"] = lost_spans(plane, admin["address"]["socket_address"]["port_value"])
            if case.here:
                seen[case.id].facts["configuration"] = self._judge(plane, case)

    def _judge(self, plane, case):
        """accepted or refused: the case as the sidecar gets it."""
        file = self._lab.directory / f"{plane.key}-{case.id}.json"
        file.write_text(json.dumps(bootstrap([case], Sidetrace.find(), self._layout)))
        validated = subprocess.run(plane.command(file, "", "", "--mode", "validate"), capture_output=True, stdin=subprocess.DEVNULL)
        return "refused" if validated.returncode else "accepted"

    def _exchange(self, case):
        return case.id, exchange.run(case, self._layout.port(case), self._layout.upstream_port(case))

    def _await_quiet(self):
        count, since = -1, time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS:
            if (now := len(self._collector.posts())) != count:
                count, since = now, time.monotonic()
            time.sleep(0.05)


def is_of(post, case):
    """Each provider's messages say their case where tracers.py has put it."""
    match case.provider:
        case "datadog":
            return post.host == f"{case.id}.agent"
        case "xray":
            return not post.path and post.spans[0]["name"] in (case.id, f"router {case.id} egress")
        case _:
            return post.path.startswith(f"/{case.id}/")


def in_parts(groups):
    return [cases[at : at + CASES_A_PROCESS] for cases in groups for at in range(0, len(cases), CASES_A_PROCESS)]


def lines_of(case, log):
    """What the process wrote of a case on its standard output: each line names it."""
    named = (f"log {case.id}: ", f'"log":"{case.id}"')
    return [line for line in log.read_text(errors="replace").splitlines() if any(name in line for name in named)]


def lost_spans(plane, admin_port):
    with urllib.request.urlopen(f"http://{ADDRESS}:{admin_port}/stats/prometheus", timeout=5) as page:
        return str(sum(map(int, re.findall(plane.lost, page.read().decode()))))


class Report:
    def __init__(self, planes, complete):
        self._planes, self._complete = planes, complete
        self._touched = {deviation.name: 0 for deviation in DEVIATIONS}

    def show(self, cases, rounds):
        """Prints what differs, and says whether nothing does but on purpose."""
        disagreeing = 0
        for case in cases:
            found = {difference: None for theirs, ours in rounds for difference in differences_of(theirs[case.id], ours[case.id])}
            differences = self._unmasked(case, found)
            disagreeing += bool(differences)
            for difference in differences:
                print(
                    f"{case.id}: {difference.field}: {self._planes[0].name} {difference.theirs!r}, {self._planes[1].name} {difference.ours!r}"
                )
        for deviation in DEVIATIONS:
            print(f"on purpose in {self._touched[deviation.name]} cases: {deviation.name}: {deviation.why}")
        idle = [name for name, count in self._touched.items() if not count] if self._comparing() else []
        if idle:
            print(f"deviations that mask nothing any more: {', '.join(idle)}")
        print(f"{len(cases)} cases, {len(cases) - disagreeing} agree, {disagreeing} disagree")
        return not disagreeing and not idle

    def _comparing(self):
        return self._complete and self._planes[0].key != self._planes[1].key

    def _unmasked(self, case, differences):
        left, used = [], set()
        for difference in differences:
            masks = [deviation.name for deviation in DEVIATIONS if deviation.masks(difference, case)]
            used |= set(masks)
            if not masks:
                left.append(difference)
        for name in used:
            self._touched[name] += 1
        return left


def differences_of(theirs, ours):
    """Where one passes on what the other refuses, that alone is said; where the spans are not as many, nothing of each."""
    for field in sorted(theirs.keys() | ours.keys()):
        if theirs["upstream requests"] != ours["upstream requests"] and field != "upstream requests":
            continue
        if theirs["spans"] != ours["spans"] and field.startswith(("span ", "collector ")):
            continue
        difference = Difference(field, theirs.get(field, ABSENT), ours.get(field, ABSENT))
        if difference.theirs != difference.ours:
            yield difference


if __name__ == "__main__":
    main()
