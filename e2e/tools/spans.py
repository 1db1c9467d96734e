"""Spans as Zipkin's v2 JSON gives them, and the tree that they make."""

from dataclasses import dataclass, field

REQUEST_ID_TAG = "guid:x-request-id"


@dataclass(frozen=True)
class Span:
    trace_id: str
    id: str
    parent_id: str | None
    service: str
    kind: str
    name: str
    timestamp_us: int
    duration_us: int
    shared: bool
    tags: dict = field(default_factory=dict)
    annotations: tuple = ()

    @staticmethod
    def parse(json):
        return Span(
            trace_id=json["traceId"],
            id=json["id"],
            parent_id=json.get("parentId"),
            service=json.get("localEndpoint", {}).get("serviceName", ""),
            kind=json.get("kind", ""),
            name=json.get("name", ""),
            timestamp_us=json.get("timestamp", 0),
            duration_us=json.get("duration", 0),
            shared=json.get("shared", False),
            tags=json.get("tags", {}),
            annotations=tuple(annotation["value"] for annotation in json.get("annotations", [])),
        )

    @property
    def request_id(self):
        return self.tags.get(REQUEST_ID_TAG, "")

    def who(self):
        return f"{self.service} {self.kind}"


def by_trace(spans):
    """The spans of each trace, traces and spans in the order of their beginning."""
    traces = {}
    for span in sorted(spans, key=lambda span: span.timestamp_us):
        traces.setdefault(span.trace_id, []).append(span)
    return list(traces.values())


def roots(trace):
    """The spans whose parent is not in the trace."""
    ids = {span.id for span in trace}
    return [span for span in trace if span.parent_id not in ids]


def children(trace, parent):
    return [span for span in trace if span.parent_id == parent.id]


def chain(trace):
    """The trace as one line of `service KIND` from the root down, or None when it is not a single line."""
    line, level = [], roots(trace)
    while level:
        if len(level) > 1:
            return None
        line.append(level[0].who())
        level = children(trace, level[0])
    return line if len(line) == len(trace) else None


def tree_lines(trace):
    lines = [f"trace {trace[0].trace_id}, {len(trace)} span{'s' if len(trace) > 1 else ''}"]
    for root in roots(trace):
        lines += _branch_lines(trace, root, depth=0)
    return lines


def _branch_lines(trace, span, depth):
    label = f"{'   ' * depth}└─ {span.service} {span.kind} {span.name}"
    lines = [f"  {label:<52} {span.duration_us / 1000:9.3f} ms   x-request-id {span.request_id or '-'}"]
    for child in children(trace, span):
        lines += _branch_lines(trace, child, depth + 1)
    return lines


def as_version_2(span):
    """A span of version 1 in the fields of version 2, in which Zipkin's API gives it back."""
    events = {note["value"]: note for note in span["annotations"] if note["value"] in ("cs", "cr", "sr", "ss")}
    client = "cs" in events
    begin, end = (events["cs"], events["cr"]) if client else (events["sr"], events["ss"])
    kept = {name: span[name] for name in ("traceId", "id", "parentId", "name") if name in span}
    return {
        **kept,
        "kind": "CLIENT" if client else "SERVER",
        "timestamp": begin["timestamp"],
        "duration": end["timestamp"] - begin["timestamp"],
        "localEndpoint": begin["endpoint"],
        "tags": {tag["key"]: tag["value"] for tag in span["binaryAnnotations"]},
        "annotations": [note for note in span["annotations"] if note["value"] not in events],
        # Whoever did not begin a span gives no timestamp of its own.
        **({} if "timestamp" in span else {"shared": True}),
    }
