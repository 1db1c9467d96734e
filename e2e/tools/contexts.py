"""The trace context that a request carries, read from its header fields in any provider's form: by this small reader alone, so that
neither the sidecar nor an SDK judges itself."""

import base64
import re
from dataclasses import dataclass

from protobuf import fields_of


@dataclass(frozen=True)
class Context:
    """trace: as 32 hex digits where the form has numbers, else as it stands; span: 16 hex digits; sampled: None where it is left open."""

    trace: str
    span: str
    sampled: bool | None


# Form → the header fields that an application of that form copies; those of `tracecontext` and `baggage` are W3C's.
FIELDS = {
    "b3": ("b3",),
    "b3multi": ("x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags"),
    "tracecontext": ("traceparent", "tracestate"),
    "baggage": ("baggage",),
    "jaeger": ("uber-trace-id",),
    "datadog": (
        "x-datadog-trace-id",
        "x-datadog-parent-id",
        "x-datadog-sampling-priority",
        "x-datadog-origin",
        "x-datadog-tags",
    ),
    "xray": ("x-amzn-trace-id",),
    "sw8": ("sw8",),
    "lightstep": ("x-ot-span-context",),
    "ottrace": ("ot-tracer-traceid", "ot-tracer-spanid", "ot-tracer-sampled"),
}


def context_of(form, headers):
    """The context that these header fields (lower-case name → value) carry in that form, or None. Text that is no context raises."""
    if FIELDS[form][0] not in headers:
        return None
    return READERS[form](headers)


def b3(headers):
    trace, span, *rest = headers["b3"].split("-")
    return Context(wide(trace), span, {"1": True, "d": True, "0": False}[rest[0]] if rest else None)


def b3multi(headers):
    sampled = {"1": True, "0": False}.get(headers.get("x-b3-sampled"))
    if headers.get("x-b3-flags") == "1":
        sampled = True
    return Context(wide(headers["x-b3-traceid"]), headers["x-b3-spanid"], sampled)


def tracecontext(headers):
    trace, span, flags = re.fullmatch("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})", headers["traceparent"]).groups()
    return Context(trace, span, bool(int(flags, 16) & 1))


def jaeger(headers):
    """Numbers without their leading zeros are right too."""
    trace, span, _, flags = headers["uber-trace-id"].replace("%3A", ":").split(":")
    return Context(wide(trace), span.rjust(16, "0"), bool(int(flags, 16) & 1))


def datadog(headers):
    tags = dict(tag.split("=", 1) for tag in headers.get("x-datadog-tags", "").split(",") if tag)
    trace = tags.get("_dd.p.tid", "0" * 16) + f"{int(headers['x-datadog-trace-id']):016x}"
    priority = headers.get("x-datadog-sampling-priority")
    return Context(trace, f"{int(headers['x-datadog-parent-id']):016x}", None if priority is None else int(priority) > 0)


def xray(headers):
    parts = dict(part.strip().split("=", 1) for part in headers["x-amzn-trace-id"].split(";"))
    _, seconds, rest = parts["Root"].split("-")
    return Context(seconds + rest, parts["Parent"], {"1": True, "0": False}.get(parts.get("Sampled")))


def sw8(headers):
    """A SkyWalking parent is a span of a segment: `SEGMENT:INDEX`."""
    sample, trace, segment, index, *_ = headers["sw8"].split("-")
    return Context(decoded(trace), f"{decoded(segment)}:{index}", sample == "1")


def lightstep(headers):
    """LightStep's BinaryCarrier: message 2 = {1: fixed64 trace, 2: fixed64 span, 3: sampled, 4: baggage}."""
    carrier = base64.b64decode(headers["x-ot-span-context"], validate=True)
    basic = dict(fields_of(dict(fields_of(carrier))[2]))
    trace, span = (int.from_bytes(basic[number], "little") for number in (1, 2))
    return Context(f"{trace:032x}", f"{span:016x}", bool(basic.get(3, 0)))


def ottrace(headers):
    """Numbers are not padded; `sampled` is `true` or `false`."""
    sampled = {"true": True, "1": True, "false": False, "0": False}.get(headers.get("ot-tracer-sampled"))
    return Context(wide(headers["ot-tracer-traceid"]), headers["ot-tracer-spanid"].rjust(16, "0"), sampled)


READERS = {
    "b3": b3,
    "b3multi": b3multi,
    "tracecontext": tracecontext,
    "jaeger": jaeger,
    "datadog": datadog,
    "xray": xray,
    "sw8": sw8,
    "lightstep": lightstep,
    "ottrace": ottrace,
}


def wide(trace):
    return trace.rjust(32, "0")


def decoded(text):
    return base64.b64decode(text, validate=True).decode()


TRACE, SPAN = "463ac35c9f6413ad48485a3953bb6124", "0020000000000001"


def not_sampled(form):
    """Header fields of a caller that does not sample, in that form."""
    low, span = int(TRACE[16:], 16), int(SPAN, 16)
    return {
        "b3": {"b3": f"{TRACE}-{SPAN}-0"},
        "b3multi": {"x-b3-traceid": TRACE, "x-b3-spanid": SPAN, "x-b3-sampled": "0"},
        "tracecontext": {"traceparent": f"00-{TRACE}-{SPAN}-00"},
        "jaeger": {"uber-trace-id": f"{TRACE}:{SPAN}:0:0"},
        "datadog": {
            "x-datadog-trace-id": f"{low}",
            "x-datadog-parent-id": f"{span}",
            "x-datadog-sampling-priority": "0",
            "x-datadog-tags": f"_dd.p.tid={TRACE[:16]}",
        },
        "xray": {"x-amzn-trace-id": f"Root=1-{TRACE[:8]}-{TRACE[8:]};Parent={SPAN};Sampled=0"},
        "sw8": {"sw8": "-".join(["0", *map(encoded, (TRACE, "segment-1")), "0", *map(encoded, ("caller", "caller-1", "/", "service1:80"))])},
        "lightstep": {"x-ot-span-context": encoded_bytes(carrier(low, span, sampled=False))},
        "ottrace": {"ot-tracer-traceid": TRACE[16:], "ot-tracer-spanid": SPAN, "ot-tracer-sampled": "false"},
    }[form]


def encoded(text):
    return encoded_bytes(text.encode())


def encoded_bytes(data):
    return base64.b64encode(data).decode()


def carrier(trace, span, sampled):
    """LightStep's BinaryCarrier."""
    basic = b"\x09" + trace.to_bytes(8, "little") + b"\x11" + span.to_bytes(8, "little") + b"\x18" + bytes([sampled])
    return b"\x12" + bytes([len(basic)]) + basic
