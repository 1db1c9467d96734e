"""Which way a span's traffic goes, and what the span is called."""

from case import Reply, case, get, response

NAMED = {"x-envoy-decorator-operation": "namedByCaller"}
DECORATED = {"decorator": {"operation": "checkout"}}
UNSENT = {"decorator": {"operation": "checkout", "propagate": False}}
RETURNED = Reply(response(headers={"x-envoy-decorator-operation": "namedByServer"}))
EMPTY = {"x-envoy-decorator-operation": ""}

CASES = [
    case("direction-inbound", "direction.inbound span.request spawn.false tag.component tag.upstream-cluster"),
    case("direction-outbound", "direction.outbound span.request spawn.false", direction="OUTBOUND"),
    case("direction-unset", "direction.inbound", direction=None),
    case("direction-unspecified", "direction.inbound", direction="UNSPECIFIED"),
    case("name-host-with-port", "name.default", get(host="shop.example:8080")),
    case("name-host-upper-case", "name.default", get(host="Shop.Example")),
    *(
        case(
            f"name-{what}-{direction.lower()}",
            f"name.decorator name.header-{direction.lower()}",
            get(headers=headers),
            reply,
            direction=direction,
            route=route,
        )
        for direction in ("INBOUND", "OUTBOUND")
        for what, headers, reply, route in (
            ("decorator", {}, response(), DECORATED),
            ("decorator-unsent", {}, response(), UNSENT),
            ("request-header", NAMED, response(), {}),
            ("request-header-decorated", NAMED, response(), DECORATED),
            ("request-header-unsent", NAMED, response(), UNSENT),
            ("request-header-empty", EMPTY, response(), DECORATED),
            ("response-header", {}, RETURNED, {}),
            ("response-header-decorated", {}, RETURNED, DECORATED),
            ("response-header-unsent", {}, RETURNED, UNSENT),
            ("response-header-empty", {}, Reply(response(headers=EMPTY)), DECORATED),
            ("both-headers-decorated", NAMED, RETURNED, DECORATED),
        )
    ),
    *(
        case(
            f"name-decorator-not-sampled-{direction.lower()}",
            f"name.header-{direction.lower()} span.not-sampled",
            get(headers={"b3": "0", **NAMED}),
            RETURNED,
            direction=direction,
            route=DECORATED,
        )
        for direction in ("INBOUND", "OUTBOUND")
    ),
    case("name-of-no-route", "name.default http.local", get("/nowhere"), routes=({"match": {"path": "/here", "prefix": None}},)),
    case("name-spawned-decorated", "spawn.true name.decorator", tracing={"spawn_upstream_span": True}, route=DECORATED),
    case(
        "name-spawned-decorated-outbound",
        "spawn.true name.decorator",
        upstream=RETURNED,
        direction="OUTBOUND",
        tracing={"spawn_upstream_span": True},
        route=DECORATED,
    ),
]
