"""Tests of what the demo and the scenarios judge by: python3 -B -m unittest discover -s e2e/tools"""

import contextlib
import io
import unittest

import flood
import h2spec
from account_ends import End, window_ms
from compare import differences_of, shapes
from floods import Attack
from scrapes import Account, account_of
from spans import REQUEST_ID_TAG, Span, by_trace, chain, tree_lines
from steady_load import Request


def span(id, parent=None, trace="t", service="service1", kind="SERVER", timestamp=0, **tags):
    return Span(trace, id, parent, service, kind, "name", timestamp, 1500, False, tags)


class ChainTest(unittest.TestCase):
    def test_chain_runs_from_the_root_down_whatever_the_order_of_arrival(self):
        trace = [span("c", "b", service="c"), span("a", service="a", kind="CLIENT"), span("b", "a", service="b")]
        self.assertEqual(chain(trace), ["a CLIENT", "b SERVER", "c SERVER"])

    def test_chain_of_a_branching_trace_is_none(self):
        self.assertIsNone(chain([span("a"), span("b", "a"), span("c", "a")]))

    def test_chain_with_a_span_apart_is_none(self):
        self.assertIsNone(chain([span("a"), span("b", "lost")]))

    def test_chain_starts_where_the_parent_is_not_in_the_trace(self):
        self.assertEqual(chain([span("a", "the client's")]), ["service1 SERVER"])


class TreeTest(unittest.TestCase):
    def test_tree_shows_each_span_below_its_parent_with_its_request_id(self):
        trace = [span("a", kind="CLIENT"), span("b", "a", **{REQUEST_ID_TAG: "r-1"})]
        head, root, child = tree_lines(trace)
        self.assertEqual(head, "trace t, 2 spans")
        self.assertRegex(root, r"^  └─ service1 CLIENT name +1\.500 ms   x-request-id -$")
        self.assertRegex(child, r"^     └─ service1 SERVER name +1\.500 ms   x-request-id r-1$")

    def test_traces_come_in_the_order_of_their_beginning(self):
        traces = by_trace([span("b", trace="later", timestamp=2), span("a", trace="first", timestamp=1)])
        self.assertEqual([trace[0].trace_id for trace in traces], ["first", "later"])


class ParseTest(unittest.TestCase):
    def test_span_keeps_what_the_collector_was_sent(self):
        read = Span.parse({"traceId": "t", "id": "a", "kind": "CLIENT", "localEndpoint": {"serviceName": "s"}, "tags": {"k": "v"}})
        self.assertEqual((read.who(), read.parent_id, read.tags, read.request_id), ("s CLIENT", None, {"k": "v"}, ""))


class DifferencesTest(unittest.TestCase):
    head = (200, (("server", "envoy"),))

    def differences(self, theirs, ours):
        return [what for what, _, _ in differences_of((self.head, shapes(theirs)), (self.head, shapes(ours)))]

    def test_the_same_trace_with_other_ids_and_times_agrees(self):
        self.assertEqual(self.differences([span("a", timestamp=1)], [span("b", trace="u", timestamp=2)]), [])

    def test_a_tag_of_another_value_and_one_that_is_missing_are_two_differences(self):
        self.assertEqual(
            self.differences([span("a", status="200", zone="z")], [span("a", status="500")]),
            ["/service1 SERVER tag status", "/service1 SERVER tag zone"],
        )

    def test_another_shape_is_one_difference(self):
        self.assertEqual(self.differences([span("a"), span("b", "a")], [span("a")]), ["tree"])

    def test_another_status_is_a_difference(self):
        self.assertEqual([what for what, _, _ in differences_of((self.head, []), ((502, self.head[1]), []))], ["status"])


METRICS = """
otel_sdk_span_started_total 10
otel_sdk_exporter_span_exported_total 5
otel_sdk_exporter_span_exported_total{error_type="unreachable"} 2
otel_sdk_processor_span_processed_total{error_type="queue_full"} 1
otel_sdk_processor_span_queue_size 2
"""


class AccountTest(unittest.TestCase):
    def test_account_is_read_with_every_reason(self):
        self.assertEqual(account_of(METRICS), Account(10, 5, 2, {"unreachable": 2, "queue_full": 1}))

    def test_account_balances_to_the_span(self):
        self.assertTrue(Account(10, 5, 2, {"queue_full": 3}).balances())
        self.assertFalse(Account(10, 5, 2, {"queue_full": 2}).balances())


def end(*requests, started=1, received=1, seconds=1.0):
    return End(requests, 10.0, seconds, Account(started, started, 0, {}), received)


class EndTest(unittest.TestCase):
    ANSWERED = Request(sent=9.0, done=9.1, opened=8.0)

    def test_request_on_a_connection_that_was_open_may_not_fail(self):
        self.assertFalse(end(self.ANSWERED, Request(10.2, 10.3, 9.0, "ConnectionResetError")).is_exact())

    def test_request_that_was_under_way_may_not_fail(self):
        self.assertFalse(end(self.ANSWERED, Request(9.9, 10.3, None, "ConnectionRefusedError")).is_exact())

    def test_connection_that_came_later_may_be_refused(self):
        self.assertTrue(end(self.ANSWERED, Request(10.2, 10.3, None, "ConnectionRefusedError")).is_exact())

    def test_span_that_did_not_arrive_is_missed(self):
        self.assertFalse(end(self.ANSWERED, received=0).is_exact())
        self.assertFalse(end(self.ANSWERED, started=0, received=0).is_exact())

    def test_end_may_not_take_longer_than_two_seconds(self):
        self.assertFalse(end(self.ANSWERED, seconds=2.1).is_exact())

    def test_window_is_the_longest_time_without_an_answer(self):
        answers = [Request(at, at, 0.0) for at in (9.0, 9.95, 10.0, 10.5, 10.6, 12.0)]
        refused = Request(10.2, 10.2, None, "ConnectionRefusedError")
        self.assertAlmostEqual(window_ms([*answers, refused], 10.0, 11.0), 500)


class H2specTest(unittest.TestCase):
    def faults(self, alone, ours):
        with contextlib.redirect_stdout(io.StringIO()):
            return h2spec.report("a server", {"case": alone}, {"case": None}, {"case": ours})

    def test_a_case_that_the_server_passes_alone_is_a_fault(self):
        self.assertEqual(self.faults(alone=None, ours="Timeout"), 1)

    def test_a_case_that_the_server_fails_too_is_none(self):
        self.assertEqual(self.faults(alone="Timeout", ours="Timeout"), 0)

    def test_a_case_that_passes_is_none(self):
        self.assertEqual(self.faults(alone="Timeout", ours=None), 0)

    def test_a_case_with_a_reason_is_none(self):
        name = next(iter(h2spec.REASONS))
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(h2spec.report("a server", {name: None}, {}, {name: "Timeout"}), 0)


class FloodTest(unittest.TestCase):
    def fault(self, **changed):
        good = {"side": "client", "kind": "pings", "survived": 0, "closed": 8, "codes": (11,), "cpu": 0.1, "proxy_cpu": 1, "p99_ms": 1.4, "unanswered": 0}
        return Attack(**{**good, **changed}).fault()

    def test_an_attack_is_stood_when_all_bars_are_met(self):
        self.assertIsNone(self.fault())

    def test_each_bar_that_is_missed_is_told(self):
        self.assertIn("100.0 times the attacker's", self.fault(proxy_cpu=10))
        self.assertIn("2 connections survived", self.fault(survived=2))
        self.assertIn("0 were closed", self.fault(closed=0))
        self.assertIn("2 of the neighbours' requests", self.fault(unanswered=2))

    def test_goaway_is_found_between_other_frames(self):
        goaway = flood.frame(flood.GOAWAY, 0, 0, bytes(4) + (11).to_bytes(4, "big") + b"calm")
        heard = flood.frame(flood.PING, 0, 0, bytes(8)) + goaway + flood.frame(flood.DATA, 0, 1, b"x")[:5]
        self.assertEqual(list(flood.goaway_codes(heard)), [11])


if __name__ == "__main__":
    unittest.main()
