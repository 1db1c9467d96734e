"""Independent implementations that spans are exported to and read back from, each one a module: `start(lab, tools, secret)` gives one that
runs, whose `trace` says what it has of a trace, in the terms of `spans.Span`.
"""

from oracles import datadog, jaeger, lightstep, opentelemetry, skywalking, xray, zipkin

ORACLES = {
    "zipkin": zipkin,
    "jaeger": jaeger,
    "opentelemetry": opentelemetry,
    "datadog": datadog,
    "skywalking": skywalking,
    "xray": xray,
    "lightstep": lightstep,
}
