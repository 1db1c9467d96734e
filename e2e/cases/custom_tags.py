"""Custom tags, verbose spans, and spans without propagation."""

from case import Reply, case, get, request, response

from .b3 import multi

SPAWNED = {"spawn_upstream_span": True}


def tags(*given, **more):
    return {"custom_tags": list(given), **more}


def literal(name, value):
    return {"tag": name, "literal": {"value": value}}


def environment(name, variable, **default):
    return {"tag": name, "environment": {"name": variable, **default}}


def header(name, field, **default):
    return {"tag": name, "request_header": {"name": field, **default}}


TEAM = get(headers={"X-Team": "red"})

CASES = [
    case("custom-literal", "custom.literal", tracing=tags(literal("team", "red"), literal("stage", "test"))),
    case("custom-environment", "custom.environment", tracing=tags(environment("from", "CONFORMANCE"))),
    case("custom-environment-default", "custom.environment", tracing=tags(environment("from", "CONFORMANCE_NONE", default_value="none"))),
    case(
        "custom-environment-set-with-default", "custom.environment", tracing=tags(environment("from", "CONFORMANCE", default_value="none"))
    ),
    case("custom-environment-none", "custom.environment custom.empty", tracing=tags(environment("from", "CONFORMANCE_NONE"))),
    case("custom-header", "custom.header", TEAM, tracing=tags(header("team", "x-team"))),
    case("custom-header-name-upper-case", "custom.header", TEAM, tracing=tags(header("team", "X-Team"))),
    case("custom-header-absent", "custom.header custom.empty", tracing=tags(header("team", "x-team"))),
    case("custom-header-default", "custom.header", tracing=tags(header("team", "x-team", default_value="blue"))),
    case("custom-header-present-with-default", "custom.header", TEAM, tracing=tags(header("team", "x-team", default_value="blue"))),
    case("custom-header-empty", "custom.empty", get(headers={"x-team": ""}), tracing=tags(header("team", "x-team"))),
    case(
        "custom-header-empty-with-default",
        "custom.empty",
        get(headers={"x-team": ""}),
        tracing=tags(header("team", "x-team", default_value="blue")),
    ),
    case(
        "custom-header-twice",
        "custom.header",
        get(headers=[("x-team", "red"), ("x-team", "green")]),
        tracing=tags(header("team", "x-team")),
    ),
    case(
        "custom-header-host",
        "custom.header",
        tracing=tags(header("authority", ":authority"), header("path", ":path"), header("method", ":method")),
    ),
    case("custom-header-request-id", "custom.header", tracing=tags(header("id", "x-request-id"))),
    case("custom-header-b3", "custom.header", get(headers=multi(sampled="1")), tracing=tags(header("b3", "x-b3-spanid"))),
    case("custom-builtin", "custom.builtin", tracing=tags(literal("http.method", "POST"), literal("component", "mine"))),
    case("custom-builtin-error", "custom.builtin tag.error", upstream=response("500 Oops"), tracing=tags(literal("error", "maybe"))),
    case("custom-builtin-no-error", "custom.builtin", tracing=tags(literal("error", "maybe"))),
    case("custom-route-added", "custom.route", tracing=tags(literal("a", "1")), route={"tracing": tags(literal("b", "2"))}),
    case(
        "custom-route-replaces",
        "custom.route",
        tracing=tags(literal("a", "1"), literal("c", "3")),
        route={"tracing": tags(literal("a", "2"))},
    ),
    case(
        "custom-route-replaces-by-nothing",
        "custom.route custom.empty",
        tracing=tags(literal("a", "1")),
        route={"tracing": tags(header("a", "x-none"))},
    ),
    case("custom-route-header", "custom.route", TEAM, route={"tracing": tags(header("team", "x-team"))}),
    case(
        "custom-route-alone-keeps-decorator",
        "custom.route name.decorator",
        route={"tracing": tags(literal("a", "1")), "decorator": {"operation": "checkout"}},
    ),
    case("custom-spawned", "custom.child", TEAM, tracing=tags(literal("a", "1"), header("team", "x-team"), **SPAWNED)),
    case(
        "custom-spawned-builtin",
        "custom.child custom.builtin",
        tracing=tags(literal("component", "mine"), literal("upstream_address", "none"), **SPAWNED),
    ),
    case(
        "custom-spawned-route",
        "custom.child custom.route",
        tracing=tags(literal("a", "1"), **SPAWNED),
        route={"tracing": tags(literal("a", "2"))},
    ),
    case("custom-not-sampled", "custom.literal span.not-sampled", get(headers={"b3": "0"}), tracing=tags(literal("a", "1"))),
    case("verbose", "verbose", tracing={"verbose": True}),
    case("verbose-post", "verbose", request("POST", body=b"x" * 5000), response(body=b"y" * 5000), tracing={"verbose": True}),
    case("verbose-outbound", "verbose", tracing={"verbose": True}, direction="OUTBOUND"),
    case("verbose-spawned", "verbose spawn.true", tracing={"verbose": True, **SPAWNED}),
    case(
        "verbose-no-route",
        "verbose http.local",
        get("/nowhere"),
        routes=({"match": {"path": "/here", "prefix": None}},),
        tracing={"verbose": True},
    ),
    case("verbose-dropped", "verbose", upstream=Reply(b"", then="close"), tracing={"verbose": True}),
    case("verbose-refused", "verbose", upstream="refuse", tracing={"verbose": True}),
    *(
        case(f"no-propagation-{what}", "no-propagation", get(headers=headers), tracing={"no_context_propagation": True, **more})
        for what, headers, more in (
            ("root", {}, {}),
            ("b3-multi", multi(sampled="1"), {}),
            ("b3-single", {"b3": "463ac35c9f6413ad-0020000000000001-1"}, {}),
            ("b3-deny", {"b3": "0"}, {}),
            ("not-sampled", {}, {"random_sampling": {"value": 0}}),
            ("spawned", multi(sampled="1"), SPAWNED),
        )
    ),
]
