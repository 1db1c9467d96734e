"""Fields that routes, virtual hosts and route configurations add and remove."""

from case import REFUSE, case, get, response

from .b3 import multi
from .formats import ELSEWHERE

APPEND, ABSENT = "APPEND_IF_EXISTS_OR_ADD", "ADD_IF_ABSENT"
OVERWRITE, OVERWRITE_THERE = "OVERWRITE_IF_EXISTS_OR_ADD", "OVERWRITE_IF_EXISTS"
THERE = [("X-Op", "there"), ("X-Own", "kept")]


def to_add(direction, *fields, **more):
    return {f"{direction}_headers_to_add": [field(*given) for given in fields], **more}


def field(name, value, action=None, keep_empty=None):
    given = {"header": {"key": name, "value": value}}
    if action:
        given["append_action"] = action
    if keep_empty:
        given["keep_empty_value"] = True
    return given


def levels(id, manager, host, route):
    """The same kind of edits at all three levels."""
    everything = {"name": "all", "match": {"prefix": "/"}, "route": {"cluster": id, "timeout": "0s"}, **route}
    return {"manager": {"route_config": {**manager, "virtual_hosts": [{"name": "all", "domains": ["*"], **host, "routes": [everything]}]}}}


def both(name, value, action=None):
    return {**to_add("request", (name, value, action)), **to_add("response", (name, value, action))}


CASES = [
    *(
        case(
            f"edit-{action.lower().replace('_', '-')}-{what}",
            "http.edits",
            get(headers=headers),
            response(headers=headers),
            route=both("x-op", "route", action),
        )
        for action in (APPEND, ABSENT, OVERWRITE, OVERWRITE_THERE)
        for what, headers in (("there", THERE), ("not-there", []), ("twice", [("X-Op", "1"), ("X-Own", "kept"), ("x-op", "2")]))
    ),
    case("edit-default-action", "http.edits", get(headers=THERE), route=both("x-op", "route")),
    case("edit-order", "http.edits", route=to_add("request", ("x-a", "1"), ("x-b", "2", OVERWRITE), ("x-c", "3"), ("x-d", "4", OVERWRITE))),
    case("edit-name-upper-case", "http.edits", route=to_add("request", ("X-Upper", "1"))),
    case("edit-b3", "http.edits", get(headers=multi(sampled="1")), route=to_add("request", ("x-b3-spanid", "mine", OVERWRITE))),
    case("edit-remove", "http.edits", get(headers=THERE), response(headers=THERE), route={"request_headers_to_remove": ["x-op"], "response_headers_to_remove": ["x-op"]}),
    case("edit-remove-twice", "http.edits", get(headers=[*THERE, ("x-op", "again")]), route={"request_headers_to_remove": ["X-Op"]}),
    case("edit-remove-absent", "http.edits", route={"request_headers_to_remove": ["x-none"], "response_headers_to_remove": ["x-none"]}),
    case("edit-remove-and-add", "http.edits", get(headers=THERE), route=to_add("request", ("x-op", "new"), request_headers_to_remove=["x-op"])),
    case("edit-remove-server", "http.edits http.server", upstream=response(headers={"Server": "nginx"}), route={"response_headers_to_remove": ["server"]}),
    case("edit-remove-b3", "http.edits", get(headers=multi(sampled="1")), route={"request_headers_to_remove": ["x-b3-traceid", "x-b3-spanid"]}),
    case("edit-server", "http.edits http.server", upstream=response(headers={"Server": "nginx"}), route=to_add("response", ("server", "mine", OVERWRITE))),
    case("edit-service-time", "http.edits http.time", route=to_add("response", ("x-envoy-upstream-service-time", "9", OVERWRITE))),
    case("edit-empty", "http.edits", route=both("x-op", "%REQ(X-NONE)%")),
    case("edit-empty-kept", "http.edits", route=to_add("request", ("x-op", "%REQ(X-NONE)%", None, True))),
    case("edit-empty-overwrites", "http.edits", get(headers=THERE), route=to_add("request", ("x-op", "%REQ(X-NONE)%", OVERWRITE))),
    case(
        "edit-formats",
        "http.edits",
        get("/orders?id=7", {"X-Team": "red"}),
        route={
            "name": "orders",
            **to_add(
                "request",
                ("x-what", "%REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)% %PROTOCOL%"),
                ("x-team-too", "%REQ(X-TEAM)%"),
                ("x-peer", "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%"),
                ("x-route", "%ROUTE_NAME% %UPSTREAM_CLUSTER%"),
                ("x-id", "%REQ(X-REQUEST-ID)% %STREAM_ID%"),
                ("x-percent", "100 %%"),
                ("x-environment", "%ENVIRONMENT(CONFORMANCE)%"),
            ),
            **to_add(
                "response",
                ("x-code", "%RESPONSE_CODE% %RESP(:STATUS)%"),
                ("x-asked", "%REQ(X-TEAM)%"),
                ("x-length", "%RESP(CONTENT-LENGTH)%"),
                ("x-host", "%UPSTREAM_HOST%"),
                ("x-flags", "%RESPONSE_FLAGS%"),
            ),
        },
    ),
    case("edit-sees-no-other", "http.edits", route=to_add("request", ("x-a", "1"), ("x-b", "%REQ(X-A)%", None, True))),
    case("edit-sees-received-context", "http.edits", get(headers=multi(sampled="1")), route=to_add("request", ("x-saw", "%REQ(X-B3-TRACEID)%"))),
    case("edit-sees-no-new-context", "http.edits", route=to_add("request", ("x-saw", "[%REQ(X-B3-TRACEID)%]"))),
    case(
        "edit-levels",
        "http.edits",
        get(headers=THERE),
        **levels("edit-levels", both("x-op", "manager"), both("x-op", "host"), both("x-op", "route")),
    ),
    case(
        "edit-levels-overwriting",
        "http.edits",
        get(headers=THERE),
        response(headers=THERE),
        **levels(
            "edit-levels-overwriting",
            both("x-op", "manager", OVERWRITE),
            both("x-op", "host", OVERWRITE),
            both("x-op", "route", OVERWRITE),
        ),
    ),
    case(
        "edit-levels-removing",
        "http.edits",
        get(headers=THERE),
        **levels("edit-levels-removing", {"request_headers_to_remove": ["x-op"]}, {}, both("x-op", "route")),
    ),
    case(
        "edit-levels-mixed",
        "http.edits",
        get(headers=THERE),
        **levels(
            "edit-levels-mixed",
            to_add("request", ("x-all", "m"), ("x-over", "m", OVERWRITE), request_headers_to_remove=["x-host"]),
            to_add("request", ("x-host", "h"), ("x-all", "h"), ("x-over", "h", OVERWRITE)),
            to_add("request", ("x-all", "r"), ("x-over", "r", OVERWRITE), ("x-absent", "r", ABSENT), ("x-op", "r", OVERWRITE_THERE)),
        ),
    ),
    case("edit-local", "http.edits http.local", upstream=REFUSE, route=both("x-op", "%RESPONSE_CODE% %RESPONSE_FLAGS%")),
    case(
        "edit-local-type",
        "http.edits http.local",
        upstream=REFUSE,
        route=to_add("response", ("x-op", "1"), ("content-type", "text/html", OVERWRITE), response_headers_to_remove=["date", "server"]),
    ),
    case("edit-no-route", "http.edits http.local", get("/nowhere"), routes=({"match": ELSEWHERE[0]["match"], **both("x-op", "route")},)),
    case("edit-outbound-decorated", "http.edits", direction="OUTBOUND", route={**both("x-op", "route"), "decorator": {"operation": "checkout"}}),
    case("edit-inbound-decorated", "http.edits", route={**both("x-op", "route"), "decorator": {"operation": "checkout"}}),
    case("edit-without-tracing", "http.edits", route=both("x-op", "route"), tracing=None),
    case("edit-not-sampled", "http.edits", get(headers={"b3": "0"}), route=both("x-op", "route")),
]
