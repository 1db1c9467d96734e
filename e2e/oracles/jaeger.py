"""The real Jaeger, with its memory as storage, read back by its query API."""

from oracles.oracle import START_SECONDS, Oracle, answers, asked
from spans import Span

VERSION = "1.76.0"
QUERY_PORT, OTLP_GRPC_PORT, OTLP_HTTP_PORT, ZIPKIN_PORT, ADMIN_PORT = 16686, 24317, 24318, 29411, 28888
CONFIGURATION = f"""
service:
  extensions: [jaeger_storage, jaeger_query]
  pipelines:
    traces:
      receivers: [otlp, zipkin]
      exporters: [jaeger_storage_exporter]
  telemetry:
    metrics:
      level: none
extensions:
  jaeger_storage:
    backends:
      memory:
        memory:
          max_traces: 10000
  jaeger_query:
    storage:
      traces: memory
    http:
      endpoint: 127.0.0.1:{QUERY_PORT}
    grpc:
      endpoint: 127.0.0.1:16685
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:{OTLP_GRPC_PORT}
      http:
        endpoint: 127.0.0.1:{OTLP_HTTP_PORT}
  zipkin:
    endpoint: 127.0.0.1:{ZIPKIN_PORT}
exporters:
  jaeger_storage_exporter:
    trace_storage: memory
"""


class Jaeger(Oracle):
    name = f"Jaeger {VERSION}"

    def spans(self, context):
        found = asked(f"http://127.0.0.1:{QUERY_PORT}/api/traces/{context.trace}")
        return [span_of(trace, span) for trace in (found or {}).get("data") or [] for span in trace["spans"]]


def span_of(trace, span):
    tags = {tag["key"]: str(tag["value"]) for tag in span["tags"]}
    parents = [reference["spanID"] for reference in span.get("references", []) if reference["refType"] == "CHILD_OF"]
    return Span(
        trace_id=span["traceID"],
        id=span["spanID"],
        parent_id=parents[0] if parents else None,
        service=trace["processes"][span["processID"]]["serviceName"],
        kind=tags.get("span.kind", "").upper(),
        name=span["operationName"],
        timestamp_us=span["startTime"],
        duration_us=span["duration"],
        shared=False,
        tags=tags,
    )


def start(lab, tools, secret):
    file = lab.directory / "jaeger.yaml"
    file.write_text(CONFIGURATION)
    process = lab.start("jaeger", tools.cache / f"jaeger-{VERSION}", "--config", file)
    process.await_true(lambda: answers(f"http://127.0.0.1:{QUERY_PORT}/api/services"), "answer", START_SECONDS)
    return Jaeger(process)
