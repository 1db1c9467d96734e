"""IPv6, on both sides of the proxy."""

from case import DROP, REFUSE, case, get

from .custom_tags import SPAWNED, tags
from .formats import TEXT, json_log, log_case, value

V6 = {"address": "::1"}
ADDRESSES = ("host", "remote", "direct", "local", "local-ip")
EDGE = {"use_remote_address": True, "skip_xff_append": True}

CASES = [
    case("ipv6", "tag.ipv6 tag.peer", **V6),
    case("ipv6-spawned", "tag.ipv6 child.tags", tracing=SPAWNED, **V6),
    case("ipv6-spawned-refused", "tag.ipv6 child.failure", upstream=REFUSE, tracing=SPAWNED, **V6),
    case("ipv6-spawned-dropped", "tag.ipv6 child.failure", upstream=DROP, tracing=SPAWNED, **V6),
    case("ipv6-tags", "tag.ipv6 custom.value", tracing=tags(*(value(name, TEXT[name]) for name in ADDRESSES)), **V6),
    case(
        "ipv6-edit",
        "tag.ipv6 http.edits",
        route={
            f"{direction}_headers_to_add": [{"header": {"key": f"x-{name}", "value": TEXT[name]}} for name in ADDRESSES]
            for direction in ("request", "response")
        },
        **V6,
    ),
    log_case("ipv6-log", names=ADDRESSES, **V6),
    log_case("ipv6-log-json", log=json_log, names=ADDRESSES, **V6),
    log_case("ipv6-log-forwarded-for", get(headers={"X-Forwarded-For": "2001:db8:0:0:0:0:0:7"}), names=ADDRESSES, **V6),
    log_case("ipv6-log-mapped", get(headers={"X-Forwarded-For": "::ffff:192.0.2.7"}), names=ADDRESSES, **V6),
    case("ipv6-edge", "tag.ipv6 tag.peer", get(headers={"X-Forwarded-For": "2001:db8::7"}), manager=EDGE, **V6),
    case("ipv6-forwarded-for", "tag.ipv6 tag.peer", get(headers={"X-Forwarded-For": "2001:db8::7"}), **V6),
]
