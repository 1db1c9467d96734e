"""Request identifiers, and what is believed of a request."""

from case import Reply, case, get, response

from .sampling import CLIENT, FORCED, INTERNAL, numbered, shares

EDGE = {"use_remote_address": True, "skip_xff_append": True}
IN_RESPONSE = {"always_set_request_id_in_response": True}
NO_GENERATION = {"generate_request_id": False}
WITHOUT_TRACING = {"tracing": None}


def uuid(**settings):
    typed = {"@type": "type.googleapis.com/envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig", **settings}
    return {"request_id_extension": {"typed_config": typed}}


UNPACKED = uuid(pack_trace_reason=False)
UNUSED = uuid(use_request_id_for_trace_sampling=False)
OWN = {
    "x-envoy-downstream-service-cluster": "caller",
    "x-envoy-downstream-service-node": "caller-1",
    "x-envoy-decorator-operation": "namedByCaller",
}
CONTROL = {
    "x-envoy-retry-on": "5xx",
    "x-envoy-retry-grpc-on": "cancelled",
    "x-envoy-max-retries": "3",
    "x-envoy-upstream-alt-stat-name": "other",
    "x-envoy-upstream-rq-timeout-ms": "60000",
    "x-envoy-upstream-rq-per-try-timeout-ms": "60000",
    "x-envoy-upstream-rq-timeout-alt-response": "204",
    "x-envoy-retriable-status-codes": "503",
    "x-envoy-retriable-header-names": "x-retry",
    "x-envoy-ip-tags": "a",
    "x-envoy-expected-rq-timeout-ms": "5",
    "x-envoy-hedge-on-per-try-timeout": "true",
    "x-envoy-attempt-count": "7",
    "x-envoy-original-host": "other.example",
    "x-envoy-external-address": "192.0.2.7",
    "x-envoy-internal": "true",
    "x-envoy-anything": "else",
}

CASES = [
    case("id-generated", "id.generate"),
    case("id-kept", "id.generate", get(headers=numbered(1))),
    case("id-kept-upper-case-name", "id.generate http.fields", get(headers={"X-Request-Id": numbered(1)["x-request-id"]})),
    case(
        "id-twice",
        "id.generate http.fields",
        get(headers=[("x-request-id", numbered(1)["x-request-id"]), ("x-request-id", numbered(2)["x-request-id"])]),
    ),
    case("id-not-generated", "id.generate sampling.untraceable", manager=NO_GENERATION),
    case("id-not-generated-kept", "id.generate", get(headers=numbered(1)), manager=NO_GENERATION),
    case("id-not-generated-in-response", "id.generate id.response", manager=NO_GENERATION | IN_RESPONSE),
    case("id-generated-without-tracing", "id.generate", **WITHOUT_TRACING),
    case("id-kept-without-tracing", "id.generate", get(headers=numbered(1, "9")), **WITHOUT_TRACING),
    case("id-not-generated-without-tracing", "id.generate", manager=NO_GENERATION, **WITHOUT_TRACING),
    case("id-in-response", "id.response", manager=IN_RESPONSE),
    case("id-in-response-kept", "id.response", get(headers=numbered(1)), manager=IN_RESPONSE),
    case("id-in-response-not-sampled", "id.response", get(headers=numbered(1)), manager=IN_RESPONSE, tracing=shares(random=0)),
    case("id-in-response-own", "id.response", upstream=response(headers={"x-request-id": "the-server's"}), manager=IN_RESPONSE),
    case("id-in-response-own-untouched", "id.response", upstream=response(headers={"x-request-id": "the-server's"})),
    case(
        "id-in-response-local",
        "id.response http.local",
        get("/nowhere"),
        manager=IN_RESPONSE,
        routes=({"match": {"path": "/here", "prefix": None}},),
    ),
    case("id-in-response-refused", "id.response http.local", upstream="refuse", manager=IN_RESPONSE),
    case("id-in-response-without-tracing", "id.response", manager=IN_RESPONSE, **WITHOUT_TRACING),
    *(
        case(f"id-edge{name}-{what}", "id.preserve", get(headers=headers), manager=EDGE | manager)
        for name, manager in (("", {}), ("-preserving", {"preserve_external_request_id": True}))
        for what, headers in (
            ("none", {}),
            ("given", numbered(1)),
            ("given-sampled", numbered(1, "9")),
            ("given-forced", numbered(1, "a")),
            ("given-client", numbered(1, "b")),
            ("given-word", {"x-request-id": "not-a-uuid"}),
        )
    ),
    case("id-edge-not-generated", "id.preserve id.generate", get(headers=numbered(1)), manager=EDGE | NO_GENERATION),
    case("id-preserving-no-edge", "id.preserve", get(headers=numbered(1, "9")), manager={"preserve_external_request_id": True}),
    case(
        "id-edge-preserving-not-sampled",
        "id.preserve",
        get(headers=numbered(9000, "9")),
        manager=EDGE | {"preserve_external_request_id": True},
        tracing=shares(random=50),
    ),
    case("id-internal-kept", "id.preserve trust.internal", get(headers=numbered(1, "9")), manager=INTERNAL, tracing=shares(random=0)),
    *(
        case(f"id-unpacked-{what}", "id.pack", get(headers=headers), manager=UNPACKED, tracing=shares(random=percent))
        for what, headers, percent in (
            ("generated", {}, 100),
            ("kept", numbered(1), 100),
            ("sampled-of-0", numbered(1, "9"), 0),
            ("forced-of-0", numbered(1, "a"), 0),
            ("client", numbered(1) | CLIENT, 0),
            ("of-50", numbered(4999), 50),
            ("beyond-50", numbered(5000), 50),
        )
    ),
    case(
        "id-unpacked-edge",
        "id.pack id.preserve",
        get(headers=numbered(1, "9")),
        manager=UNPACKED | EDGE | {"preserve_external_request_id": True},
        tracing=shares(random=0),
    ),
    *(
        case(f"id-unused-{what}", "id.use", get(headers=headers), manager=UNUSED, tracing=shares(random=percent, overall=overall))
        for what, headers, percent, overall in (
            ("of-0", numbered(1), 0, 100),
            ("of-100", {}, 100, 100),
            ("overall-0", numbered(1), 100, 0),
            ("word", {"x-request-id": "not-a-uuid"}, 0, 100),
            ("client", numbered(1) | CLIENT, 0, 100),
            ("deny", {"b3": "0"}, 100, 100),
            ("reason-9", numbered(1, "9"), 0, 100),
        )
    ),
    case("id-unused-not-generated", "id.use id.generate", manager=UNUSED | NO_GENERATION),
    *(
        case(f"trust-own-{what}", "trust.edge tag.downstream-cluster", get(headers=OWN), manager=manager, direction=direction)
        for what, manager, direction in (
            ("no-edge", {}, "INBOUND"),
            ("edge", EDGE, "INBOUND"),
            ("edge-outbound", EDGE, "OUTBOUND"),
            ("internal", INTERNAL, "INBOUND"),
        )
    ),
    *(
        case(f"trust-control-{what}", "trust.control", get(headers=CONTROL), manager=manager)
        for what, manager in (("no-edge", {}), ("edge", EDGE))
    ),
    # Without the limit in milliseconds, which Envoy would enforce.
    case(
        "trust-control-internal",
        "trust.control",
        get(headers={name: value for name, value in CONTROL.items() if "timeout-ms" not in name}),
        manager=INTERNAL,
    ),
    case("trust-control-without-tracing", "trust.control", get(headers=CONTROL), **WITHOUT_TRACING),
    case(
        "trust-forced-without-remote-address",
        "trust.internal trust.force",
        get(headers=FORCED | numbered(1)),
        manager=INTERNAL | {"use_remote_address": False},
        tracing=shares(random=0),
    ),
    *(
        case(
            f"trust-xff-{what}{name}",
            "trust.internal trust.force tag.peer",
            get(headers=FORCED | {"x-forwarded-for": value} | numbered(1)),
            manager=INTERNAL
            | {"use_remote_address": remote, "internal_address_config": {"cidr_ranges": [{"address_prefix": "10.0.0.0", "prefix_len": 8}]}},
            tracing=shares(random=0),
        )
        for name, remote in (("", False), ("-remote-address", True))
        for what, value in (
            ("internal", "10.1.2.3"),
            ("external", "192.0.2.7"),
            ("two", "10.1.2.3, 10.1.2.4"),
            ("garbage", "not-an-address"),
        )
    ),
    case(
        "trust-xff-2018",
        "trust.internal trust.force",
        get(headers=FORCED | {"x-forwarded-for": "10.1.2.3"} | numbered(1)),
        tracing=shares(random=0),
    ),
    case(
        "trust-client-edge",
        "trust.client",
        get(headers=CLIENT | numbered(9999)),
        manager=EDGE | {"preserve_external_request_id": True},
        tracing=shares(random=0),
    ),
    case("trust-peer-edge", "tag.peer", get(headers={"x-forwarded-for": "192.0.2.7"}), manager=EDGE),
    case("trust-peer", "tag.peer", get(headers={"x-forwarded-for": "192.0.2.7, 10.1.2.3"})),
    case(
        "trust-forced-in-response",
        "trust.internal",
        get(headers=FORCED | numbered(9999)),
        manager=INTERNAL,
        upstream=Reply(response(headers={"x-request-id": "the-server's"})),
    ),
]
