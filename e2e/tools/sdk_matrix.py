"""Real SDKs as applications between two sidecars: for each SDK and each form that it has, a request that is sampled and one that is not.

sidecar → SDK → sidecar must be one trace: the SDK continues the span that the sidecar in front of it made, the sidecar behind it the span
that the SDK asked with, and whether the trace is sampled stays as it was decided.

Started by e2e/providers --sdks. Last line: `N passed, N failed`.
"""

import argparse
import sys
from pathlib import Path

from collector import Collector
from contexts import FIELDS, SPAN, TRACE, context_of
from lab import Lab
from planes import REPOSITORY, Sidetrace
from provider_rows import zipkin_at
from services import FRONT, Chain, Service, copies, received

SDKS = REPOSITORY / "e2e" / "sdks"
COLLECTOR_PORT = 9411
EXTRACTED = ("b3", "b3multi", "tracecontext", "jaeger", "datadog", "xray", "sw8", "lightstep", "ottrace")
EXPECTED = (f"{FRONT} CLIENT", "service1 SERVER", "service1 CLIENT", "service2 SERVER")
SPANS_SECONDS = 15
# SDK → the forms that it has, its own first.
MATRIX = {
    "OpenTelemetry Java": ("tracecontext", "b3", "b3multi", "jaeger", "ottrace", "xray"),
    "OpenTelemetry Python": ("tracecontext", "b3", "b3multi", "jaeger", "ottrace", "xray"),
    "OpenTelemetry Node": ("tracecontext", "b3", "b3multi", "jaeger", "ottrace", "xray"),
    "Brave": ("b3", "b3multi", "xray"),
    "ddtrace": ("datadog", "tracecontext", "b3", "b3multi"),
    "AWS X-Ray SDK": ("xray",),
    "SkyWalking Python": ("sw8",),
    "LightStep Python": ("lightstep",),
}
# Of 64 bits alone: a trace of 128 would not come back from there.
NARROW = ("ottrace", "lightstep")
# (SDK, form) → what the SDK itself loses of a request that is not sampled, and why: each does so without any sidecar too.
LIMITS = {
    ("AWS X-Ray SDK", "xray"): ({"trace"}, "it writes identifiers of nothing but zeros for what is not sampled"),
    ("SkyWalking Python", "sw8"): ({"trace", "sampled"}, "it has no state of not being sampled, and says 1 whatever came"),
}


class Commands:
    """How each SDK's application is started."""

    def __init__(self, java, cache):
        self._java, self._cache = java, cache

    def application(self, sdk, form):
        def command(port, following):
            return (*self._program(sdk), str(port), following, *self._which(sdk), form)

        return command

    def _program(self, sdk):
        if sdk in ("OpenTelemetry Java", "Brave"):
            home = self._cache / "java-sdks-1"
            classes = (home / "classpath").read_text().strip()
            return self._java, "-XX:TieredStopAtLevel=1", "-cp", f"{home / 'classes'}:{classes}", "Application"
        if sdk == "OpenTelemetry Node":
            return "env", f"NODE_PATH={self._cache / 'node-sdks-1' / 'node_modules'}", "node", str(SDKS / "node" / "app.js")
        venv = "venv-lightstep-4.4.8" if sdk == "LightStep Python" else "venv-sdks-1"
        return self._cache / venv / "bin" / "python", "-B", str(SDKS / "python" / "app.py")

    def _which(self, sdk):
        return {
            "OpenTelemetry Java": ("opentelemetry",),
            "Brave": ("brave",),
            "OpenTelemetry Node": (),
            "OpenTelemetry Python": ("opentelemetry",),
            "ddtrace": ("datadog",),
            "AWS X-Ray SDK": ("xray",),
            "SkyWalking Python": ("skywalking",),
            "LightStep Python": ("lightstep",),
        }[sdk]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("java", type=Path)
    arguments.add_argument("cache", type=Path)
    arguments.add_argument("--quick", action="store_true", help="each SDK with the first of its forms")
    arguments.add_argument("only", nargs="*", metavar="SDK|FORM", help="only these SDKs or forms")
    given = arguments.parse_intermixed_args()
    known = {*MATRIX, *FIELDS}
    if unknown := set(given.only) - known:
        raise SystemExit(f"{', '.join(sorted(unknown))}: neither SDK nor form (expected: {', '.join(sorted(known))})")
    pairs = [
        (sdk, form)
        for sdk, forms in MATRIX.items()
        for form in (forms[:1] if given.quick else forms)
        if not given.only or sdk in given.only or form in given.only
    ]
    with Lab({}) as lab:
        matrix = Matrix(lab, Commands(given.java, given.cache))
        faults = {pair: matrix.faults_of(*pair) for pair in pairs}
    sys.exit(0 if report(faults) else 1)


class Matrix:
    def __init__(self, lab, commands):
        self._lab, self._commands, self._plane = lab, commands, Sidetrace.find()
        self._collector = Collector("127.0.0.1", COLLECTOR_PORT)

    def faults_of(self, sdk, form):
        """All that is not as it must be, of both requests."""
        tracing = zipkin_at(COLLECTOR_PORT, trace_id_128bit=form not in NARROW)
        services = [
            Service(FRONT, tracing(FRONT).with_formats(EXTRACTED, [form])),
            Service("service1", tracing("service1").with_formats([form], [form]), self._commands.application(sdk, form)),
            Service("service2", tracing("service2").with_formats([form], [form]), copies()),
        ]
        self._collector.clear()
        try:
            with Chain(self._lab, self._plane, services) as chain:
                return list(self._faults(chain, sdk, form))
        except SystemExit as failed:
            return [str(failed)]

    def _faults(self, chain, sdk, form):
        """The front-proxy is told by its caller not to sample the first. Every sidecar sends in order: with the second's spans here, the
        first's would be here too."""
        lost, _ = LIMITS.get((sdk, form), (frozenset(), ""))
        answers = [chain.request(headers=headers) for headers in ({"traceparent": f"00-{TRACE}-{SPAN}-00"}, {})]
        for status, body in answers:
            if status != 200:
                yield f"status {status}: {body[:200]}"
                return
        quiet, loud = (received(body) for _, body in answers)
        yield from faults_of_silence(form, *quiet, lost)
        self._collector.await_spans(lambda spans: len(of_sampled(spans, lost)) >= len(EXPECTED), SPANS_SECONDS, "four spans")
        yield from faults_of_trace(form, *loud, of_sampled(self._collector.spans(), lost))


def of_sampled(spans, lost):
    """All of them; but where the SDK loses that a request is not sampled, the sidecars behind it do trace it."""
    return [span for span in spans if "sampled" not in lost or span.trace_id != TRACE]


def faults_of_trace(form, first, last, spans):
    """first: what the SDK's application received and told; last: what came to the last application."""
    told, before, after = first[":sdk"], context_of(form, first), context_of(form, last)
    by_name = {span.who(): span for span in spans}
    if before is None or after is None:
        yield f"no {FIELDS[form][0]} at {'the SDK' if before is None else 'service2'}"
        return
    if sorted(by_name) != sorted(EXPECTED) or len(spans) != len(EXPECTED):
        yield f"spans of {[span.who() for span in spans]} (expected: {list(EXPECTED)})"
        return
    client, server, asking, serving = (by_name[who] for who in EXPECTED)
    traces = {span.trace_id for span in spans}
    if len(traces) != 1:
        yield f"{len(traces)} traces: {sorted(traces)} (expected: one)"
    yield from unequal("the trace as the SDK has it", told["trace"], before.trace)
    yield from unequal("the SDK's parent", told["parent"], before.span)
    yield from unequal("the span that service1's sidecar sent to the SDK", digits(form, before.span), server.id)
    yield from unequal("the parent of service1 SERVER", server.parent_id, client.id)
    yield from unequal("the parent of service2 SERVER", serving.parent_id, asking.id)
    yield from unequal("sampled as the SDK has it", told["sampled"], True)
    yield from unequal("sampled as service2 has it", after.sampled, True)
    if form != "sw8":
        yield from unequal("the parent of service1 CLIENT", asking.parent_id, told["client"])
    elif asking.parent_id in (None, server.id):
        yield f"the parent of service1 CLIENT: {asking.parent_id} (expected: one made of the SDK's segment)"


def digits(form, span):
    """A sidecar's span is a segment of SkyWalking's with one span: `TRACE-SPAN:0`."""
    return span.partition(":")[0].rpartition("-")[2] if form == "sw8" else span


def faults_of_silence(form, first, last, lost):
    """lost: what the SDK loses by itself, so that the sidecar behind it cannot know."""
    told, before, after = first[":sdk"], context_of(form, first), context_of(form, last)
    if before is None:
        yield f"not sampled: no {FIELDS[form][0]} at the SDK"
        return
    yield from unequal("not sampled: sampled as it came to the SDK", before.sampled, False)
    if "sampled" in lost:
        return
    yield from unequal("not sampled: sampled as the SDK has it", told["sampled"], False)
    if after is None:
        yield f"not sampled: no {FIELDS[form][0]} at service2"
        return
    yield from unequal("not sampled: sampled as service2 has it", after.sampled, False)
    if "trace" not in lost:
        yield from unequal("not sampled: the trace at service2", after.trace, before.trace)


def unequal(what, seen, expected):
    if seen != expected:
        yield f"{what}: {seen!r} (expected: {expected!r})"


def report(faults):
    """The matrix, then what is wrong in it."""
    forms = list(dict.fromkeys(form for _, form in faults))
    print(f"{'':<22}" + "".join(f"{form:<14}" for form in forms))
    for sdk in dict.fromkeys(sdk for sdk, _ in faults):
        cells = [cell(sdk, form, faults) for form in forms]
        print(f"{sdk:<22}" + "".join(f"{cell:<14}" for cell in cells))
    for (sdk, form), (lost, why) in LIMITS.items():
        if (sdk, form) in faults:
            print(f"* {sdk}, {form}: not asked for {' and '.join(sorted(lost))} of what is not sampled: {why}")
    for (sdk, form), found in faults.items():
        for fault in found:
            print(f"{sdk}, {form}: {fault}")
    failed = sum(map(bool, faults.values()))
    print(f"{len(faults) - failed} passed, {failed} failed")
    return not failed


def cell(sdk, form, faults):
    if (sdk, form) not in faults:
        return ""
    return "FAILED" if faults[sdk, form] else "ok*" if (sdk, form) in LIMITS else "ok"


if __name__ == "__main__":
    main()
