"""The differences from Envoy on purpose in what SkyWalking gets: each span is a segment of its own, whose identifiers are those of the
trace and the span, so that every other form can carry them; and what goes out is an exit, with or without a span of the upstream's.
"""

import re

from deviation import ABSENT, Deviation

NEW = re.compile(r"(?:(?:<new \d+, [^>]*>|[0-9a-f]{32})-)?<new \d+, [^>]*>(?::\d+)?")
NUMBER = re.compile(r"<new \d+,")


def of_skywalking(holds):
    return lambda theirs, ours, case: case.provider == "skywalking" and holds(theirs, ours, case)


def other_identifiers(theirs, ours, case):
    """The same but for how new identifiers look, and at which span of its segment one is."""
    return NEW.sub("<new>", theirs) == NEW.sub("<new>", ours)


def numbered_otherwise(theirs, ours, case):
    """Segments of Envoy's are UUIDs, which are counted with those of requests."""
    return NUMBER.sub("<new,", theirs) == NUMBER.sub("<new,", ours)


def of_own_segment(theirs, ours, case):
    return theirs == ABSENT


def of_each_span(theirs, ours, case):
    """Envoy has none where it has no span for the upstream, and passes on what came."""
    received = [line.decode().partition(": ")[2] for line in case.sent().split(b"\r\n") if line.startswith(b"sw8: ")]
    if theirs == ABSENT or not (case.tracing or {}).get("spawn_upstream_span"):
        return ours.startswith("sw8: ") and (theirs == ABSENT or bool(received))
    *theirs, _ = NEW.sub("<new>", theirs).split(" ")
    *ours, _ = NEW.sub("<new>", ours).split(" ")
    # The last is the address, and the first says whether it is sampled, which Envoy writes whatever came.
    return theirs[2:] == ours[2:]


def outbound(theirs, ours, case):
    return case.direction == "OUTBOUND"


def not_asked_for(theirs, ours, case):
    """A caller that does not sample is heard."""
    return ours == "0" and b"sw8: 0-" in case.sent()


def by_batch(theirs, ours, case):
    return ours == f"{theirs}InSync"


SEGMENT = "a span is a segment of its own, by the identifiers that other forms can carry"
EXIT = "what goes out is an exit, and says its context, with or without a span for the upstream"
SKYWALKING = (
    *(Deviation(f"SkyWalking: {name}", f"span : {name}", SEGMENT, of_skywalking(other_identifiers)) for name in ("traceId", "id", "parentId")),
    *(
        Deviation(f"SkyWalking: reference {name}", f"span : reference {name}", SEGMENT, of_skywalking(of_own_segment))
        for name in ("trace", "service", "instance", "endpoint", "address")
    ),
    Deviation("SkyWalking: sw8", "upstream : field sw8", EXIT, of_skywalking(of_each_span)),
    Deviation("SkyWalking: an exit", "span : kind", EXIT, of_skywalking(outbound)),
    Deviation("SkyWalking: the exit's peer", "span : peer", EXIT, of_skywalking(outbound)),
    Deviation("SkyWalking: a caller's no", "spans", "a caller that does not sample is heard", of_skywalking(not_asked_for)),
    Deviation("SkyWalking: a call a batch", "collector path", "one call and one answer for each batch", of_skywalking(by_batch)),
    Deviation("SkyWalking: x-request-id", "upstream : field x-request-id", SEGMENT, of_skywalking(numbered_otherwise)),
    Deviation("SkyWalking: tag of x-request-id", "span : tag guid:x-request-id", SEGMENT, of_skywalking(numbered_otherwise)),
)
