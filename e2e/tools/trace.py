"""Reads traces back from Zipkin's API, prints them as trees, and checks that they are the ones expected.

    trace.py URL known                                  the ids of all traces so far, one a line
    trace.py URL expect --besides FILE CHAIN…           the traces that FILE does not list are one for each CHAIN
    trace.py URL expect --request-id ID CHAIN…          the same for the traces with a span of that x-request-id

A CHAIN is a trace as one line from the root down: "front-proxy CLIENT > service1 SERVER". Every span of a trace must carry the same
x-request-id. Exits non-zero, saying what came instead, when the traces are not there in time.
"""

import argparse
import json
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from spans import REQUEST_ID_TAG, Span, by_trace, chain, tree_lines

ARROW = " > "
POLL_SECONDS = 0.2
# More traces than any run of the demo or a scenario makes.
TRACES_LIMIT = 10_000


def main():
    arguments = parse()
    if arguments.command == "known":
        print("\n".join(sorted({span.trace_id for span in read(arguments.url)})))
    else:
        expect(arguments)


def parse():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("url", help="Zipkin, such as http://localhost:9411")
    commands = arguments.add_subparsers(dest="command", required=True)
    commands.add_parser("known")
    expecting = commands.add_parser("expect")
    which = expecting.add_mutually_exclusive_group(required=True)
    which.add_argument("--besides", type=Path)
    which.add_argument("--request-id")
    expecting.add_argument("--seconds", type=float, default=30)
    expecting.add_argument("chains", nargs="+")
    return arguments.parse_args()


def expect(arguments):
    expected = sorted(arguments.chains)
    wanted_spans = sum(len(line.split(ARROW)) for line in expected)
    deadline = time.monotonic() + arguments.seconds
    while len(spans := select(arguments)) < wanted_spans and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    traces = by_trace(spans)
    for trace in traces:
        print("\n".join(tree_lines(trace)))
    found = sorted(ARROW.join(chain(trace) or [f"no single line of {len(trace)} spans"]) for trace in traces)
    if found != expected:
        sys.exit(f"traces: {found or 'none'} (expected: {expected})")
    for trace in traces:
        if len(ids := {span.request_id for span in trace}) != 1 or "" in ids:
            sys.exit(f"trace {trace[0].trace_id}: x-request-id {sorted(ids)} (expected: the same in all of its spans)")


def select(arguments):
    if arguments.request_id:
        return read(arguments.url, annotationQuery=f"{REQUEST_ID_TAG}={arguments.request_id}")
    known = set(arguments.besides.read_text().split())
    return [span for span in read(arguments.url) if span.trace_id not in known]


def read(url, **query):
    asked = f"{url}/api/v2/traces?" + urllib.parse.urlencode({"limit": TRACES_LIMIT, **query})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return [Span.parse(span) for trace in json.load(answer) for span in trace]


if __name__ == "__main__":
    main()
