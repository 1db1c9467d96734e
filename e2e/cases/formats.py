"""Format strings: names of spans, tags by `value`, and the lines of access logs."""

from case import AwaitUpstream, DROP, Leave, Receive, REFUSE, SILENCE, Send, case, get, request, response

from .b3 import multi
from .custom_tags import SPAWNED, header, literal, tags
from .names import DECORATED, NAMED, RETURNED
from .sampling import shares

ELSEWHERE = ({"match": {"path": "/here", "prefix": None}},)
ORDER = get("/orders/7?full=yes", {"User-Agent": "c/1", "X-Team": "red"})
TYPES = "type.googleapis.com/envoy.extensions.access_loggers.stream.v3."
# What a line or a tag can say that is the same in every run.
TEXT = {
    "protocol": "%PROTOCOL%",
    "code": "%RESPONSE_CODE%",
    "flags": "%RESPONSE_FLAGS%",
    "received": "%BYTES_RECEIVED%",
    "sent": "%BYTES_SENT%",
    "method": "%REQ(:METHOD)%",
    "path": "%REQ(:PATH)%",
    "authority": "%REQ(:AUTHORITY)%",
    "field": "%REQ(X-TEAM)%",
    "field-absent": "%REQ(X-NONE)%",
    "field-or-other": "%REQ(X-NONE?X-TEAM)%",
    "field-cut": "%REQ(USER-AGENT):2%",
    "answered": "%RESP(CONTENT-TYPE)%",
    "answered-absent": "%RESP(X-NONE)%",
    "status": "%RESP(:STATUS)%",
    "cluster": "%UPSTREAM_CLUSTER%",
    "host": "%UPSTREAM_HOST%",
    "route": "%ROUTE_NAME%",
    "remote": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    "direct": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
    "local": "%DOWNSTREAM_LOCAL_ADDRESS%",
    "local-ip": "%DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%",
    "trace": "%TRACE_ID%",
    "stream": "%STREAM_ID%",
    "environment": "%ENVIRONMENT(CONFORMANCE)%",
    "year": "%START_TIME(%Y)%",
    "percent": "100 %%",
}


def value(name, text):
    return {"tag": name, "value": text}


def named(text, **more):
    return {"operation": text, **more}


def logged(layout):
    """layout: of the line, which begins with the case's id, by which it is found."""
    return {"access_log": [{"name": "log", "typed_config": {"@type": f"{TYPES}StdoutAccessLog", "log_format": layout}}]}


def text_log(id, *names):
    shown = " ".join(f"{name}={TEXT[name]}" for name in names)
    return logged({"text_format_source": {"inline_string": f"log {id}: {shown}\n"}})


def json_log(id, *names):
    return logged({"json_format": {"log": id, **{name: TEXT[name] for name in names}}})


def log_case(id, *client, log=text_log, names=tuple(TEXT), **more):
    return case(id, "log.text" if log is text_log else "log.json", *client, manager={**log(id, *names), **more.pop("manager", {})}, **more)


TYPED = response(headers={"Content-Type": "text/html"}, body=b"<p>")
NO_ROUTE = {"routes": ELSEWHERE}
NAMED_ROUTE = {"name": "orders"}

CASES = [
    case("format-name", "name.format", ORDER, tracing=named("%REQ(:METHOD)% %REQ(:PATH)%")),
    case("format-name-outbound", "name.format", ORDER, tracing=named("%REQ(:METHOD)% %REQ(:AUTHORITY)%"), direction="OUTBOUND"),
    case("format-name-of-nothing", "name.format", tracing=named("%REQ(X-NONE)%")),
    case("format-name-absent-in-text", "name.format", tracing=named("a %REQ(X-NONE)% b")),
    case("format-name-code", "name.format", upstream=response("503 Service Unavailable"), tracing=named("%RESPONSE_CODE% %RESPONSE_FLAGS%")),
    case("format-name-empty", "name.format", tracing=named("")),
    case("format-name-of-route", "name.format", ORDER, tracing=named("manager"), route={"tracing": named("%REQ(X-TEAM)% %ROUTE_NAME%")}),
    case("format-name-only-of-route", "name.format", ORDER, route={"tracing": named("%PROTOCOL%"), "name": "orders"}),
    case("format-name-not-sampled", "name.format", get(headers={"b3": "0"}), tracing=named("a")),
    case("format-name-no-route", "name.format http.local", get("/nowhere"), tracing=named("%RESPONSE_FLAGS%"), **NO_ROUTE),
    *(
        case(
            f"format-name-{what}-{direction.lower()}",
            f"name.format name.header-{direction.lower()}",
            get(headers=headers),
            reply,
            direction=direction,
            tracing=named("formatted"),
            route=route,
        )
        for direction in ("INBOUND", "OUTBOUND")
        for what, headers, reply, route in (
            ("decorated", {}, response(), DECORATED),
            ("request-header", NAMED, response(), {}),
            ("request-header-decorated", NAMED, response(), DECORATED),
            ("response-header", {}, RETURNED, {}),
            ("both-headers-decorated", NAMED, RETURNED, DECORATED),
        )
    ),
    case("format-upstream-name", "name.upstream-format", ORDER, tracing={"upstream_operation": "to %UPSTREAM_CLUSTER%", **SPAWNED}),
    case("format-upstream-name-of-nothing", "name.upstream-format", tracing={"upstream_operation": "%REQ(X-NONE)%", **SPAWNED}),
    case("format-upstream-name-both", "name.upstream-format name.format", ORDER, tracing=named("a", upstream_operation="b", **SPAWNED)),
    case(
        "format-upstream-name-of-route",
        "name.upstream-format",
        ORDER,
        tracing={"upstream_operation": "manager", **SPAWNED},
        route={"tracing": {"upstream_operation": "%REQ(X-TEAM)%"}},
    ),
    case(
        "format-upstream-name-decorated",
        "name.upstream-format",
        tracing={"upstream_operation": "child", **SPAWNED},
        route=DECORATED,
    ),
    case("format-upstream-name-refused", "name.upstream-format", upstream=REFUSE, tracing={"upstream_operation": "c", **SPAWNED}),
    case("format-upstream-name-unspawned", "name.upstream-format", tracing={"upstream_operation": "child"}),
    *(
        case(f"format-tag-{name}", "custom.value", ORDER, TYPED, tracing=tags(value("formatted", text)), route=NAMED_ROUTE)
        for name, text in TEXT.items()
    ),
    case("format-tag-text", "custom.value", ORDER, tracing=tags(value("what", "team %REQ(X-TEAM)%, %RESPONSE_CODE%"))),
    case("format-tag-absent-in-text", "custom.value", tracing=tags(value("what", "[%REQ(X-NONE)%]"))),
    case("format-tag-constant", "custom.value", tracing=tags(value("what", "as it is"))),
    case("format-tag-replaces", "custom.value custom.builtin", ORDER, tracing=tags(value("http.method", "%PROTOCOL%"))),
    case("format-tag-spawned", "custom.value custom.child", ORDER, TYPED, tracing=tags(value("a", TEXT["host"]), **SPAWNED)),
    case(
        "format-tag-of-route",
        "custom.value custom.route",
        ORDER,
        tracing=tags(value("a", "manager"), literal("b", "1")),
        route={"tracing": tags(value("a", "%REQ(X-TEAM)%"))},
    ),
    case(
        "format-tag-of-route-by-nothing",
        "custom.value custom.route custom.empty",
        tracing=tags(value("a", "manager")),
        route={"tracing": tags(value("a", "%REQ(X-NONE)%"))},
    ),
    case("format-tag-beside-header", "custom.value", ORDER, tracing=tags(header("a", "x-team"), value("b", "%REQ(x-team)%"))),
    case("format-tag-no-route", "custom.value http.local", get("/nowhere"), tracing=tags(value("a", "%ROUTE_NAME%|%UPSTREAM_HOST%")), **NO_ROUTE),
    case("format-tag-refused", "custom.value", upstream=REFUSE, tracing=tags(value("a", "%RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_HOST%"))),
    case("format-tag-dropped", "custom.value", upstream=DROP, tracing=tags(value("a", "%RESPONSE_FLAGS%"), **SPAWNED)),
    case(
        "format-tag-client-left",
        "custom.value",
        (Send(get()), AwaitUpstream(), Leave()),
        SILENCE,
        tracing=tags(value("a", "%RESPONSE_CODE% %RESPONSE_FLAGS%")),
    ),
    case("format-tag-own-id", "custom.value", get(headers=multi(sampled="1")), tracing=tags(value("a", "%TRACE_ID%"))),
    case("format-tag-b3-field", "custom.value", get(headers=multi(sampled="1")), tracing=tags(value("a", "%REQ(X-B3-SPANID)%")), direction="OUTBOUND"),
    log_case("log-text", ORDER, TYPED, route=NAMED_ROUTE),
    log_case("log-text-outbound", ORDER, TYPED, direction="OUTBOUND"),
    log_case("log-text-post", request("POST", "/a", {"X-Team": "red"}, b"x" * 300), response(body=b"y" * 500)),
    log_case("log-text-no-route", get("/nowhere"), **NO_ROUTE),
    log_case("log-text-refused", upstream=REFUSE),
    log_case("log-text-dropped", upstream=DROP),
    log_case("log-text-client-left", (Send(get()), AwaitUpstream(), Leave()), SILENCE),
    log_case("log-text-not-sampled", get(headers={"b3": "0"})),
    log_case("log-text-b3", get(headers=multi(sampled="1"))),
    log_case("log-text-without-tracing", tracing=None),
    log_case("log-text-head", request("HEAD"), response(body=b"")),
    log_case("log-text-1.0", get(version="HTTP/1.0")),
    log_case("log-text-forwarded-for", get(headers={"X-Forwarded-For": "192.0.2.7, 198.51.100.9"})),
    log_case("log-text-forwarded-for-garbage", get(headers={"X-Forwarded-For": "me"})),
    log_case(
        "log-text-forwarded-for-edge",
        get(headers={"X-Forwarded-For": "192.0.2.7"}),
        manager={"use_remote_address": True, "skip_xff_append": True},
    ),
    log_case("log-text-random-0", ORDER, tracing=shares(random=0)),
    log_case(
        "log-text-pipelined",
        (Send(get("/1") + get("/2")), Receive(2)),
        (response(body=b"1"), response(body=b"22")),
    ),
    log_case("log-text-refusal", b"GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"),
    log_case("log-json", ORDER, TYPED, log=json_log, route=NAMED_ROUTE),
    log_case("log-json-no-route", get("/nowhere"), log=json_log, **NO_ROUTE),
    log_case("log-json-refused", upstream=REFUSE, log=json_log),
    log_case("log-json-quotes", get(headers={"X-Team": 'a"b\\c\td'}), log=json_log, names=("field", "path")),
    log_case("log-json-latin-1", get(headers={"X-Team": "caf\xe9"}), log=json_log, names=("field",)),
    case(
        "log-json-nested",
        "log.json",
        ORDER,
        manager=logged(
            {
                "json_format": {
                    "log": "log-json-nested",
                    "request": {"method": "%REQ(:METHOD)%", "fields": ["%REQ(X-TEAM)%", "%REQ(X-NONE)%"]},
                    "code": "%RESPONSE_CODE%",
                    "text": "code %RESPONSE_CODE%",
                    "number": 7,
                    "flag": True,
                }
            }
        ),
    ),
]
