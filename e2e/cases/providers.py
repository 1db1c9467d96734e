"""Providers but Zipkin's JSON: what their collectors get, and what their contexts become."""

from base64 import b64encode

from case import DROP, REFUSE, case, get, request, response

from .b3 import SPAN, WIDE, multi
from .sampling import shares

SPAWNED = {"spawn_upstream_span": True}
PARENT = {"traceparent": f"00-{WIDE}-{SPAN}-01"}
LOW = int(WIDE[16:], 16)
DATADOG = {"x-datadog-trace-id": str(LOW), "x-datadog-parent-id": str(int(SPAN, 16)), "x-datadog-sampling-priority": "1"}
WIDE_DATADOG = {**DATADOG, "x-datadog-tags": f"_dd.p.tid={WIDE[:16]},_dd.p.dm=-4"}
XRAY = f"Root=1-{WIDE[:8]}-{WIDE[8:]};Parent={SPAN}"
PROTO = {"collector_endpoint_version": "HTTP_PROTO"}
W3C = {"trace_context_option": "USE_B3_WITH_W3C_PROPAGATION"}



def sw8(sample):
    encoded = [b64encode(text.encode()).decode() for text in (WIDE, "segment-1", "caller", "caller-1", "/orders", "shop.example:80")]
    return "-".join([sample, *encoded[:2], "0", *encoded[2:]])


# What every provider's span says: (name, what the client sends, what the upstream does, more of the case).
EXCHANGES = (
    ("plain", get("/orders?page=2", {"User-Agent": "curl/8"}), None, {}),
    ("outbound", get("/orders"), None, {"direction": "OUTBOUND"}),
    ("spawned", get("/orders"), None, {"tracing": SPAWNED}),
    ("spawned-outbound", get("/orders"), None, {"tracing": SPAWNED, "direction": "OUTBOUND"}),
    ("post", request("POST", "/orders", body=b"x" * 300), None, {}),
    ("decorated", get("/orders"), None, {"route": {"decorator": {"operation": "listOrders"}}}),
    ("decorated-spawned", get("/orders"), None, {"route": {"decorator": {"operation": "listOrders"}}, "tracing": SPAWNED}),
    ("status-404", get("/orders"), response("404 Not Found"), {}),
    ("status-404-outbound", get("/orders"), response("404 Not Found"), {"direction": "OUTBOUND"}),
    ("status-429", get("/orders"), response("429 Too Many Requests"), {}),
    ("status-503", get("/orders"), response("503 Service Unavailable"), {}),
    ("status-503-spawned", get("/orders"), response("503 Service Unavailable"), {"tracing": SPAWNED}),
    ("refused-spawned", get("/orders"), REFUSE, {"tracing": SPAWNED}),
    ("dropped", get("/orders"), (DROP,), {}),
    ("custom-tag", get("/orders"), None, {"tracing": {"custom_tags": [{"tag": "team", "literal": {"value": "red"}}]}}),
    ("verbose", get("/orders"), None, {"tracing": {"verbose": True}}),
    ("operation", get("/orders"), None, {"tracing": {"operation": "%REQ(:METHOD)% orders"}}),
    ("not-sampled", get("/orders"), None, {"tracing": shares(random=0)}),
    ("request-id-unparsable", get("/orders", {"X-Request-Id": "not-a-uuid"}), None, {}),
)
CONTEXTS = {
    "skywalking": {"sampled": {"sw8": sw8("1")}, "not-sampled": {"sw8": sw8("0")}},
    "opentelemetry": {
        "parent": PARENT,
        "state": {**PARENT, "tracestate": "a=1,b=2"},
        "state-twice": [("traceparent", PARENT["traceparent"]), ("tracestate", "a=1"), ("tracestate", "b=2")],
        "not-sampled": {"traceparent": f"00-{WIDE}-{SPAN}-00"},
        "random-flag": {"traceparent": f"00-{WIDE}-{SPAN}-03"},
        "baggage": {**PARENT, "baggage": "k=v"},
        "of-b3": multi(WIDE, sampled="1"),
    },
    "datadog": {
        "parent": DATADOG,
        "wide": WIDE_DATADOG,
        "keep": {**WIDE_DATADOG, "x-datadog-sampling-priority": "2"},
        "drop": {**WIDE_DATADOG, "x-datadog-sampling-priority": "0"},
        "reject": {**WIDE_DATADOG, "x-datadog-sampling-priority": "-1"},
        "undecided": {name: value for name, value in DATADOG.items() if name != "x-datadog-sampling-priority"},
        "origin": {**WIDE_DATADOG, "x-datadog-origin": "synthetics"},
        "traceparent": PARENT,
        "state": {**PARENT, "tracestate": "a=1,dd=s:2;o:rum;t.dm:-4"},
        "both": {**DATADOG, "traceparent": f"00-{SPAN}{SPAN}-{WIDE[:16]}-01"},
    },
    "xray": {
        "sampled": {"x-amzn-trace-id": f"{XRAY};Sampled=1"},
        "not-sampled": {"x-amzn-trace-id": f"{XRAY};Sampled=0"},
        "undecided": {"x-amzn-trace-id": f"{XRAY};Sampled=?"},
        "root-alone": {"x-amzn-trace-id": XRAY.partition(";")[0]},
    },
}
SETTINGS = {"": {}, "-outbound": {"direction": "OUTBOUND"}, "-spawned": {"tracing": SPAWNED}}

CASES = [
    *(
        case(f"{provider}-{what}", f"{provider}.spans", sent, upstream, provider=provider, **more)
        for provider in CONTEXTS
        for what, sent, upstream, more in EXCHANGES
    ),
    *(
        case(f"{provider}-context-{what}{suffix}", f"{provider}.context", get("/orders", headers), provider=provider, **more)
        for provider, contexts in CONTEXTS.items()
        for what, headers in contexts.items()
        for suffix, more in SETTINGS.items()
    ),
    *(
        case(f"proto-{what}", "zipkin.proto", sent, upstream, zipkin=PROTO, **more)
        for what, sent, upstream, more in EXCHANGES
        if what in ("plain", "outbound", "spawned", "status-503", "custom-tag")
    ),
    case("proto-wide", "zipkin.proto b3.wide", get("/orders", multi(WIDE, sampled="1")), zipkin={**PROTO, "trace_id_128bit": True}),
    *(
        case(f"zipkin-w3c-{what}{suffix}", "zipkin.w3c", get("/orders", headers), zipkin=W3C, **more)
        for what, headers in {
            "root": {},
            "parent": PARENT,
            "not-sampled": {"traceparent": f"00-{WIDE}-{SPAN}-00"},
            "state": {**PARENT, "tracestate": "a=1"},
            "b3": multi(sampled="1"),
            "b3-single": {"b3": f"{WIDE}-{SPAN}-1"},
            "both": {**multi(sampled="1"), "traceparent": f"00-{SPAN}{SPAN}-{SPAN}-00"},
        }.items()
        for suffix, more in SETTINGS.items()
    ),
]
