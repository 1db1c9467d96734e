"""HTTP/1 as it goes through, apart from tracing."""

from case import DATE, DROP, REFUSE, Receive, ReceiveBytes, ReceiveInterim, Reply, Send, case, chunked, get, request, response

from .sampling import shares

CHUNKED = {"Transfer-Encoding": "chunked"}
EXPECT = {"Expect": "100-continue"}
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket"}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


def raw(text):
    return text.replace("\n", "\r\n").encode("latin-1")


def switched():
    return Reply(raw(f"HTTP/1.1 101 Switching Protocols\nDate: {DATE}\nConnection: Upgrade\nUpgrade: websocket\n\n"), then="echo and close")


REFUSED = {
    "field-without-colon": raw("GET / HTTP/1.1\nHost: a\nnonsense\n\n"),
    "field-name-with-blank": raw("GET / HTTP/1.1\nHost: a\nX Y: 1\n\n"),
    "field-blank-before-colon": raw("GET / HTTP/1.1\nHost: a\nX-Y : 1\n\n"),
    "field-nul": raw("GET / HTTP/1.1\nHost: a\nX-Y: a\0b\n\n"),
    "field-folded": raw("GET / HTTP/1.1\nHost: a\nX-Y: 1\n 2\n\n"),
    "field-empty-name": raw("GET / HTTP/1.1\nHost: a\n: 1\n\n"),
    "host-missing": get(host=None),
    "host-twice": raw("GET / HTTP/1.1\nHost: a\nHost: b\n\n"),
    "length-and-chunked": raw("POST / HTTP/1.1\nHost: a\nContent-Length: 3\nTransfer-Encoding: chunked\n\n") + chunked(b"abc"),
    "length-twice": raw("POST / HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Length: 4\n\nabc"),
    "length-letters": raw("POST / HTTP/1.1\nHost: a\nContent-Length: abc\n\n"),
    "length-negative": raw("POST / HTTP/1.1\nHost: a\nContent-Length: -1\n\n"),
    "coding-unknown": raw("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: gzip\n\n"),
    "coding-chunked-not-last": raw("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked, gzip\n\n"),
    "version-missing": raw("GET /\nHost: a\n\n"),
    "method-invalid": raw("GE(T / HTTP/1.1\nHost: a\n\n"),
    "target-missing": raw("GET HTTP/1.1\nHost: a\n\n"),
    "target-blank-inside": raw("GET /a b HTTP/1.1\nHost: a\n\n"),
    "target-relative": raw("GET a HTTP/1.1\nHost: a\n\n"),
}

CASES = [
    case("http-head", "http.methods", request("HEAD"), raw(f"HTTP/1.1 200 OK\nDate: {DATE}\nContent-Length: 12\n\n")),
    case("http-204", "http.methods", get(), response("204 No Content", body=b"", length=False)),
    case("http-304", "http.methods", get(), raw(f'HTTP/1.1 304 Not Modified\nDate: {DATE}\nETag: "1"\n\n')),
    case("http-304-with-length", "http.methods", get(), raw(f"HTTP/1.1 304 Not Modified\nDate: {DATE}\nContent-Length: 5\n\n")),
    case("http-get-with-body", "http.methods http.bodies", request("GET", body=b"query")),
    case("http-delete-with-body", "http.methods http.bodies", request("DELETE", body=b"which")),
    case("http-length", "http.bodies", request("POST", body=b"x" * 100_000), response(body=b"y" * 100_000)),
    case("http-length-0", "http.bodies", request("POST", headers={"Content-Length": "0"}), response(body=b"")),
    case("http-chunked-request", "http.bodies", request("POST", headers=CHUNKED) + chunked(b"a" * 1000, b"b", b"c" * 70_000)),
    case("http-chunked-request-empty", "http.bodies", request("POST", headers=CHUNKED) + chunked()),
    case(
        "http-chunked-request-trailers",
        "http.bodies",
        request("POST", headers=CHUNKED | {"Trailer": "X-Sum"}) + chunked(b"abc", trailers="X-Sum: 6\r\n"),
    ),
    case("http-chunked-request-extension", "http.bodies", request("POST", headers=CHUNKED) + b"3;name=value\r\nabc\r\n0\r\n\r\n"),
    case("http-chunked-request-upper-case-size", "http.bodies", request("POST", headers=CHUNKED) + b"A\r\n0123456789\r\n0\r\n\r\n"),
    case("http-chunked-response", "http.bodies", get(), response(headers=CHUNKED, body=chunked(b"a" * 1000, b"b"), length=False)),
    case(
        "http-chunked-response-trailers",
        "http.bodies",
        get(),
        response(headers=CHUNKED, body=chunked(b"abc", trailers="X-Sum: 6\r\n"), length=False),
    ),
    case("http-until-close", "http.bodies", get(), Reply(response(length=False, body=b"all of it"), then="close")),
    case(
        "http-until-close-1.0",
        "http.bodies http.version",
        get(),
        Reply(response(length=False, body=b"all of it", version="HTTP/1.0"), then="close"),
    ),
    case(
        "http-expect",
        "http.expect",
        (Send(request("POST", headers=EXPECT | {"Content-Length": "5"})), ReceiveInterim(), Send(b"hello"), Receive(to="POST")),
        Reply(response(), on_head=CONTINUE),
    ),
    case("http-early-hints", "http.expect", get(), HINTS + response()),
    case("http-1.0", "http.version", get(version="HTTP/1.0")),
    case("http-1.0-no-host", "http.version", get(host=None, version="HTTP/1.0")),
    case(
        "http-1.0-keep-alive",
        "http.version http.connection",
        (Send(get("/1", {"Connection": "keep-alive"}, version="HTTP/1.0")), Receive(), Send(get("/2", version="HTTP/1.0")), Receive()),
        (response(), response()),
    ),
    case(
        "http-keep-alive",
        "http.connection",
        (Send(get("/1")), Receive(), Send(get("/2")), Receive()),
        (response(body=b"1"), response(body=b"2")),
    ),
    case(
        "http-pipelined",
        "http.connection",
        (Send(get("/1") + get("/2") + get("/3")), Receive(3)),
        (response(body=b"1"), response(body=b"22"), response(body=b"333")),
    ),
    case(
        "http-pipelined-bodies",
        "http.connection http.bodies",
        (Send(request("POST", "/1", body=b"one") + request("POST", "/2", CHUNKED) + chunked(b"two") + get("/3")), Receive(3, to="POST")),
        (response(), response(), response()),
    ),
    case(
        "http-pipelined-in-pieces",
        "http.connection",
        (Send(get("/1")[:20]), Send(get("/1")[20:] + get("/2")[:7]), Receive(), Send(get("/2")[7:]), Receive()),
        (response(), response()),
    ),
    case("http-close-request", "http.connection", get(headers={"Connection": "close"})),
    case("http-close-response", "http.connection", get(), Reply(response(headers={"Connection": "close"}), then="close")),
    case("http-keep-alive-fields", "http.connection", get(headers={"Connection": "keep-alive", "Keep-Alive": "timeout=5"})),
    case("http-connection-names-field", "http.connection", get(headers={"Connection": "X-Hop", "X-Hop": "1"})),
    case("http-te", "http.connection", get(headers={"TE": "trailers", "Connection": "TE"})),
    case("http-proxy-connection", "http.connection", get(headers={"Proxy-Connection": "keep-alive"})),
    case("http-leading-empty-line", "http.connection", b"\r\n" + get()),
    case(
        "http-fields-order",
        "http.fields",
        raw("GET / HTTP/1.1\nX-First: 1\nHost: a\nx-SECOND: 2\nAccept: */*\nX-Third: 3\nx-second: 4\n\n"),
    ),
    case("http-fields-blanks", "http.fields", raw("GET / HTTP/1.1\nHost:a\nX-None:1\nX-Tab:\t2\nX-Behind: 3  \nX-Empty:\nX-Blank: \n\n")),
    case("http-fields-latin-1", "http.fields", get(headers={"X-Name": "caf\xe9"})),
    case(
        "http-fields-cookies",
        "http.fields",
        get(headers=[("Cookie", "a=1"), ("Cookie", "b=2")]),
        response(headers=[("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]),
    ),
    case("http-fields-user-agent-twice", "http.fields tag.user-agent", get(headers=[("User-Agent", "a/1"), ("User-Agent", "b/2")])),
    case("http-fields-large", "http.fields", get(headers={"X-Large": "x" * 50_000})),
    case("http-fields-many", "http.fields", get(headers={f"X-{n}": str(n) for n in range(90)})),
    case("http-fields-too-large", "http.fields http.refused", get(headers={"X-Large": "x" * 70_000})),
    case("http-fields-limit-configured", "http.fields", get(headers={"X-Large": "x" * 70_000}), manager={"max_request_headers_kb": 96}),
    case(
        "http-response-fields",
        "http.fields",
        get(),
        response(headers={"X-First": "1", "Content-Type": "text/html", "X-SECOND": "2", "Via": "1.1 x"}),
    ),
    case("http-response-no-date", "http.fields", get(), raw("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")),
    case("http-response-reason", "http.fields", get(), response("200 Fine")),
    case("http-response-no-reason", "http.fields", get(), response("200 ")),
    case("http-response-status-299", "http.fields", get(), response("299 Odd")),
    *(case(f"http-refused-{what}", "http.refused", data, manager={"stream_idle_timeout": "1s"}) for what, data in REFUSED.items()),
    case("http-refused-chunk-size", "http.refused", request("POST", headers=CHUNKED) + b"zz\r\nabc\r\n"),
    case("http-absolute", "http.target tag.url", raw("GET http://other.example/orders?id=7 HTTP/1.1\nHost: shop.example\n\n")),
    case("http-absolute-no-path", "http.target tag.url", raw("GET http://other.example HTTP/1.1\nHost: shop.example\n\n")),
    case("http-absolute-https", "http.target tag.url", raw("GET https://other.example/ HTTP/1.1\nHost: shop.example\n\n")),
    case("http-target-escapes", "http.target tag.url", get("/a%2Fb/%zz/../c/./d//e")),
    case("http-target-odd", "http.target tag.url", get('/a|b^c`{}<>"')),
    case("http-target-only-query", "http.target", raw("GET ?a=1 HTTP/1.1\nHost: a\n\n")),
    case("http-host-port", "http.target", get(host="shop.example:1234")),
    case("http-host-empty", "http.target", get(host="")),
    case("http-host-ipv6", "http.target", get(host="[::1]:80")),
    case("http-connect", "http.target", raw("CONNECT other.example:443 HTTP/1.1\nHost: other.example:443\n\n")),
    case("http-upgrade", "http.upgrade", (Send(get(headers=UPGRADE)), Receive(), Send(b"ping"), ReceiveBytes(4)), switched()),
    case(
        "http-upgrade-h2c",
        "http.upgrade",
        get(headers={"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__"}),
    ),
    *(
        case(
            f"http-server-{mode.lower()}-{what}",
            "http.server",
            get(),
            response(headers=headers),
            manager={"server_header_transformation": mode},
        )
        for mode in ("OVERWRITE", "APPEND_IF_ABSENT", "PASS_THROUGH")
        for what, headers in (("none", {}), ("given", {"Server": "nginx"}))
    ),
    case("http-server-name", "http.server", manager={"server_name": "shop-gateway"}),
    case(
        "http-server-local-pass-through",
        "http.server http.local",
        get("/nowhere"),
        routes=({"match": {"path": "/here", "prefix": None}},),
        manager={"server_header_transformation": "PASS_THROUGH"},
    ),
    case("http-time", "http.time"),
    case("http-timeout-not-reached", "http.time", route={"route": {"timeout": None}}),
    case("http-time-given", "http.time", get(), response(headers={"x-envoy-upstream-service-time": "77"})),
    case("http-time-not-sampled", "http.time", tracing=shares(random=0)),
    case("http-time-without-tracing", "http.time", tracing=None),
    *(
        case(f"http-local-{what}", "http.local", **configuration)
        for what, configuration in {
            "404": {"client": get("/nowhere"), "routes": ({"match": {"path": "/here", "prefix": None}},)},
            "404-head": {"client": request("HEAD", "/nowhere"), "routes": ({"match": {"path": "/here", "prefix": None}},)},
            "404-post": {"client": request("POST", "/nowhere", body=b"abc"), "routes": ({"match": {"path": "/here", "prefix": None}},)},
            "404-without-tracing": {"client": get("/nowhere"), "routes": ({"match": {"path": "/here", "prefix": None}},), "tracing": None},
            "404-close": {"client": get("/nowhere", {"Connection": "close"}), "routes": ({"match": {"path": "/here", "prefix": None}},)},
            "404-then-200": {
                "client": (Send(get("/nowhere")), Receive(), Send(get("/here")), Receive()),
                "routes": ({"match": {"path": "/here", "prefix": None}},),
            },
            "503-refused": {"upstream": REFUSE},
            "503-refused-head": {"client": request("HEAD"), "upstream": REFUSE},
            "503-refused-post": {"client": request("POST", body=b"abc"), "upstream": REFUSE},
            "503-dropped": {"upstream": DROP},
            "503-reset": {"upstream": Reply(b"", then="reset")},
            "503-no-endpoint": {"cluster": {"load_assignment": {"endpoints": []}}},
        }.items()
    ),
    *(
        case(f"http-route-{what}", "http.routes name.decorator", client, routes=routes)
        for what, client, routes in (
            (
                "prefix",
                get("/orders/7"),
                ({"match": {"prefix": "/orders"}, "decorator": {"operation": "orders"}}, {"decorator": {"operation": "rest"}}),
            ),
            (
                "prefix-other",
                get("/order"),
                ({"match": {"prefix": "/orders"}, "decorator": {"operation": "orders"}}, {"decorator": {"operation": "rest"}}),
            ),
            (
                "path",
                get("/orders?id=7"),
                (
                    {"match": {"prefix": None, "path": "/orders"}, "decorator": {"operation": "orders"}},
                    {"decorator": {"operation": "rest"}},
                ),
            ),
            (
                "path-longer",
                get("/orders/7"),
                (
                    {"match": {"prefix": None, "path": "/orders"}, "decorator": {"operation": "orders"}},
                    {"decorator": {"operation": "rest"}},
                ),
            ),
            (
                "path-case",
                get("/Orders"),
                (
                    {"match": {"prefix": None, "path": "/orders"}, "decorator": {"operation": "orders"}},
                    {"decorator": {"operation": "rest"}},
                ),
            ),
            *(
                (
                    f"field-{name}",
                    get(headers=headers),
                    ({"match": {"headers": [match]}, "decorator": {"operation": "matched"}}, {"decorator": {"operation": "rest"}}),
                )
                for name, headers, match in (
                    ("exact", {"X-Team": "red"}, {"name": "x-team", "string_match": {"exact": "red"}}),
                    ("exact-other", {"X-Team": "blue"}, {"name": "x-team", "string_match": {"exact": "red"}}),
                    ("absent", {}, {"name": "x-team", "string_match": {"exact": "red"}}),
                    ("prefix", {"X-Team": "reddish"}, {"name": "x-team", "string_match": {"prefix": "red"}}),
                    ("suffix", {"X-Team": "infrared"}, {"name": "x-team", "string_match": {"suffix": "red"}}),
                    ("contains", {"X-Team": "hundreds"}, {"name": "x-team", "string_match": {"contains": "red"}}),
                    ("present", {"X-Team": ""}, {"name": "x-team", "present_match": True}),
                    ("inverted", {"X-Team": "blue"}, {"name": "x-team", "string_match": {"exact": "red"}, "invert_match": True}),
                    ("inverted-absent", {}, {"name": "x-team", "string_match": {"exact": "red"}, "invert_match": True}),
                    ("method", {}, {"name": ":method", "string_match": {"exact": "GET"}}),
                    ("authority", {}, {"name": ":authority", "string_match": {"prefix": "shop"}}),
                    ("path", {}, {"name": ":path", "string_match": {"exact": "/"}}),
                    ("twice", [("X-Team", "blue"), ("X-Team", "red")], {"name": "x-team", "string_match": {"contains": "red"}}),
                )
            ),
        )
    ),
]
