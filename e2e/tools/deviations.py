"""The differences from Envoy on purpose, and nothing else: section 3 of the design lists them. Each masks one named field."""

import re

from deviation import ABSENT, Deviation
from deviations_skywalking import SKYWALKING


def added_by_envoy(theirs, ours, case):
    return ours == ABSENT


def of_datadog(theirs, ours, case):
    """Whether Envoy wrote Datadog's own member of the list."""
    return "dd=s:" in theirs


def read_of_datadog(theirs, ours, case):
    """Whether the case's request says something in Datadog's member of tracestate."""
    return b"dd=s:" in case.sent()


def same_tags(theirs, ours, case):
    """Whether both have the same tags, in another order."""
    return sorted(theirs.partition(": ")[2].split(",")) == sorted(ours.partition(": ")[2].split(","))


def of_listener(theirs, ours, case):
    return {theirs, ours} == {"ingress", "egress"}


def own_name_of_child(theirs, ours, case):
    return ours.startswith("router ") and ours.endswith(" egress")


def malformed(theirs, ours, case):
    """Whether the case's context is one that is not understood, or half of one."""
    return any(row.startswith("b3.malformed") or row == "b3.half" for row in case.rows)


def is_root(theirs, ours, case):
    return theirs == "True" and ours == ABSENT


def keeps_lines(theirs, ours, case):
    return ours == "the sender's"


# What Envoy does not pass on but writes itself, wherever the sender had it.
WRITTEN_ANEW = {"host", "connection", "transfer-encoding", "x-envoy-internal"}


def same_order(theirs, ours, case, but=frozenset()):
    """Of the fields that both have as often: whether the others are there at all is asked of each by itself."""
    theirs, ours = (names.split(", ") for names in (theirs, ours))
    common = {name for name in theirs if theirs.count(name) == ours.count(name)} - WRITTEN_ANEW - but
    return [name for name in theirs if name in common] == [name for name in ours if name in common]


def context_moved(theirs, ours, case):
    return malformed(theirs, ours, case) and same_order(theirs, ours, case, frozenset(CONTEXT))


def flagged(theirs, ours, case):
    return b"x-b3-flags: 1" in case.sent()


CONTEXT = ("b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled")


def debug(theirs, ours, case):
    return theirs == re.sub(r"\bd\b", "1", ours)


def same_code(theirs, ours, case):
    return theirs.split(" ")[:2] == ours.split(" ")[:2]


def other_version(theirs, ours, case):
    return theirs.replace("HTTP/1.0", "HTTP/1.1") == ours.replace("HTTP/1.0", "HTTP/1.1")


def removed_by_envoy(theirs, ours, case):
    return theirs == ABSENT


def connection_of_response(theirs, ours, case):
    """Envoy answers a client's wish in words, and hides the upstream's."""
    return ABSENT in (theirs, ours)


def until_close(theirs, ours, case):
    return (theirs, ours) == ("chunked", "until close")


def closed_by_upstream(theirs, ours, case):
    return (theirs, ours) == ("open", "closed") and any(reply.then == "close" for reply in case.upstream)


def spelled_otherwise(theirs, ours, case):
    return theirs.lower() == ours.lower()


def absolute_form(theirs, ours, case):
    return "://" in ours and "://" not in theirs


def names_other_host(theirs, ours, case):
    return b"://" in case.sent().partition(b"\r\n")[0]


def refused_by_us(theirs, ours, case):
    return (theirs, ours) == ("1", "0") and "http.refused" in case.rows


def old_without_host(theirs, ours, case):
    return (theirs, ours) == ("0", "1") and b"HTTP/1.0\r\n" in case.sent() and b"Host:" not in case.sent()


def accepted_by_us(theirs, ours, case):
    return (theirs, ours) == ("refused", "accepted")


def to_version_1(theirs, ours, case):
    return ours.endswith("/api/v1/spans")


def taken_by_2xx(theirs, ours, case):
    return ours == "0" and 200 <= case.collector_status < 300


def empty(theirs, ours, case):
    return ours == ABSENT and theirs.endswith(": ")


def of_proto(theirs, ours, case):
    return case.zipkin.get("collector_endpoint_version") == "HTTP_PROTO"


def context_in_its_place(theirs, ours, case):
    """Of what came with the request: Envoy takes it out and writes it at the end."""
    return same_order(theirs, ours, case, frozenset(("traceparent", "tracestate", "x-datadog-tags", "sw8", *DATADOG)))


DATADOG = ("x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "x-datadog-origin")


def own(theirs, ours, case):
    """Both say who they are."""
    return ABSENT not in (theirs, ours)


def added_by_us(theirs, ours, case):
    return theirs == ABSENT


def failed_without_status(theirs, ours, case):
    return (theirs, ours) == ("0", "2")


TRANSPARENT = "an HTTP/1 message goes through byte for byte but for the fields of tracing"
A_ROOT_INSTEAD = "where the context is malformed, its headers are replaced by a new root's"
DEBUG = "`x-b3-flags: 1` is honoured as debug, and stays debug"
DD = "Datadog's member of tracestate is neither read nor written yet: its own fields carry all of it, W3C's alone lose it"
OWN = "each says who made the span"
REVERSED = "Envoy writes the ids of spans in reversed byte order there, so that they are not those of its headers"
DEVIATIONS = (
    Deviation("lines and their order", "upstream : line bytes and order", TRANSPARENT, keeps_lines),
    Deviation("the order of fields but for those that one has alone", "upstream : order", TRANSPARENT, same_order),
    Deviation("the order of fields of responses but for those that one has alone", "client : order", TRANSPARENT, same_order),
    Deviation("reason phrase", "client : start", TRANSPARENT, same_code),
    Deviation("no x-forwarded-proto", "upstream : field x-forwarded-proto", TRANSPARENT, added_by_envoy),
    Deviation("no x-envoy-internal", "upstream : field x-envoy-internal", TRANSPARENT, added_by_envoy),
    Deviation("no x-envoy-external-address", "upstream : field x-envoy-external-address", TRANSPARENT, added_by_envoy),
    Deviation(
        "no x-envoy-upstream-healthchecked-cluster", "client : field x-envoy-upstream-healthchecked-cluster", TRANSPARENT, added_by_envoy
    ),
    Deviation("no content-length: 0", "upstream : field content-length", TRANSPARENT, added_by_envoy),
    Deviation("HTTP/1.0 stays HTTP/1.0", "upstream : start", TRANSPARENT, other_version),
    Deviation("HTTP/1.1 is answered to HTTP/1.0", "client : start", TRANSPARENT, other_version),
    Deviation("hop by hop: connection", "upstream : field connection", TRANSPARENT, removed_by_envoy),
    Deviation("hop by hop: keep-alive", "upstream : field keep-alive", TRANSPARENT, removed_by_envoy),
    Deviation("hop by hop: proxy-connection", "upstream : field proxy-connection", TRANSPARENT, removed_by_envoy),
    Deviation("hop by hop: what connection names", "upstream : field x-hop", TRANSPARENT, removed_by_envoy),
    Deviation("hop by hop: connection of responses", "client : field connection", TRANSPARENT, connection_of_response),
    Deviation("a body until close stays one: framing", "client : framing", TRANSPARENT, until_close),
    Deviation("a body until close stays one: transfer-encoding", "client : field transfer-encoding", TRANSPARENT, added_by_envoy),
    Deviation("a connection that the upstream closes is closed", "client ending", TRANSPARENT, closed_by_upstream),
    Deviation("spelling of trailers", "upstream : trailers", TRANSPARENT, spelled_otherwise),
    Deviation("spelling of trailers of responses", "client : trailers", TRANSPARENT, spelled_otherwise),
    Deviation("no date", "client : field date", TRANSPARENT, added_by_envoy),
    Deviation("absolute form stays", "upstream : start", TRANSPARENT, absolute_form),
    Deviation("absolute form leaves the host", "upstream : field host", TRANSPARENT, names_other_host),
    Deviation("no x-envoy-expected-rq-timeout-ms", "upstream : field x-envoy-expected-rq-timeout-ms", TRANSPARENT, added_by_envoy),
    Deviation("stricter", "upstream requests", "folded lines and two Host fields are refused", refused_by_us),
    Deviation("HTTP/1.0 needs no host", "upstream requests", "a missing Host is refused in HTTP/1.1 only", old_without_host),
    Deviation("forms of 2018", "configuration", "what the article of 2018 wrote is accepted, HTTP_JSON_V1 with it", accepted_by_us),
    Deviation("version 1: the path", "collector path", "Envoy no longer has version 1 of spans", to_version_1),
    Deviation("any 2xx is success", "spans lost", "collectors answer 200 and 204 too", taken_by_2xx),
    Deviation("no stray annotation cr", "span : annotation cr", "kind, timestamp and duration say it already", added_by_envoy),
    Deviation("no stray annotation ss", "span : annotation ss", "kind, timestamp and duration say it already", added_by_envoy),
    Deviation("no shared root", "span : shared", "a root has nobody to share its id with", is_root),
    Deviation("debug flag: a span", "spans", DEBUG, flagged),
    Deviation("debug flag: x-b3-sampled", "upstream : field x-b3-sampled", DEBUG, flagged),
    Deviation("debug in b3", "upstream : field b3", DEBUG, debug),
    Deviation("malformed context: a span", "spans", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: its trace id", "span : traceId", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: its id", "span : id", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: its parent's id", "span : parentId", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: x-b3-traceid", "upstream : field x-b3-traceid", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: x-b3-spanid", "upstream : field x-b3-spanid", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: x-b3-parentspanid", "upstream : field x-b3-parentspanid", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: x-b3-sampled", "upstream : field x-b3-sampled", A_ROOT_INSTEAD, malformed),
    Deviation("malformed context: their place", "upstream : order", A_ROOT_INSTEAD, context_moved),
    Deviation("malformed context: b3", "upstream : field b3", A_ROOT_INSTEAD, malformed),
    Deviation("no empty tracestate", "upstream : field tracestate", "a list of nothing says nothing", empty),
    Deviation("contexts keep their places", "upstream : order", TRANSPARENT, context_in_its_place),
    Deviation("ids of protobuf: the span's", "span : id", REVERSED, of_proto),
    Deviation("ids of protobuf: the parent's", "span : parentId", REVERSED, of_proto),
    *(
        Deviation(f"OTLP: {name}", f"span : {name}", OWN, own)
        for name in ("scope name", "scope version", "resource telemetry.sdk.name", "resource telemetry.sdk.version", "resource telemetry.sdk.language")
    ),
    Deviation("OTLP: what failed says so in its status", "span : status", "its tags say so too", failed_without_status),
    Deviation("Datadog: language", "span : tag language", OWN, own),
    Deviation("Datadog: no version", "span : tag version", "it would be the application's version there, not the tracer's", added_by_envoy),
    Deviation("Datadog: kind", "span : tag span.kind", "its agent makes statistics of clients and servers by it", added_by_us),
    Deviation("Datadog: tracestate written", "upstream : field tracestate", DD, of_datadog),
    Deviation("Datadog: tags of tracestate", "upstream : field x-datadog-tags", DD, read_of_datadog),
    Deviation("Datadog: priority of tracestate", "upstream : field x-datadog-sampling-priority", DD, read_of_datadog),
    Deviation("Datadog: origin of tracestate", "upstream : field x-datadog-origin", DD, read_of_datadog),
    Deviation("Datadog: a span's origin of tracestate", "span : tag _dd.origin", DD, read_of_datadog),
    Deviation("Datadog: a span's mechanism of tracestate", "span : tag _dd.p.dm", DD, read_of_datadog),
    Deviation("Datadog: a span's priority of tracestate", "span : metric _sampling_priority_v1", DD, read_of_datadog),
    Deviation("Datadog: a span's parent of tracestate", "span : tag _dd.parent_id", DD, added_by_envoy),
    Deviation("Datadog: order of tags", "upstream : field x-datadog-tags", "their order says nothing", same_tags),
    Deviation("Datadog: no rate of the agent's", "span : metric _dd.agent_psr", "an agent's rates are not applied", added_by_envoy),
    Deviation("X-Ray: direction", "span : tag direction", "of a pair one serves and one calls, whatever the listener", of_listener),
    Deviation("SkyWalking: the name of an exit", "span : name", "the request to the upstream has a name of its own, as with every provider", own_name_of_child),
    *SKYWALKING,
)
