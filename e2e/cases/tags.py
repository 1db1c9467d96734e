"""The tags that every span has."""

from case import DROP, REFUSE, AwaitUpstream, EndOutput, Leave, Receive, Reply, Send, SILENCE, case, chunked, get, request, response

LONG = "/" + "p" * 400
SPAWNED = {"spawn_upstream_span": True}
CHUNKED = {"Transfer-Encoding": "chunked"}


def limited(length):
    return {"max_path_tag_length": length}


CASES = [
    case("tag-user-agent", "tag.user-agent", get(headers={"User-Agent": "conformance/1 (test)"})),
    case("tag-user-agent-empty", "tag.user-agent", get(headers={"User-Agent": ""})),
    case("tag-downstream-cluster", "tag.downstream-cluster", get(headers={"x-envoy-downstream-service-cluster": "caller"})),
    case("tag-downstream-cluster-empty", "tag.downstream-cluster", get(headers={"x-envoy-downstream-service-cluster": ""})),
    case("tag-downstream-node", "tag.downstream-cluster", get(headers={"x-envoy-downstream-service-node": "node-7"})),
    case("tag-client-trace-id", "tag.guid sampling.client trust.client", get(headers={"x-client-trace-id": "client-7"})),
    case("tag-client-trace-id-empty", "tag.guid sampling.client", get(headers={"x-client-trace-id": ""})),
    case("tag-request-id", "tag.guid", get(headers={"x-request-id": "00000001-0000-4000-8000-000000000001"})),
    case("tag-zone-none", "tag.node", alone={"node": {"locality": None}}),
    case("tag-node-none", "tag.node", alone={"node": {"id": "n", "locality": None}}),
    case("tag-url-query", "tag.url", get("/orders?id=7&name=a%20b")),
    case("tag-url-fragment", "tag.url http.target", get("/orders#part")),
    case("tag-url-original-path", "tag.url", get("/new", {"x-envoy-original-path": "/old?q=1"})),
    case("tag-url-original-path-long", "tag.url", get("/new", {"x-envoy-original-path": LONG})),
    case("tag-url-original-path-empty", "tag.url", get("/new", {"x-envoy-original-path": ""})),
    case("tag-url-forwarded-proto", "tag.url", get("/", {"x-forwarded-proto": "https"})),
    case("tag-url-forwarded-proto-unknown", "tag.url", get("/", {"x-forwarded-proto": "gopher"})),
    case("tag-url-cut-at-256", "tag.url", get(LONG)),
    case("tag-url-cut-at-0", "tag.url", get("/orders"), tracing=limited(0)),
    case("tag-url-cut-at-1", "tag.url", get("/orders"), tracing=limited(1)),
    case("tag-url-cut-at-10", "tag.url", get("/orders?and=more"), tracing=limited(10)),
    case("tag-url-cut-at-1000", "tag.url", get(LONG), tracing=limited(1000)),
    case("tag-url-uncut-at-its-length", "tag.url", get("/seven7"), tracing=limited(7)),
    *(
        case(f"tag-method-{method.lower()}", "tag.method http.methods", request(method, "/"))
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
    ),
    case("tag-protocol-1.0", "tag.protocol http.version", get(version="HTTP/1.0")),
    *(
        case(f"tag-status-{status.split()[0]}", "tag.status tag.error", get(), response(status))
        for status in ("201 Created", "301 Moved Permanently", "400 Bad Request", "404 Not Found", "429 Too Many Requests")
    ),
    *(
        case(f"tag-status-{status.split()[0]}", "tag.status tag.error", get(), response(status))
        for status in ("500 Internal Server Error", "501 Not Implemented", "503 Service Unavailable", "599 Odd")
    ),
    case("tag-sizes-post", "tag.sizes", request("POST", body=b"x" * 3000), response(body=b"y" * 5000)),
    case(
        "tag-sizes-chunked",
        "tag.sizes http.bodies",
        request("POST", headers=CHUNKED) + chunked(b"abc", b"defgh"),
        response(headers=CHUNKED, body=chunked(b"12345", b"67"), length=False),
    ),
    case(
        "tag-sizes-head",
        "tag.sizes http.methods",
        request("HEAD"),
        Reply(response(body=b"")[:-4].replace(b"Content-Length: 0", b"Content-Length: 77") + b"\r\n\r\n"),
    ),
    case("tag-flags-refused", "tag.flags tag.error http.local", upstream=REFUSE),
    case("tag-flags-refused-outbound", "tag.flags tag.error", upstream=REFUSE, direction="OUTBOUND"),
    case("tag-flags-refused-spawned", "child.failure", upstream=REFUSE, tracing=SPAWNED),
    case("tag-flags-no-route", "tag.flags tag.status http.local", get("/nowhere"), routes=({"match": {"path": "/here", "prefix": None}},)),
    case(
        "tag-flags-no-route-spawned",
        "spawn.true child.failure",
        get("/nowhere"),
        routes=({"match": {"path": "/here", "prefix": None}},),
        tracing=SPAWNED,
    ),
    case("tag-flags-dropped", "tag.flags http.local", upstream=DROP),
    case("tag-flags-dropped-spawned", "child.failure", upstream=DROP, tracing=SPAWNED),
    case("tag-flags-reset", "tag.flags http.local", upstream=Reply(b"", then="reset")),
    case("tag-flags-dropped-in-body", "tag.flags", upstream=Reply(response(body=b"y" * 100)[:-50], then="close")),
    case(
        "tag-flags-dropped-in-chunks",
        "tag.flags",
        upstream=Reply(response(headers=CHUNKED, body=b"5\r\n12345\r\n", length=False), then="close"),
    ),
    case("tag-flags-client-left", "tag.flags tag.status tag.error", (Send(get()), AwaitUpstream(), Leave()), SILENCE),
    case("tag-flags-client-left-spawned", "child.failure", (Send(get()), AwaitUpstream(), Leave()), SILENCE, tracing=SPAWNED),
    case("tag-flags-no-endpoint", "tag.flags http.local", get(), cluster={"load_assignment": {"endpoints": []}}),
    case("tag-flags-no-endpoint-spawned", "child.failure", get(), cluster={"load_assignment": {"endpoints": []}}, tracing=SPAWNED),
    case("spawn-inbound", "spawn.true child.tags", tracing=SPAWNED),
    case("spawn-outbound", "spawn.true child.tags", tracing=SPAWNED, direction="OUTBOUND"),
    case("spawn-unset", "spawn.true", tracing=SPAWNED, direction=None),
    case(
        "spawn-post",
        "spawn.true child.tags",
        request("POST", "/orders?id=7", {"User-Agent": "c/1"}, b"x" * 99),
        response("503 Service Unavailable"),
        tracing=SPAWNED,
    ),
    case("spawn-not-sampled", "spawn.true span.not-sampled", get(headers={"b3": "0"}), tracing=SPAWNED),
]
