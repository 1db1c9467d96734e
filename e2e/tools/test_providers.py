"""Tests of what e2e/providers judges by: every judge must notice what is wrong."""

import json
import unittest
from pathlib import Path

from canary import Secret
from contexts import FIELDS, SPAN, TRACE, Context, context_of, not_sampled
from oracles.otlp import spans_of
from oracles.xray import faults_of
from proof import EXPECTED, Outcome, Proof, same
from sdk_matrix import faults_of_silence, faults_of_trace
from spans import Span

LOW = TRACE[16:].rjust(32, "0")
CLIENT_SPAN = "00000000000000c1"


def span(id, parent, who, trace=TRACE):
    service, kind = who.split()
    return Span(trace, id, parent, service, kind, "name", 0, 0, False)


def line(*faulty):
    """The chain's four spans; faulty: the place of one → its fields made wrong."""
    spans = [span(f"{place:016x}", f"{place - 1:016x}" if place else None, who) for place, who in enumerate(EXPECTED)]
    return [Span(**{**vars(each), **dict(faulty).get(place, {})}) for place, each in enumerate(spans)]


class ContextTest(unittest.TestCase):
    def test_every_form_says_what_it_was_written_for(self):
        for form in set(FIELDS) - {"baggage"}:
            context = context_of(form, not_sampled(form))
            with self.subTest(form):
                self.assertFalse(context.sampled)
                self.assertIn(context.trace, (TRACE, LOW))
                self.assertIn(context.span, (SPAN, "segment-1:0"))

    def test_form_that_is_not_there_has_no_context(self):
        self.assertIsNone(context_of("b3", {"traceparent": "x"}))

    def test_text_that_is_no_context_raises(self):
        for form, text in (("tracecontext", "00-1-2-01"), ("b3", "x"), ("sw8", "1-x"), ("xray", "Root=x"), ("lightstep", "%")):
            with self.subTest(form), self.assertRaises(Exception):
                context_of(form, {FIELDS[form][0]: text})

    def test_states_of_sampling(self):
        said = {
            "1": {"b3": f"{TRACE}-{SPAN}-1"},
            "d": {"b3": f"{TRACE}-{SPAN}-d"},
            "open": {"b3": f"{TRACE}-{SPAN}"},
        }
        self.assertEqual({what: context_of("b3", headers).sampled for what, headers in said.items()}, {"1": True, "d": True, "open": None})

    def test_datadog_joins_the_halves_of_a_trace(self):
        headers = {"x-datadog-trace-id": "2", "x-datadog-parent-id": "3", "x-datadog-tags": "_dd.p.dm=-4,_dd.p.tid=000000000000000a"}
        self.assertEqual(context_of("datadog", headers), Context("000000000000000a0000000000000002", "0000000000000003", None))


class XrayTest(unittest.TestCase):
    head = b'{"format":"json","version":1}'
    segment = {"name": "front", "id": "53995c3f42cd8ad8", "trace_id": "1-5759e988-bd862e3fe1be46a994272793", "start_time": 1.5, "end_time": 2}

    def faults(self, head=None, **fields):
        segment = {name: value for name, value in {**self.segment, **fields}.items() if value is not None}
        return list(faults_of(head or self.head, json.dumps(segment).encode()))

    def test_segment_by_the_rules_has_no_fault(self):
        self.assertEqual(self.faults(), [])
        self.assertEqual(self.faults(type="subsegment", parent_id="53995c3f42cd8ad7"), [])

    def test_each_fault_is_told(self):
        for fields in (
            {"trace_id": None},
            {"trace_id": "1-zz"},
            {"id": "12"},
            {"name": "a*b"},
            {"parent_id": "x"},
            {"start_time": "1.5"},
            {"end_time": None},
            {"end_time": 1},
            {"type": "subsegment"},
            {"http": {"response": {"status": "200"}}},
            {"head": b'{"format":"json"}'},
            {"annotations": {"x": "y" * 70_000}},
        ):
            with self.subTest(fields):
                self.assertEqual(len(self.faults(**fields)), 1)

    def test_what_is_no_json_is_told(self):
        self.assertEqual(len(list(faults_of(b"x", b"{}"))), 1)


class ProofTest(unittest.TestCase):
    def judged(self, trace, span="0000000000000003"):
        outcome = Outcome("row", "oracle")
        Proof(None, None, None, None)._judge(EXPECTED, Context(TRACE, span, True), trace, outcome)
        return outcome

    def test_right_tree_is_counted(self):
        self.assertEqual((self.judged(line()).trees, self.judged(line()).faults), (1, []))

    def test_wrong_trees_are_faults(self):
        for trace in ([], line()[:3], line((2, {"parent_id": "lost"})), line((1, {"service": "other"})), line((1, {"kind": "CLIENT"}))):
            self.assertEqual(self.judged(trace).trees, 0)
            self.assertEqual(len(self.judged(trace).faults), 1)

    def test_header_of_a_span_that_is_not_there_is_a_fault(self):
        self.assertEqual(len(self.judged(line(), span="3000000000000000").faults), 1)

    def test_kind_that_is_not_told_is_no_fault(self):
        self.assertTrue(same(["a ", "b SERVER"], ("a CLIENT", "b SERVER")))
        self.assertFalse(same(["a ", "c SERVER"], ("a CLIENT", "b SERVER")))


class SdkTest(unittest.TestCase):
    first = {"b3": f"{TRACE}-{1:016x}-1", ":sdk": {"trace": TRACE, "parent": f"{1:016x}", "client": CLIENT_SPAN, "sampled": True}}
    last = {"b3": f"{TRACE}-{2:016x}-1"}
    spans = line((2, {"parent_id": CLIENT_SPAN}))

    def test_one_trace_has_no_fault(self):
        self.assertEqual(list(faults_of_trace("b3", self.first, self.last, self.spans)), [])

    def test_faults_of_a_trace_are_told(self):
        told = self.first[":sdk"]
        for what, arguments in {
            "the SDK's trace": (self.first | {":sdk": told | {"trace": LOW}}, self.last, self.spans),
            "the SDK's parent": (self.first | {":sdk": told | {"parent": "x"}}, self.last, self.spans),
            "the SDK's sampling": (self.first | {":sdk": told | {"sampled": False}}, self.last, self.spans),
            "sampling behind it": (self.first, {"b3": f"{TRACE}-{2:016x}-0"}, self.spans),
            "nothing behind it": (self.first, {}, self.spans),
            "another parent": (self.first, self.last, line()),
            "another trace": (self.first, self.last, line((2, {"parent_id": CLIENT_SPAN, "trace_id": LOW}))),
            "a span that is missing": (self.first, self.last, self.spans[:3]),
            "a span too many": (self.first, self.last, [*self.spans, self.spans[0]]),
        }.items():
            with self.subTest(what):
                self.assertEqual(len(list(faults_of_trace("b3", *arguments))), 1)

    def test_what_is_not_sampled_must_stay_so(self):
        quiet = not_sampled("b3")
        told = {"sampled": False}
        self.assertEqual(list(faults_of_silence("b3", quiet | {":sdk": told}, quiet, set())), [])
        for first, last in (
            (quiet | {":sdk": {"sampled": True}}, quiet),
            (quiet | {":sdk": told}, {"b3": f"{TRACE}-{SPAN}-1"}),
            (quiet | {":sdk": told}, {"b3": f"{LOW}-{SPAN}-0"}),
            (quiet | {":sdk": told}, {}),
            ({":sdk": told}, quiet),
        ):
            self.assertEqual(len(list(faults_of_silence("b3", first, last, set()))), 1)


class SecretTest(unittest.TestCase):
    secret = Secret("a secret/value", Path("/nowhere"))

    def test_secret_is_found_in_every_form(self):
        for text in ("x a secret/value x", "YSBzZWNyZXQvdmFsdWU", "a%20secret%2Fvalue", "61207365637265742f76616c7565"):
            self.assertEqual(self.secret.seen_in({"page": text}), ["page"])

    def test_secret_that_is_not_there_is_not_found(self):
        self.assertEqual(self.secret.seen_in({"page": "a secret"}), [])


class OtlpTest(unittest.TestCase):
    def test_span_is_read_with_its_service(self):
        text = {"traceId": "t", "spanId": "s", "parentSpanId": "", "name": "n", "kind": 3, "startTimeUnixNano": "1000", "endTimeUnixNano": "4000"}
        resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "front"}}]}
        (read,) = spans_of({"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": [text]}]}]})
        self.assertEqual((read.who(), read.parent_id, read.duration_us), ("front CLIENT", None, 3))


if __name__ == "__main__":
    unittest.main()
