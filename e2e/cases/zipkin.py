"""The tracer's settings, the forms of 2018, and health checks."""

from case import case, get
from configuration import socket_address

from .b3 import SPAN, TRACE, WIDE, multi
from .sampling import shares

TYPES = "type.googleapis.com/envoy."
LOWER_CASE = {
    "direction": "outbound",
    "manager": {"codec_type": "auto", "server_header_transformation": "overwrite"},
    "cluster": {"type": "static", "lb_policy": "round_robin"},
}


def version_1(id):
    return {"zipkin": {"collector_endpoint_version": None, "collector_endpoint": f"/{id}/api/v1/spans"}}


def in_bootstrap(id, typed):
    """A tracer as the bootstrap of 2018 names it, or as today's does."""
    tracer = {"collector_cluster": "collector", "collector_endpoint": f"/{id}/api/v2/spans", "collector_endpoint_version": "HTTP_JSON"}
    if typed:
        return {
            "name": "envoy.tracers.zipkin",
            "typed_config": {"@type": "type.googleapis.com/envoy.config.trace.v3.ZipkinConfig", **tracer},
        }
    return {"name": "envoy.zipkin", "config": tracer}


def health_check(*headers):
    check = {"@type": f"{TYPES}extensions.filters.http.health_check.v3.HealthCheck", "pass_through_mode": True, "headers": list(headers)}
    router = {"@type": f"{TYPES}extensions.filters.http.router.v3.Router"}
    return {"http_filters": [{"name": "health", "typed_config": check}, {"name": "router", "typed_config": router}]}


HEALTHZ = {"name": ":path", "string_match": {"exact": "/healthz"}}
PROBE = {"name": "user-agent", "string_match": {"prefix": "kube-probe/"}}
FROM_PROBE = {"User-Agent": "kube-probe/1.36"}

CASES = [
    case("zipkin-hostname", "zipkin.hostname", zipkin={"collector_hostname": "zipkin.example:9411"}),
    case("zipkin-version-json", "zipkin.version", zipkin={"collector_endpoint_version": "HTTP_JSON"}),
    case("zipkin-b3-only", "b3.multi", get(headers={"traceparent": f"00-{WIDE}-{SPAN}-01"}), zipkin={"trace_context_option": "USE_B3"}),
    case(
        "zipkin-context-of-others",
        "b3.absent",
        get(headers={"traceparent": f"00-{WIDE}-{SPAN}-01", "tracestate": "a=1", "uber-trace-id": "1:2:0:1"}),
    ),
    case("zipkin-wide-unshared", "b3.wide b3.shared", zipkin={"trace_id_128bit": True, "shared_span_context": False}),
    case("zipkin-wide-keeps-narrow", "b3.wide b3.ids", get(headers=multi(TRACE, sampled="1")), zipkin={"trace_id_128bit": True}),
    case("zipkin-wide-not-sampled", "b3.wide span.not-sampled", tracing=shares(random=0), zipkin={"trace_id_128bit": True}),
    *(
        case(
            f"zipkin-collector-answers-{status}",
            "zipkin.answers",
            alone={"admin": {"address": socket_address(9900 + number)}},
            collector_status=status,
        )
        for number, status in enumerate((200, 202, 204, 404))
    ),
    case(
        "legacy-bootstrap-tracing",
        "zipkin.legacy",
        tracing={"provider": None},
        alone={"tracing": {"http": in_bootstrap("legacy-bootstrap-tracing", typed=True)}},
    ),
    case(
        "legacy-bootstrap-tracing-2018",
        "zipkin.legacy",
        here={"tracing": {"provider": None}, "alone": {"tracing": {"http": in_bootstrap("legacy-bootstrap-tracing-2018", typed=False)}}},
    ),
    case("legacy-version-1", "zipkin.legacy zipkin.version", here=version_1("legacy-version-1")),
    case("legacy-version-1-outbound", "zipkin.legacy zipkin.version", direction="OUTBOUND", here=version_1("legacy-version-1-outbound")),
    case(
        "legacy-version-1-shared",
        "zipkin.legacy zipkin.version",
        get(headers=multi(sampled="1")),
        here=version_1("legacy-version-1-shared"),
    ),
    case(
        "legacy-version-1-verbose",
        "zipkin.legacy zipkin.version verbose",
        tracing={"verbose": True},
        here=version_1("legacy-version-1-verbose"),
    ),
    case(
        "legacy-lower-case",
        "zipkin.legacy",
        direction="OUTBOUND",
        manager={"codec_type": "AUTO"},
        cluster={"lb_policy": "ROUND_ROBIN"},
        here=LOWER_CASE,
    ),
    case("legacy-operation-ingress", "zipkin.legacy direction.inbound", here={"direction": None, "tracing": {"operation_name": "INGRESS"}}),
    case(
        "legacy-operation-egress",
        "zipkin.legacy direction.outbound",
        direction="OUTBOUND",
        here={"direction": None, "tracing": {"operation_name": "egress"}},
    ),
    case(
        "legacy-headers-for-tags",
        "zipkin.legacy custom.header",
        get(headers={"X-Team": "red"}),
        tracing={"custom_tags": [{"tag": "x-team", "request_header": {"name": "x-team"}}]},
        here={"tracing": {"request_headers_for_tags": ["x-team"]}},
    ),
    case("legacy-hosts", "zipkin.legacy", here={"cluster": {"load_assignment": None, "hosts": lambda address: [address]}}),
    *(
        case(f"health-{what}", "span.health-check", get(path, headers), manager=health_check(*checks), **more)
        for what, path, headers, checks, more in (
            ("path", "/healthz", {}, (HEALTHZ,), {}),
            ("other-path", "/orders", {}, (HEALTHZ,), {}),
            ("path-with-query", "/healthz?full", {}, (HEALTHZ,), {}),
            ("field", "/", FROM_PROBE, (PROBE,), {}),
            ("other-field", "/", {"User-Agent": "curl/8"}, (PROBE,), {}),
            ("both", "/healthz", FROM_PROBE, (HEALTHZ, PROBE), {}),
            ("one-of-both", "/healthz", {}, (HEALTHZ, PROBE), {}),
            ("b3-sampled", "/healthz", multi(sampled="1"), (HEALTHZ,), {}),
            ("b3-single", "/healthz", {"b3": f"{TRACE}-{SPAN}-1"}, (HEALTHZ,), {}),
            ("outbound", "/healthz", {}, (HEALTHZ,), {"direction": "OUTBOUND"}),
            ("spawned", "/healthz", {}, (HEALTHZ,), {"tracing": {"spawn_upstream_span": True}}),
            ("in-response", "/healthz", {}, (HEALTHZ,), {"route": {"decorator": {"operation": "health"}}}),
        )
    ),
]
