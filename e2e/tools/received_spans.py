"""Spans of every provider's messages as Zipkin's version 2 has them, with what it has no field for beside that under names of its own: so one
comparison serves all of them."""

import json
import struct

import msgpack_reader
from protobuf import Message
from spans import as_version_2

OTLP_KINDS = {2: "SERVER", 3: "CLIENT"}
ZIPKIN_KINDS = {1: "CLIENT", 2: "SERVER"}


def spans_of(path, content_type, body):
    """What a collector of that path was posted."""
    if path.endswith("/v1/traces"):
        return otlp(Message(body))
    if path.endswith("/skywalking.v3.TraceSegmentReportService/collect"):
        return skywalking(Message(body))
    if path.endswith("/skywalking.v3.TraceSegmentReportService/collectInSync"):
        return [span for segment in Message(body).messages(1) for span in skywalking(segment)]
    if path.endswith("/v0.4/traces"):
        return [span for chunk in msgpack_reader.read(body) for span in datadog(chunk)]
    if "protobuf" in content_type:
        return [zipkin(span) for span in Message(body).messages(1)]
    return [as_version_2(span) if path.endswith("/api/v1/spans") else span for span in json.loads(body)]


def present(**fields):
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


def zipkin(span):
    endpoint = span.message(8)
    return present(
        traceId=span.hex(1),
        parentId=span.hex(2),
        id=span.hex(3),
        kind=ZIPKIN_KINDS.get(span.number(4)),
        name=span.text(5),
        timestamp=span.fixed(6),
        duration=span.number(7),
        localEndpoint=present(serviceName=endpoint.text(1), ipv4=".".join(map(str, endpoint.last(2, b""))), port=endpoint.number(4)),
        annotations=[{"value": note.text(2)} for note in span.messages(10)],
        tags={tag.text(1): tag.text(2) for tag in span.messages(11)},
        debug=bool(span.number(12)) or None,
        shared=bool(span.number(13)) or None,
    )


def otlp(request):
    for resource_spans in request.messages(1):
        resource = {f"resource {key}": value for key, value in attributes(resource_spans.message(1), 1).items()}
        for scope_spans in resource_spans.messages(2):
            scope = present(**{"scope name": scope_spans.message(1).text(1), "scope version": scope_spans.message(1).text(2)})
            yield from ({**otlp_span(span), **resource, **scope} for span in scope_spans.messages(2))


def otlp_span(span):
    begin, end, status = span.fixed(7), span.fixed(8), span.message(15)
    return present(
        traceId=span.hex(1),
        id=span.hex(2),
        parentId=span.hex(4),
        name=span.text(5),
        kind=OTLP_KINDS.get(span.number(6), str(span.number(6))),
        timestamp=begin // 1000,
        duration=(end - begin) // 1000,
        tags=attributes(span, 9),
        annotations=[{"value": event.text(2)} for event in span.messages(11)],
        **{"trace state": span.text(3), "flags": hex(span.fixed(16)), "status": status.number(3), "status message": status.text(2)},
    )


def attributes(message, number):
    return {attribute.text(1): any_value(attribute.message(2)) for attribute in message.messages(number)}


def any_value(value):
    """Text as it is; of all else its kind too, for it matters."""
    if 1 in value:
        return value.text(1)
    if 2 in value:
        return f"boolean {bool(value.number(2))}"
    if 3 in value:
        return f"integer {value.number(3)}"
    return f"double {struct.unpack('<d', value.last(4, bytes(8)))[0]}"


def datadog(chunk):
    """A chunk's first span says the upper half of the trace's id, for all of them."""
    high = chunk[0]["meta"].get("_dd.p.tid", "") if chunk else ""
    for span in chunk:
        metrics = {f"metric {name}": "a number" if name == "process_id" else str(value) for name, value in span.get("metrics", {}).items()}
        yield {
            **present(
                traceId=high + f"{span['trace_id']:016x}",
                id=f"{span['span_id']:016x}",
                parentId=f"{span['parent_id']:016x}" if span.get("parent_id") else None,
                name=span["resource"],
                timestamp=span["start"] // 1000,
                duration=span["duration"] // 1000,
                tags=span["meta"],
            ),
            **{name: span[name] for name in ("service", "type", "error")},
            "operation": span["name"],
            **metrics,
        }


def xray(segment):
    """A datagram's segment; its fields beyond a span's by their paths."""
    apart = ("trace_id", "id", "parent_id", "name", "start_time", "end_time", "annotations")
    return {
        **present(
            traceId=segment.get("trace_id", "").replace("-", "")[1:],
            id=segment["id"],
            parentId=segment.get("parent_id"),
            name=segment["name"],
            timestamp=int(segment["start_time"] * 1e6),
            duration=int((segment["end_time"] - segment["start_time"]) * 1e6),
            tags=segment.get("annotations"),
        ),
        **dict(paths({name: value for name, value in segment.items() if name not in apart})),
    }


def paths(value, above=""):
    if not isinstance(value, dict):
        yield above, json.dumps(value)
        return
    for name, inner in value.items():
        yield from paths(inner, f"{above} {name}".strip())


def skywalking(segment):
    """Each span of a SegmentObject; its identifier is its segment's, with its index where there are more."""
    for span in segment.messages(3):
        index, above = span.number(1), signed(span.number(2))
        references = [f"{ref.text(3)}:{ref.number(4)}" for ref in span.messages(5)]
        yield present(
            traceId=segment.text(1),
            id=f"{segment.text(2)}:{index}",
            parentId=f"{segment.text(2)}:{above}" if above >= 0 else next(iter(references), None),
            name=span.text(6),
            kind={0: "Entry", 1: "Exit", 2: "Local"}[span.number(8)],
            timestamp=span.number(3) * 1000,
            # Milliseconds: the shortest take none.
            duration=(span.number(4) - span.number(3)) * 1000 + 1,
            tags={tag.text(1): tag.text(2) for tag in span.messages(12)},
            **{
                "peer": span.text(7),
                "layer": str(span.number(9)),
                "component": str(span.number(10)),
                "is error": str(bool(span.number(11))),
                "service": segment.text(4),
                "instance": segment.text(5),
                **{f"reference {name}": told for ref in span.messages(5) for name, told in reference(ref).items()},
            },
        )


def reference(ref):
    names = {2: "trace", 5: "service", 6: "instance", 7: "endpoint", 8: "address"}
    return {name: ref.text(number) for number, name in names.items()}


def signed(number):
    return number - (1 << 64) if number >> 63 else number
