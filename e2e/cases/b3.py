"""Zipkin's headers in and out."""

from case import case, get

TRACE, WIDE, SPAN, PARENT = "463ac35c9f6413ad", "463ac35c9f6413ad48485a3953bb6124", "0020000000000001", "00f067aa0ba902b7"
ZERO, WIDE_ZERO = "0" * 16, "0" * 32


def multi(trace=TRACE, span=SPAN, parent=None, sampled=None, flags=None):
    given = {"traceid": trace, "spanid": span, "parentspanid": parent, "sampled": sampled, "flags": flags}
    return {f"x-b3-{name}": value for name, value in given.items() if value is not None}


SETTINGS = {
    "": {},
    "-outbound": {"direction": "OUTBOUND"},
    "-unshared": {"zipkin": {"shared_span_context": False}},
    "-spawned": {"tracing": {"spawn_upstream_span": True}},
    "-spawned-unshared": {"tracing": {"spawn_upstream_span": True}, "zipkin": {"shared_span_context": False}},
    "-spawned-outbound": {"direction": "OUTBOUND", "tracing": {"spawn_upstream_span": True}},
    "-wide": {"zipkin": {"trace_id_128bit": True}},
}
CONTEXTS = {
    "absent": ("b3.absent", {}),
    "multi-sampled": ("b3.multi", multi(sampled="1")),
    "multi-not-sampled": ("b3.multi span.not-sampled", multi(sampled="0")),
    "multi-undecided": ("b3.multi", multi()),
    "multi-parent": ("b3.multi", multi(parent=PARENT, sampled="1")),
    "single-sampled": ("b3.single", {"b3": f"{WIDE}-{SPAN}-1"}),
    "single-not-sampled": ("b3.single span.not-sampled", {"b3": f"{WIDE}-{SPAN}-0"}),
    "single-parent": ("b3.single", {"b3": f"{WIDE}-{SPAN}-1-{PARENT}"}),
}
VARIANTS = {
    "multi-wide": ("b3.multi b3.ids", multi(WIDE, sampled="1")),
    "multi-wide-parent": ("b3.multi b3.ids", multi(WIDE, parent=PARENT, sampled="0")),
    "multi-wide-zero-high": ("b3.ids", multi(ZERO + TRACE, sampled="1")),
    "multi-upper-case-digits": ("b3.ids", multi(WIDE.upper(), SPAN, sampled="1")),
    "multi-upper-case-names": ("b3.multi http.fields", {"X-B3-TraceId": TRACE, "X-B3-SpanId": SPAN, "X-B3-Sampled": "1"}),
    "multi-short-ids": ("b3.ids", multi("7", "5", sampled="1")),
    "multi-parent-undecided": ("b3.multi", multi(parent=PARENT)),
    "single-narrow": ("b3.single b3.ids", {"b3": f"{TRACE}-{SPAN}-1"}),
    "single-undecided": ("b3.single", {"b3": f"{TRACE}-{SPAN}"}),
    "single-debug": ("b3.single", {"b3": f"{TRACE}-{SPAN}-d"}),
    "single-debug-parent": ("b3.single", {"b3": f"{TRACE}-{SPAN}-d-{PARENT}"}),
    "single-upper-case-digits": ("b3.ids", {"b3": f"{WIDE.upper()}-{SPAN}-1"}),
    "single-upper-case-name": ("b3.single http.fields", {"B3": f"{TRACE}-{SPAN}-1"}),
    "both": ("b3.both", {"b3": f"{WIDE}-{SPAN}-1", **multi(TRACE, PARENT, sampled="0")}),
    "both-single-deny": ("b3.both", {"b3": "0", **multi(sampled="1")}),
    "both-single-accept": ("b3.both", {"b3": "1", **multi(sampled="0")}),
    "both-single-malformed": ("b3.both b3.malformed-single", {"b3": "x", **multi(sampled="1")}),
    "half-trace": ("b3.half", multi(span=None, sampled="1")),
    "half-trace-undecided": ("b3.half", multi(span=None)),
    "half-trace-not-sampled": ("b3.half", multi(span=None, sampled="0")),
    "half-span": ("b3.half", multi(trace=None, sampled="1")),
    "half-span-not-sampled": ("b3.half", multi(trace=None, sampled="0")),
    "half-parent": ("b3.half", multi(None, None, PARENT)),
    **{f"sampled-{value or 'empty'}": ("b3.sampled", multi(sampled=value)) for value in ("true", "false", "d", "TRUE", "2", "yes", "")},
    **{f"decision-single-{value}": ("b3.decision", {"b3": value}) for value in ("0", "1", "d")},
    **{f"decision-multi-{value}": ("b3.decision", multi(None, None, sampled=value)) for value in ("0", "1", "true", "d", "x")},
    "flags-1": ("b3.flags", multi(flags="1")),
    "flags-1-sampled": ("b3.flags", multi(sampled="1", flags="1")),
    "flags-1-not-sampled": ("b3.flags", multi(sampled="0", flags="1")),
    "flags-1-alone": ("b3.flags", multi(None, None, flags="1")),
    "flags-0": ("b3.flags", multi(sampled="1", flags="0")),
    "flags-0-not-sampled": ("b3.flags", multi(sampled="0", flags="0")),
    **{
        f"malformed-multi-{what}": ("b3.malformed-multi", headers)
        for what, headers in (
            ("trace-letters", multi("not-a-trace-id!!", sampled="1")),
            ("trace-letters-not-sampled", multi("not-a-trace-id!!", sampled="0")),
            ("trace-letters-undecided", multi("not-a-trace-id!!")),
            ("trace-17", multi(TRACE + "1", sampled="1")),
            ("trace-33", multi(WIDE + "1", sampled="1")),
            ("trace-empty", multi("", sampled="1")),
            ("trace-zero", multi(ZERO, sampled="1")),
            ("trace-wide-zero", multi(WIDE_ZERO, sampled="1")),
            ("span-letters", multi(span="not-a-span-id!!!", sampled="1")),
            ("span-17", multi(span=SPAN + "1", sampled="1")),
            ("span-32", multi(span=WIDE, sampled="1")),
            ("span-empty", multi(span="", sampled="1")),
            ("span-zero", multi(span=ZERO, sampled="1")),
            ("parent-letters", multi(parent="not-a-parent-id!", sampled="1")),
            ("parent-17", multi(parent=PARENT + "1", sampled="1")),
            ("parent-empty", multi(parent="", sampled="1")),
            ("parent-zero", multi(parent=ZERO, sampled="1")),
        )
    },
    **{
        f"malformed-single-{what}": ("b3.malformed-single", {"b3": value})
        for what, value in (
            ("empty", ""),
            ("letter", "x"),
            ("word", "sampled"),
            ("trace-only", TRACE),
            ("trace-letters", f"zzzzzzzzzzzzzzzz-{SPAN}-1"),
            ("trace-15", f"{TRACE[1:]}-{SPAN}-1"),
            ("trace-33", f"{WIDE}1-{SPAN}-1"),
            ("trace-zero", f"{ZERO}-{SPAN}-1"),
            ("span-letters", f"{TRACE}-zzzzzzzzzzzzzzzz-1"),
            ("span-15", f"{TRACE}-{SPAN[1:]}-1"),
            ("span-17", f"{TRACE}-{SPAN}1-1"),
            ("span-zero", f"{TRACE}-{ZERO}-1"),
            ("truncated", f"{TRACE}-{SPAN}-"),
            ("sampling-unknown", f"{TRACE}-{SPAN}-2"),
            ("sampling-true", f"{TRACE}-{SPAN}-true"),
            ("parent-truncated", f"{TRACE}-{SPAN}-1-"),
            ("parent-letters", f"{TRACE}-{SPAN}-1-zzzzzzzzzzzzzzzz"),
            ("parent-15", f"{TRACE}-{SPAN}-1-{PARENT[1:]}"),
            ("trailing", f"{TRACE}-{SPAN}-1-{PARENT}-1"),
            ("too-long", f"{WIDE}{WIDE}-{SPAN}-1-{PARENT}"),
            ("blank-inside", f"{TRACE} -{SPAN}-1"),
        )
    },
}

CASES = [
    *(
        case(
            f"b3-{context}{setting}",
            rows + (" b3.shared" if "shared" in setting else " b3.wide" if "wide" in setting else ""),
            get(headers=headers),
            **more,
        )
        for context, (rows, headers) in CONTEXTS.items()
        for setting, more in SETTINGS.items()
    ),
    *(case(f"b3-{context}", rows, get(headers=headers)) for context, (rows, headers) in VARIANTS.items()),
    case("b3-child-with-parent-outbound", "b3.multi b3.ids", get(headers=multi(WIDE, parent=PARENT, sampled="1")), direction="OUTBOUND"),
    case("b3-twice", "b3.multi http.fields", get(headers=[*multi(sampled="1").items(), ("x-b3-traceid", PARENT)])),
]
