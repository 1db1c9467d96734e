"""Turns what was seen of a case into named fields that two planes can be compared by: no times, and new identifiers as their relations."""

import base64
import re
from collections import Counter
from dataclasses import dataclass

from http1 import split

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
IDENTIFIER = re.compile(rf"{UUID}|(?<![0-9a-zA-Z])(?:[0-9a-f]{{32}}|[0-9a-f]{{16}})(?![0-9a-zA-Z])")
# Where a UUID has the digit that a proxy writes its reason for sampling into.
REASON = 14
LONGEST_SHOWN = 300
# The fields that the sidecar may touch: only of the others is it said that they pass byte for byte.
TOUCHED = re.compile(r"b3|x-b3-.*|traceparent|tracestate|x-datadog-.*|x-amzn-trace-id|sw8|x-request-id|x-envoy-.*|server")
# What no two runs have in common; that it is there is still compared.
TIMES = {"x-envoy-upstream-service-time": "milliseconds", "date": "a date"}


def fields(case, seen, posts):
    """name → value of everything that was observed."""
    names = Names("\n".join(in_digits(*split(line)) if ": " in line else line for line in case.sent().decode("latin-1").split("\r\n")))
    found = {"upstream requests": str(len(seen.requests)), "client responses": str(len(seen.responses)), "client ending": seen.ending}
    sent_requests = messages_of(case.sent())
    sent_responses = [message for reply in replies(case) for message in messages_of(reply.on_head + reply.data)]
    edited = set(edited_names(case.route)) | set(edited_names(case.routes)) | set(edited_names(case.manager))
    for index, message in enumerate(seen.requests, 1):
        found |= message_fields(f"upstream {index}: ", message, Sender(sender_of(index, sent_requests), edited), names)
    for index, message in enumerate(seen.responses, 1):
        found |= message_fields(f"client {index}: ", message, Sender(sender_of(index, sent_responses), edited), names)
    found |= {f"client tunnel {index}": text(data) for index, data in enumerate(seen.tunnel, 1)}
    found |= {f"log {index}": names.told(line) for index, line in enumerate(seen.lines, 1)}
    spans = sorted((span for post in posts for span in post.spans), key=order)
    found["spans"] = str(len(spans))
    for index, span in enumerate(spans, 1):
        found |= {f"span {index}: {name}": names.told(value) for name, value in span_fields(span)}
    found |= {f"collector {name}": value for post in posts for name, value in post.facts()}
    return found | seen.facts


def in_digits(name, value):
    """A field's value with identifiers as hexadecimal digits, where its form writes them otherwise."""
    match name.lower():
        case "x-datadog-trace-id" | "x-datadog-parent-id" if value.isdecimal():
            return f"{int(value):016x}"
        case "sw8" if len(parts := value.split("-")) == 8:
            sample, trace, segment, index, *rest = parts
            return " ".join([sample, decoded(trace), f"{decoded(segment)}:{index}", *map(decoded, rest)])
        case "x-amzn-trace-id":
            return re.sub("1-([0-9a-f]{8})-([0-9a-f]{24})", r"\1\2", value)
        case _:
            return value


def decoded(text):
    return base64.b64decode(text).decode()


def replies(case):
    return case.upstream if isinstance(case.upstream, tuple) else ()


class Names:
    """Tells identifiers: one that the client sent stays as it is, a new one is named by the order of its first appearance."""

    def __init__(self, sent):
        self._sent = {without_reason(identifier) for identifier in IDENTIFIER.findall(sent)}
        self._new, self._uuids = {}, {}

    def told(self, value):
        return IDENTIFIER.sub(self._name, value)

    def _name(self, match):
        identifier = match.group()
        known = without_reason(identifier)
        if known in self._sent:
            return identifier
        # Request ids are counted apart from trace ids: which of them comes first is not the same in every case.
        new, kind = (self._uuids, f"UUID with {identifier[REASON]}") if "-" in identifier else (self._new, f"{len(identifier)} digits")
        return f"<new {new.setdefault(known, len(new) + 1)}, {kind}>"


def without_reason(identifier):
    return identifier[:REASON] + "*" + identifier[REASON + 1 :] if "-" in identifier else identifier


def messages_of(data):
    """The heads of messages in bytes that a case wrote: start line and field lines."""
    heads = re.findall(rb"((?:[A-Z]+ [^\r\n]+ HTTP/1\.\d|HTTP/1\.\d \d+[^\r\n]*)\r\n(?:[^\r\n]+\r\n)*)\r\n", data)
    return [head.decode("latin-1").split("\r\n")[1:-1] for head in heads]


def sender_of(index, messages):
    return messages[index - 1] if index <= len(messages) else []


@dataclass(frozen=True)
class Sender:
    """lines: as the sender wrote them; edited: the names of fields that the configuration changes."""

    lines: list
    edited: set


def edited_names(configuration):
    """Of the fields that a configuration adds and removes, wherever in it."""
    if isinstance(configuration, dict):
        for name, value in configuration.items():
            if name.endswith("_headers_to_remove"):
                yield from (removed.lower() for removed in value)
            elif name.endswith("_headers_to_add"):
                yield from (added["header"]["key"].lower() for added in value)
            else:
                yield from edited_names(value)
    elif isinstance(configuration, (list, tuple)):
        for value in configuration:
            yield from edited_names(value)


def message_fields(prefix, message, sender, names):
    found = {prefix + "start": message.start, prefix + "framing": framing(message), prefix + "body": text(message.body)}
    if message.trailers:
        found[prefix + "trailers"] = ", ".join(message.trailers)
    by_name = {}
    for spelled, value in map(split, message.lines):
        readable = TIMES.get(spelled.lower(), in_digits(spelled.lower(), value))
        by_name.setdefault(spelled.lower(), (spelled, []))[1].append(readable)
    # By name, so that new identifiers are named alike; repeated fields are one list, as RFC 9110 has it.
    for name, (spelled, values) in sorted(by_name.items()):
        found[f"{prefix}field {name}"] = f"{spelled}: {names.told(','.join(values))}"
    found[prefix + "order"] = ", ".join(split(line)[0].lower() for line in message.lines)
    found[prefix + "line bytes and order"] = (
        "the sender's" if keeps(message.lines, sender.lines, sender.edited) else ", ".join(split(line)[0] for line in message.lines)
    )
    return found


def framing(message):
    """A body of no bytes is none, whether a field says so or not: the field is compared by itself."""
    return "none" if message.framing == "length" and not message.body else message.framing


def keeps(lines, sent_lines, edited):
    """Whether what nobody touches came in the sender's bytes and order, as far as it came at all."""
    names = {split(line)[0].lower() for line in lines} - edited
    unchanged = [line for line in sent_lines if (name := split(line)[0].lower()) in names and not TOUCHED.fullmatch(name)]
    return [line for line in lines if line in unchanged] == unchanged


def text(data):
    shown = data.decode("latin-1")
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}… {len(shown)} bytes"


def order(span):
    """The same on both planes: nothing of it is random."""
    return span.get("tags", {}).get("http.url", ""), span.get("kind", ""), span.get("name", ""), span.get("timestamp", 0)


def span_fields(span):
    """In a fixed order, so that new identifiers get the same names on both planes."""
    for name in ("traceId", "id", "parentId", "name", "kind", "shared", "debug"):
        if name in span:
            yield name, str(span[name])
    for name in ("timestamp", "duration"):
        if name in span:
            yield name, "above 0" if span[name] > 0 else str(span[name])
    for name, value in sorted(span.get("localEndpoint", {}).items()):
        yield f"endpoint {name}", str(value)
    for name, value in sorted(span.get("tags", {}).items()):
        yield f"tag {name}", value
    for value, count in sorted(Counter(note["value"] for note in span.get("annotations", [])).items()):
        yield f"annotation {value}", str(count)
    for name in sorted(span.keys() - KNOWN):
        yield name, str(span[name])


KNOWN = {"traceId", "id", "parentId", "name", "kind", "shared", "debug", "timestamp", "duration", "localEndpoint", "tags", "annotations"}
