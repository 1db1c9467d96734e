"""Whether a request is recorded."""

from case import case, get

from .b3 import SPAN, TRACE, multi

CLIENT = {"x-client-trace-id": "client-7"}
FORCED = {"x-envoy-force-trace": "1"}
# Everything from loopback is internal.
INTERNAL = {
    "use_remote_address": True,
    "skip_xff_append": True,
    "internal_address_config": {"cidr_ranges": [{"address_prefix": "127.0.0.0", "prefix_len": 8}]},
}


def numbered(number, reason="4"):
    """A request id whose first digits are this number."""
    return {"x-request-id": f"{number:08x}-0000-{reason}000-8000-000000000000"}


def shares(client=None, random=None, overall=None):
    given = {"client_sampling": client, "random_sampling": random, "overall_sampling": overall}
    return {name: {"value": value} for name, value in given.items() if value is not None}


def route_shares(client=None, random=None, overall=None):
    """Each as (numerator, denominator)."""
    given = {"client_sampling": client, "random_sampling": random, "overall_sampling": overall}
    return {"tracing": {name: {"numerator": value[0], "denominator": value[1]} for name, value in given.items() if value is not None}}


def runtime(**keys):
    layer = {f"tracing.{key}": value for key, value in keys.items()}
    return {"layered_runtime": {"layers": [{"name": "static", "static_layer": layer}]}}


RUNTIMES = {
    "client-0": ("sampling.runtime-client", runtime(client_enabled=0), shares(random=0)),
    "client-100": ("sampling.runtime-client", runtime(client_enabled=100), shares(client=0, random=0)),
    "global-0": ("sampling.runtime-global", runtime(global_enabled=0), {}),
    "global-50": ("sampling.runtime-global", runtime(global_enabled=50), {}),
    "global-100": ("sampling.runtime-global", runtime(global_enabled=100), shares(overall=0)),
    "random-0": ("sampling.runtime-random", runtime(random_sampling=0), {}),
    "random-50": ("sampling.runtime-random", runtime(random_sampling=50), shares(random=0)),
    "random-100": ("sampling.runtime-random", runtime(random_sampling=100), shares(random=0)),
    "random-5000": ("sampling.runtime-random", runtime(random_sampling=5000), shares(random=0)),
    "random-10000": ("sampling.runtime-random", runtime(random_sampling=10000), shares(random=0)),
}

CASES = [
    *(
        case(
            f"sampling-number-{number}-of-{percent}",
            "sampling.number sampling.reason-written",
            get(headers=numbered(number)),
            tracing=shares(random=percent),
        )
        for percent, number in (
            (0, 0),
            (50, 0),
            (50, 4999),
            (50, 5000),
            (50, 9999),
            (50, 10_000),
            (50, 15_000),
            (50, 0xFFFFFFFF),
            (100, 9999),
            (0.01, 0),
            (0.01, 1),
            (12.34, 1233),
            (12.34, 1234),
        )
    ),
    *(
        case(f"sampling-id-{what}", "sampling.untraceable sampling.reason-written", get(headers={"x-request-id": value}))
        for what, value in (
            ("word", "not-a-uuid"),
            ("empty", ""),
            ("eight-digits", "00000001"),
            ("seven-digits", "0000001"),
            ("hex-32", "000000010000400080000000000000aa"),
            ("upper-case", "0000000A-0000-4000-8000-00000000000A"),
            ("letters-in-36", "zzzzzzzz-0000-4000-8000-000000000000"),
            ("letters-behind-eight", "00000001-zzzz-zzzz-zzzz-zzzzzzzzzzzz"),
            ("36-digits", "0" * 36),
            ("37-characters", "00000001-0000-4000-8000-0000000000000"),
            ("plus", "+0000001-0000-4000-8000-000000000000"),
            ("0x", "0x000001-0000-4000-8000-000000000000"),
            ("version-1", "00000001-0000-1000-8000-000000000000"),
            ("version-7", "00000001-0000-7000-8000-000000000000"),
        )
    ),
    *(
        case(
            f"sampling-reason-{reason}-of-{percent}",
            "sampling.reason-read",
            get(headers=numbered(77, reason)),
            tracing=shares(random=percent),
        )
        for reason in ("4", "9", "a", "b", "c", "A")
        for percent in (0, 100)
    ),
    case("sampling-reason-beyond-random", "sampling.reason-read", get(headers=numbered(9000, "9")), tracing=shares(random=50)),
    case(
        "sampling-reason-beyond-overall",
        "sampling.reason-read sampling.overall",
        get(headers=numbered(9000, "9")),
        tracing=shares(overall=50),
    ),
    case(
        "sampling-reason-forced-beyond-overall",
        "sampling.reason-read sampling.overall",
        get(headers=numbered(9000, "a")),
        tracing=shares(overall=50),
    ),
    case("sampling-client-of-100", "sampling.client", get(headers=CLIENT | numbered(9999)), tracing=shares(client=100, random=0)),
    case("sampling-client-of-0", "sampling.client", get(headers=CLIENT | numbered(9999)), tracing=shares(client=0, random=0)),
    case("sampling-client-of-0-random-100", "sampling.client", get(headers=CLIENT | numbered(9999)), tracing=shares(client=0, random=100)),
    case("sampling-client-overall-0", "sampling.client sampling.overall", get(headers=CLIENT | numbered(9999)), tracing=shares(overall=0)),
    case("sampling-client-without-id", "sampling.client", get(headers=CLIENT), tracing=shares(random=0)),
    case("sampling-client-empty", "sampling.client", get(headers={"x-client-trace-id": ""}), tracing=shares(random=0)),
    case("sampling-client-untraceable", "sampling.client sampling.untraceable", get(headers=CLIENT | {"x-request-id": "not-a-uuid"})),
    case("sampling-overall-below", "sampling.overall", get(headers=numbered(4999)), tracing=shares(overall=50)),
    case("sampling-overall-beyond", "sampling.overall", get(headers=numbered(5000)), tracing=shares(overall=50)),
    case("sampling-overall-0", "sampling.overall", tracing=shares(overall=0)),
    case("sampling-random-0", "sampling.number span.not-sampled", tracing=shares(random=0)),
    case("sampling-random-0-outbound", "sampling.number span.not-sampled", tracing=shares(random=0), direction="OUTBOUND"),
    case("sampling-random-0-128-bit", "sampling.number span.not-sampled", tracing=shares(random=0), zipkin={"trace_id_128bit": True}),
    case("sampling-defaults", "sampling.defaults", get(headers=numbered(9999))),
    case("sampling-forced-external", "sampling.forced trust.force", get(headers=FORCED | numbered(9999)), tracing=shares(random=0)),
    case(
        "sampling-forced-edge",
        "sampling.forced trust.force",
        get(headers=FORCED | numbered(9999)),
        tracing=shares(random=0),
        manager={"use_remote_address": True, "skip_xff_append": True},
    ),
    case(
        "sampling-forced-internal",
        "sampling.forced trust.internal",
        get(headers=FORCED | numbered(9999)),
        tracing=shares(random=0),
        manager=INTERNAL,
    ),
    case(
        "sampling-forced-internal-overall-0",
        "sampling.forced sampling.overall",
        get(headers=FORCED | numbered(9999)),
        tracing=shares(random=0, overall=0),
        manager=INTERNAL,
    ),
    case("sampling-forced-internal-sampled-anyway", "sampling.forced", get(headers=FORCED | numbered(1)), manager=INTERNAL),
    case(
        "sampling-forced-internal-reason-9",
        "sampling.forced",
        get(headers=FORCED | numbered(1, "9")),
        tracing=shares(random=0),
        manager=INTERNAL,
    ),
    case(
        "sampling-forced-internal-client-too",
        "sampling.forced sampling.client",
        get(headers=FORCED | CLIENT | numbered(1)),
        tracing=shares(random=0),
        manager=INTERNAL,
    ),
    case(
        "sampling-forced-internal-client-0",
        "sampling.forced sampling.client",
        get(headers=FORCED | CLIENT | numbered(1)),
        tracing=shares(client=0, random=0),
        manager=INTERNAL,
    ),
    case("sampling-forced-internal-b3-deny", "sampling.forced sampling.upstream", get(headers=FORCED | {"b3": "0"}), manager=INTERNAL),
    case("sampling-forced-without-tracing", "sampling.forced", get(headers=FORCED | numbered(1)), tracing=None, manager=INTERNAL),
    *(
        case(
            f"sampling-b3-{what}",
            "sampling.upstream",
            get(headers=headers | numbered(9999)),
            tracing=shares(random=percent),
            direction=direction,
        )
        for what, headers, percent, direction in (
            ("accept-of-0", multi(sampled="1"), 0, "INBOUND"),
            ("deny-of-100", multi(sampled="0"), 100, "INBOUND"),
            ("undecided-of-0", multi(), 0, "INBOUND"),
            ("undecided-of-100", multi(), 100, "INBOUND"),
            ("accept-of-0-outbound", multi(sampled="1"), 0, "OUTBOUND"),
            ("undecided-of-0-outbound", multi(), 0, "OUTBOUND"),
            ("single-accept-of-0", {"b3": f"{TRACE}-{SPAN}-1"}, 0, "INBOUND"),
            ("single-undecided-of-0", {"b3": f"{TRACE}-{SPAN}"}, 0, "INBOUND"),
            ("accept-alone-of-0", {"b3": "1"}, 0, "INBOUND"),
            ("debug-of-0", {"b3": "d"}, 0, "INBOUND"),
        )
    ),
    case(
        "sampling-b3-accept-untraceable",
        "sampling.upstream sampling.untraceable",
        get(headers=multi(sampled="1") | {"x-request-id": "not-a-uuid"}),
    ),
    case("sampling-route-random-0", "sampling.route", route=route_shares(random=(0, "HUNDRED"))),
    case(
        "sampling-route-random-100",
        "sampling.route",
        get(headers=numbered(9999)),
        tracing=shares(random=0),
        route=route_shares(random=(100, "HUNDRED")),
    ),
    case(
        "sampling-route-only-random",
        "sampling.route",
        get(headers=numbered(9999)),
        tracing=shares(overall=0),
        route=route_shares(random=(100, "HUNDRED")),
    ),
    case("sampling-route-of-nothing", "sampling.route", get(headers=numbered(9999)), tracing=shares(random=0), route={"tracing": {}}),
    case("sampling-route-50-of-hundred-49", "sampling.route", get(headers=numbered(149)), route=route_shares(random=(50, "HUNDRED"))),
    case("sampling-route-50-of-hundred-50", "sampling.route", get(headers=numbered(150)), route=route_shares(random=(50, "HUNDRED"))),
    case(
        "sampling-route-5000-of-ten-thousand-4999",
        "sampling.route",
        get(headers=numbered(4999)),
        route=route_shares(random=(5000, "TEN_THOUSAND")),
    ),
    case(
        "sampling-route-5000-of-ten-thousand-5000",
        "sampling.route",
        get(headers=numbered(5000)),
        route=route_shares(random=(5000, "TEN_THOUSAND")),
    ),
    case("sampling-route-million-9999", "sampling.route", get(headers=numbered(9999)), route=route_shares(random=(9999, "MILLION"))),
    case("sampling-route-million-9998", "sampling.route", get(headers=numbered(9998)), route=route_shares(random=(9999, "MILLION"))),
    case(
        "sampling-route-client-0",
        "sampling.route sampling.client",
        get(headers=CLIENT | numbered(9999)),
        route=route_shares(client=(0, "HUNDRED"), random=(0, "HUNDRED")),
    ),
    case(
        "sampling-route-client-100",
        "sampling.route sampling.client",
        get(headers=CLIENT | numbered(9999)),
        tracing=shares(client=0),
        route=route_shares(random=(0, "HUNDRED")),
    ),
    case("sampling-route-overall-0", "sampling.route sampling.overall", route=route_shares(overall=(0, "HUNDRED"))),
    case(
        "sampling-route-no-route",
        "sampling.route http.local",
        get("/nowhere"),
        tracing=shares(random=0),
        routes=({"match": {"path": "/here", "prefix": None}, **route_shares()},),
    ),
    *(
        case(f"sampling-runtime-{what}-number-{number}", rows, get(headers=numbered(number)), tracing=tracing, alone=alone)
        for what, (rows, alone, tracing) in RUNTIMES.items()
        for number in (0, 49, 77, 4999, 5050, 9999)
        if not what.startswith("client")
    ),
    *(
        case(f"sampling-runtime-{what}", rows, get(headers=CLIENT | numbered(9999)), tracing=tracing, alone=alone)
        for what, (rows, alone, tracing) in RUNTIMES.items()
        if what.startswith("client")
    ),
    case(
        "sampling-runtime-random-over-route",
        "sampling.runtime-random sampling.route",
        get(headers=numbered(9999)),
        alone=RUNTIMES["random-0"][1],
        route=route_shares(random=(100, "HUNDRED")),
    ),
]
