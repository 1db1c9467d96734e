"""Time limits: what a client gets when one is exceeded, and what its span says."""

from case import SILENCE, AwaitUpstream, EndOutput, Receive, Reply, Send, case, chunked, get, request, response

from .custom_tags import SPAWNED, tags
from .formats import log_case, value

SHORT = "0.3s"
CHUNKED = {"Transfer-Encoding": "chunked"}
ROUTE = {"route": {"timeout": SHORT}}
IDLE = {"stream_idle_timeout": SHORT}
HEAD = {"request_headers_timeout": SHORT}
CONNECTION = {"common_http_protocol_options": {"idle_timeout": SHORT}}
BEGUN = Reply(response(body=b"y" * 100)[:-50])
HALF = request("POST", body=b"x" * 100)[:-50]

CASES = [
    case("limit-route", "http.limits tag.flags http.local", upstream=SILENCE, route=ROUTE),
    case("limit-route-outbound", "http.limits tag.flags", upstream=SILENCE, route=ROUTE, direction="OUTBOUND"),
    case("limit-route-spawned", "http.limits child.failure", upstream=SILENCE, route=ROUTE, tracing=SPAWNED),
    case("limit-route-verbose", "http.limits verbose", upstream=SILENCE, route=ROUTE, tracing={"verbose": True}),
    case("limit-route-post", "http.limits tag.sizes", request("POST", body=b"abc"), SILENCE, route=ROUTE),
    case("limit-route-head", "http.limits", request("HEAD"), SILENCE, route=ROUTE),
    case("limit-route-in-body", "http.limits tag.flags", upstream=BEGUN, route=ROUTE),
    case("limit-route-in-body-spawned", "http.limits child.failure", upstream=BEGUN, route=ROUTE, tracing=SPAWNED),
    case(
        "limit-route-then-another",
        "http.limits http.connection",
        (Send(get("/1")), Receive(), Send(get("/2")), Receive()),
        (SILENCE, Reply(response())),
        route=ROUTE,
    ),
    case("limit-route-without-tracing", "http.limits", upstream=SILENCE, route=ROUTE, tracing=None),
    case("limit-route-in-time", "http.limits", route={"route": {"timeout": "5s"}}),
    case("limit-route-tag", "http.limits custom.value", upstream=SILENCE, route=ROUTE, tracing=tags(value("a", "%RESPONSE_FLAGS%"))),
    case("limit-stream", "http.limits tag.flags http.local", upstream=SILENCE, manager=IDLE),
    case("limit-stream-spawned", "http.limits child.failure", upstream=SILENCE, manager=IDLE, tracing=SPAWNED),
    case("limit-stream-in-request", "http.limits tag.flags http.local", (Send(HALF), Receive(to="POST"), AwaitUpstream()), SILENCE, manager=IDLE),
    case("limit-stream-in-chunks", "http.limits tag.flags", (Send(request("POST", headers=CHUNKED) + b"3\r\nabc\r\n"), Receive(to="POST"), AwaitUpstream()), SILENCE, manager=IDLE),
    case("limit-stream-in-request-spawned", "http.limits child.failure", (Send(HALF), Receive(to="POST"), AwaitUpstream()), SILENCE, manager=IDLE, tracing=SPAWNED),
    case("limit-stream-in-body", "http.limits tag.flags", upstream=BEGUN, manager=IDLE),
    case("limit-head", "http.limits http.refused", (Send(get()[:-2]), Receive()), manager=HEAD),
    case("limit-head-second", "http.limits http.refused", (Send(get()), Receive(), Send(get()[:20]), Receive()), manager=HEAD),
    case("limit-connection", "http.limits http.connection", (Send(get()), Receive(), Receive()), manager=CONNECTION),
    log_case("limit-route-logged", upstream=SILENCE, route=ROUTE),
    log_case("limit-stream-logged", upstream=SILENCE, manager=IDLE),
    case("half-close-in-body", "http.half-close", (Send(HALF), EndOutput(), Receive(to="POST"))),
    case("half-close-in-chunks", "http.half-close", (Send(request("POST", headers=CHUNKED) + chunked(b"abc")[:-5]), EndOutput(), Receive(to="POST"))),
    case("half-close-in-head", "http.half-close", (Send(get()[:-2]), EndOutput(), Receive())),
    case("half-close-between", "http.half-close http.connection", (Send(get()), Receive(), EndOutput(), Receive())),
]
