"""Would the comparison notice? Compares an Envoy with itself, which must agree, then once more for each fault that is planted into what was
observed of the second, which must disagree in just the case that has it.

Started by `e2e/conformance check`. Last line: `N checks, N passed, N failed`; exits non-zero when one failed.
"""

import sys

from conformance import Report, Runner, chosen
from lab import Lab
from planes import Envoy

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


def main():
    cases, plane = chosen(CASES), Envoy.find()
    with Lab({}) as lab:
        runner = Runner(lab, cases)
        first, second = runner.observe(plane), runner.observe(plane)

    def agrees(ours):
        return Report((plane, plane), complete=False).show(cases, [(first, ours)])

    passed = [agrees(second)]
    for what, (case, fault) in FAULTS.items():
        faulty = fault(second[case])
        passed.append(faulty != second[case] and not agrees(second | {case: faulty}))
        print(f"{'noticed' if passed[-1] else 'NOT NOTICED'}: {what}")
    print(f"{len(passed)} checks, {sum(passed)} passed, {len(passed) - sum(passed)} failed")
    sys.exit(0 if all(passed) else 1)


def without(fields, name):
    return {field: value for field, value in fields.items() if field != name}


if __name__ == "__main__":
    main()
