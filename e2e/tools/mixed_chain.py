"""A chain of services that speak one form of context each, and copy no other's header fields: the first B3, the second W3C's, the third
Datadog's. Their sidecars read and write all three, so it must be one trace, read back from one Zipkin.

Started by e2e/providers --mixed. Last line: `N passed, N failed`.
"""

import argparse
import sys
from pathlib import Path

from canary import Secret
from contexts import FIELDS, context_of, not_sampled
from lab import Lab
from oracles import zipkin
from oracles.oracle import Tools
from planes import Sidetrace
from provider_rows import zipkin_at
from services import FRONT, Chain, Service, copies, received
from spans import chain as line_of
from spans import tree_lines

SPEAKING = {"service1": "b3", "service2": "tracecontext", "service3": "datadog"}
LAST = "service4"
FORMS = ("b3", "tracecontext", "datadog")
EXPECTED = [f"{FRONT} CLIENT", *(f"{name} {kind}" for name in SPEAKING for kind in ("SERVER", "CLIENT")), f"{LAST} SERVER"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("java", type=Path)
    arguments.add_argument("cache", type=Path)
    given = arguments.parse_args()
    with Lab({}) as lab:
        oracle = zipkin.start(lab, Tools(given.java, given.cache), Secret.fresh(lab.directory / "token"))
        tracing = zipkin_at(zipkin.PORT, trace_id_128bit=True)
        services = [
            Service(FRONT, tracing(FRONT).with_formats(FORMS, FORMS)),
            *(Service(name, tracing(name).with_formats(FORMS, FORMS), copies(*FIELDS[form])) for name, form in SPEAKING.items()),
            Service(LAST, tracing(LAST).with_formats(FORMS, FORMS), copies()),
        ]
        with Chain(lab, Sidetrace.find(), services) as chain:
            results = [faults_of_sampled(chain, oracle), faults_of_not_sampled(chain, oracle)]
    for what, faults in zip(("one trace", "not sampled, nowhere"), results):
        print(f"{what}: {'ok' if not faults else 'FAILED'}")
        for fault in faults:
            print(f"    {fault}")
    failed = sum(map(bool, results))
    print(f"{len(results) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def faults_of_sampled(chain, oracle):
    status, body = chain.request()
    if status != 200:
        return [f"status {status}: {body[:200]}"]
    contexts = contexts_at(received(body)[-1])
    if len(set(contexts.values())) != 1 or None in contexts.values():
        return [f"what came to {LAST}: {contexts} (expected: the same in every form)"]
    trace = oracle.trace(contexts["b3"], len(EXPECTED))
    line = line_of(trace)
    if line != EXPECTED:
        return [f"{' > '.join(line or ['no line'])} (expected: {' > '.join(EXPECTED)})", *(tree_lines(trace) if trace else [])]
    print("\n".join(tree_lines(trace)))
    return []


def faults_of_not_sampled(chain, oracle):
    """The caller says so in Datadog's form alone."""
    status, body = chain.request(headers=not_sampled("datadog"))
    if status != 200:
        return [f"status {status}: {body[:200]}"]
    contexts = contexts_at(received(body)[-1])
    asked = context_of("datadog", not_sampled("datadog"))
    faults = [f"{form}: {context} (expected: trace {asked.trace}, not sampled)" for form, context in contexts.items() if wrong(context, asked)]
    if spans := oracle.spans(asked):
        faults.append(f"spans of {[span.who() for span in spans]} (expected: none)")
    return faults


def contexts_at(headers):
    return {form: context_of(form, headers) for form in FORMS}


def wrong(context, asked):
    return context is None or context.trace != asked.trace or context.sampled is not False


if __name__ == "__main__":
    main()
