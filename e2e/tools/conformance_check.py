"""Would the comparison notice? Compares an Envoy with itself, which must agree, then once more for each fault that is planted into what was
observed of the second, which must disagree in just the case that has it; then Envoy with sidecars that have a fault in their sources.

Started by `e2e/conformance check`. Last line: `N checks, N passed, N failed`; exits non-zero when one failed.
"""

import sys

from conformance import Report, Runner, chosen
from lab import Lab
from planes import Envoy, Sidetrace

CASES = ("b3-multi-sampled-outbound", "name-decorator-inbound", "spawn-post", "http-pipelined", "tag-flags-dropped")
# What → (case, its fields made wrong).
FAULTS = {
    "another value of a tag": ("spawn-post", lambda fields: fields | {"span 1: tag http.status_code": "200"}),
    "a tag that is missing": ("spawn-post", lambda fields: without(fields, "span 2: tag http.url")),
    "a tag too many": ("spawn-post", lambda fields: fields | {"span 2: tag surplus": "1"}),
    "a span that is missing": ("spawn-post", lambda fields: fields | {"spans": "1"}),
    "another parent": ("b3-multi-sampled-outbound", lambda fields: fields | {"span 1: parentId": "<new 9, 16 digits>"}),
    "another context sent": ("b3-multi-sampled-outbound", lambda fields: fields | {"upstream 1: field x-b3-sampled": "x-b3-sampled: 0"}),
    "a field that is missing": ("name-decorator-inbound", lambda fields: without(fields, "client 1: field x-envoy-decorator-operation")),
    "another body": ("http-pipelined", lambda fields: fields | {"client 2: body": "333"}),
    "another status": ("tag-flags-dropped", lambda fields: fields | {"client 1: start": "HTTP/1.1 502 Bad Gateway"}),
    "a connection that is closed": ("http-pipelined", lambda fields: fields | {"client ending": "closed"}),
    "a request that is not passed on": ("http-pipelined", lambda fields: fields | {"upstream requests": "2"}),
}

# What → (source, what stands there, what is written instead).
FAULTS_IN_THE_SIDECAR = {
    "a tag's name misspelt": ("tracing/SpanTags.java", '"http.status_code"', '"http.status"'),
    "a context with its two identifiers swapped": ("propagation/B3Multi.java", "upstream.set(TRACE_ID,", "upstream.set(SPAN_ID,"),
    "a field that another is written for": ("exchange/ResponseStart.java", "x-envoy-upstream-service-time", "x-upstream-time"),
    "an answer of its own in other words": ("exchange/LocalReply.java", "connection termination", "connection lost"),
}


def main():
    cases, plane = chosen(CASES), Envoy.find()

    def agrees(other, ours):
        return Report((plane, other), complete=False).show(cases, [(first, ours)])

    passed = []

    def check(what, noticed):
        passed.append(noticed)
        print(f"{'ok' if noticed else 'NOT NOTICED'}: {what}")

    with Lab({}) as lab:
        runner = Runner(lab, cases)
        first, second = runner.observe(plane), runner.observe(plane)
        check("Envoy agrees with itself", agrees(plane, second))
        for what, (case, fault) in FAULTS.items():
            faulty = fault(second[case])
            check(what, faulty != second[case] and not agrees(plane, second | {case: faulty}))
        sidecar = Sidetrace.find()
        check("the sidecar agrees with Envoy", agrees(sidecar, runner.observe(sidecar)))
        for number, (what, fault) in enumerate(FAULTS_IN_THE_SIDECAR.items()):
            sidecar = Sidetrace.with_a_fault(*fault, lab.directory / f"fault-{number}")
            check(f"in the sidecar: {what}", not agrees(sidecar, runner.observe(sidecar)))
    print(f"{len(passed)} checks, {sum(passed)} passed, {len(passed) - sum(passed)} failed")
    sys.exit(0 if all(passed) else 1)


def without(fields, name):
    return {field: value for field, value in fields.items() if field != name}


if __name__ == "__main__":
    main()
