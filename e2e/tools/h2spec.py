"""h2spec through the sidecar, through an Envoy and at the server itself: what fails here must fail at the server itself as well, since
frames are passed on, or have its reason below."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree

SECONDS_FOR_A_CASE = 2
# case → why it fails through the sidecar and not at every server; RATIONALE.md says more.
NO_MEMORY = "reset on the stream: whether it was ever open, only a memory of closed streams could tell, and to end a connection wrongly ends all calls"
REASONS = {
    "http2/5.1 closed: Sends a HEADERS frame": NO_MEMORY,
    "http2/5.1.1 Sends stream identifier that is numerically smaller than previous": NO_MEMORY,
}


def run(h2spec, address, port, report, *sections):
    """case → what it failed with, or None."""
    command = (h2spec, *sections, "-h", address, "-p", str(port), "-o", str(SECONDS_FOR_A_CASE), "-j", report)
    subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True)
    # It writes what came as it came, and that is not always text.
    text = "".join(c for c in report.read_text(errors="replace") if c.isprintable() or c == "\n")
    cases = {}
    for case in ElementTree.fromstring(text).iter("testcase"):
        problem = case.find("failure")
        problem = case.find("error") if problem is None else problem
        name = f"{case.get('package')} {case.get('classname')}"
        cases[name] = None if problem is None else told(problem)
    return cases


def sections_of_faults(alone, ours):
    """What to ask once more, alone: h2spec takes an answer that came late for none, and all of them ran at the same time."""
    return sorted({name.split(" ")[0] for name in ours if is_fault(name, alone, ours)})


def is_fault(name, alone, ours):
    return ours[name] is not None and not alone.get(name) and name not in REASONS


def told(problem):
    return re.sub(r"\s+", " ", "".join(problem.itertext())).strip()


def report(server, alone, theirs, ours):
    """Prints every failure of ours with its reason and what Envoy and the server itself came to; returns how many are faults."""
    failures = [sum(map(bool, cases.values())) for cases in (ours, theirs, alone)]
    print("h2spec before {}: {} cases; failures: Sidetrace {}, Envoy {}, {} itself {}".format(server, len(ours), *failures[:2], server, failures[2]))
    faults = 0
    for name in (name for name in ours if ours[name]):
        reason = "the server fails it too" if alone.get(name) else REASONS.get(name)
        faults += is_fault(name, alone, ours)
        print(f"  {name}\n    Sidetrace: {ours[name]}\n    reason: {reason or 'none: a fault'}")
        print(f"    Envoy: {theirs.get(name) or 'passed'}\n    {server} itself: {alone.get(name) or 'passed'}")
    return faults
