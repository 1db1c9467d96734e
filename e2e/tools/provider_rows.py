"""The rows of e2e/providers: each a provider as the sidecars are configured for it, and the oracle that its spans go to."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from configuration import TYPES
from oracles import datadog, jaeger, lightstep, opentelemetry, skywalking, xray, zipkin
from services import Tracing

ALWAYS = {"version": 2, "default": {"fixed_target": 1000, "rate": 1.0}, "rules": []}


@dataclass(frozen=True)
class Row:
    """tracing: name of a service → how its sidecar traces; form: the propagation form in which a trace's identifiers are looked up."""

    id: str
    provider: str
    oracle: str
    form: str
    tracing: Callable[[str], Tracing]
    # Those that Envoy has no word for.
    sidetrace_only: bool = False
    # Spans of requests that their caller does not sample are sent too: Datadog wants them, LightStep's tracer of then decided by itself.
    keeps_unsampled: bool = False


def zipkin_at(port, path="/api/v2/spans", version="HTTP_JSON", **more):
    def tracing(service):
        config = {"@type": f"{TYPES}config.trace.v3.ZipkinConfig", "collector_cluster": "collector", "collector_endpoint": path}
        return Tracing("zipkin", {**config, "collector_endpoint_version": version, "shared_span_context": False, **more}, port)

    return tracing


def otlp_grpc(port, metadata=()):
    def tracing(service):
        grpc = {"envoy_grpc": {"cluster_name": "collector"}, "timeout": "2s"}
        if metadata:
            grpc["initial_metadata"] = [{"key": key, "value": value} for key, value in metadata]
        config = {"@type": f"{TYPES}config.trace.v3.OpenTelemetryConfig", "grpc_service": grpc, "service_name": service}
        return Tracing("opentelemetry", config, port, http_2=True)

    return tracing


def otlp_http(port):
    def tracing(service):
        uri = {"uri": f"http://127.0.0.1:{port}/v1/traces", "cluster": "collector", "timeout": "2s"}
        config = {"@type": f"{TYPES}config.trace.v3.OpenTelemetryConfig", "http_service": {"http_uri": uri}, "service_name": service}
        return Tracing("opentelemetry", config, port)

    return tracing


def datadog_agent(service):
    config = {"@type": f"{TYPES}config.trace.v3.DatadogConfig", "collector_cluster": "collector", "service_name": service}
    return Tracing("datadog", config, datadog.PORT)


def skywalking_oap(token, spawn):
    def tracing(service):
        config = {
            "@type": f"{TYPES}config.trace.v3.SkyWalkingConfig",
            "grpc_service": {"envoy_grpc": {"cluster_name": "collector"}, "timeout": "2s"},
            "client_config": {"service_name": service, "instance_name": f"{service}-1", "backend_token": token},
        }
        return Tracing("skywalking", config, skywalking.GRPC_PORT, http_2=True, spawn=spawn)

    return tracing


def xray_daemon(service):
    config = {
        "@type": f"{TYPES}config.trace.v3.XRayConfig",
        "segment_name": service,
        "daemon_endpoint": {"protocol": "UDP", "address": "127.0.0.1", "port_value": xray.DAEMON_PORT},
        "sampling_rule_manifest": {"inline_string": json.dumps(ALWAYS)},
    }
    return Tracing("xray", config, None)


def lightstep_collector(token_file):
    """As the operator renders LightStep: OTLP, its token from a file, its own header."""

    def tracing(service):
        credentials = [{"header": lightstep.TOKEN_HEADER, "file": str(token_file)}]
        return otlp_grpc(opentelemetry.GRPC_PORT)(service).extended(
            propagation={"extract": ["lightstep"], "inject": ["lightstep"]}, collector={"credentials": credentials}
        )

    return tracing


def lightstep_of_2018(token_file):
    """As Envoy had it until 2021."""

    def tracing(service):
        config = {
            "@type": f"{TYPES}config.trace.v3.LightstepConfig",
            "collector_cluster": "collector",
            "access_token_file": str(token_file),
            "propagation_modes": ["ENVOY"],
        }
        return Tracing("lightstep", config, opentelemetry.GRPC_PORT, http_2=True)

    return tracing


def rows(secret):
    """In the order in which they run: those of one oracle together."""
    return (
        Row("zipkin-v2", "zipkin", "zipkin", "b3multi", zipkin_at(zipkin.PORT)),
        Row("zipkin-proto", "zipkin", "zipkin", "b3multi", zipkin_at(zipkin.PORT, version="HTTP_PROTO", trace_id_128bit=True)),
        Row("zipkin-v1", "zipkin", "zipkin", "b3multi", zipkin_at(zipkin.PORT, "/api/v1/spans", "HTTP_JSON_V1"), sidetrace_only=True),
        Row("jaeger-otlp-grpc", "jaeger", "jaeger", "tracecontext", otlp_grpc(jaeger.OTLP_GRPC_PORT)),
        Row("jaeger-otlp-http", "jaeger", "jaeger", "tracecontext", otlp_http(jaeger.OTLP_HTTP_PORT)),
        Row("jaeger-zipkin", "jaeger", "jaeger", "b3multi", zipkin_at(jaeger.ZIPKIN_PORT, trace_id_128bit=True)),
        Row("opentelemetry-grpc", "opentelemetry", "opentelemetry", "tracecontext", otlp_grpc(opentelemetry.GRPC_PORT)),
        Row("opentelemetry-http", "opentelemetry", "opentelemetry", "tracecontext", otlp_http(opentelemetry.HTTP_PORT)),
        Row("datadog", "datadog", "datadog", "datadog", datadog_agent, keeps_unsampled=True),
        Row("skywalking", "skywalking", "skywalking", "sw8", skywalking_oap(secret.value, spawn=True)),
        # An Envoy sends no context without a span for the upstream.
        Row("skywalking-one-span", "skywalking", "skywalking", "sw8", skywalking_oap(secret.value, spawn=False), sidetrace_only=True),
        Row("xray", "xray", "xray", "xray", xray_daemon),
        Row("lightstep", "lightstep", "lightstep", "lightstep", lightstep_collector(secret.file), sidetrace_only=True),
        Row("lightstep-2018", "lightstep", "lightstep", "lightstep", lightstep_of_2018(secret.file), sidetrace_only=True, keeps_unsampled=True),
    )
