"""OTLP's spans as its JSON has them, in the terms of `spans.Span`."""

from spans import Span

KINDS = {2: "SERVER", 3: "CLIENT", "SPAN_KIND_SERVER": "SERVER", "SPAN_KIND_CLIENT": "CLIENT"}


def spans_of(request):
    """Every span of an ExportTraceServiceRequest."""
    for resource_spans in request.get("resourceSpans", []):
        service = attributes(resource_spans.get("resource", {})).get("service.name", "")
        for scope_spans in resource_spans.get("scopeSpans", []):
            for span in scope_spans["spans"]:
                yield span_of(service, span)


def span_of(service, span):
    begin, end = (int(span[name]) for name in ("startTimeUnixNano", "endTimeUnixNano"))
    return Span(
        trace_id=span["traceId"],
        id=span["spanId"],
        parent_id=span.get("parentSpanId") or None,
        service=service,
        kind=KINDS.get(span.get("kind"), ""),
        name=span["name"],
        timestamp_us=begin // 1000,
        duration_us=(end - begin) // 1000,
        shared=False,
        tags=attributes(span),
    )


def attributes(message):
    return {attribute["key"]: next(iter(attribute["value"].values()), "") for attribute in message.get("attributes", [])}
