"""Tests of the conformance comparison without any proxy: python3 -B -m unittest discover -s e2e/tools"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import case_tables  # noqa: E402  (the path above is for the cases)
from case import case, get, response  # noqa: E402
from cases import CASES  # noqa: E402
from cases.rows import ROWS  # noqa: E402
from conformance import Difference, differences_of  # noqa: E402
from deviations import DEVIATIONS  # noqa: E402
from exchange import Seen  # noqa: E402
from http1 import Message  # noqa: E402
from observation import fields  # noqa: E402
from spans import as_version_2  # noqa: E402

SENT, NEW = "0020000000000001", "00f067aa0ba902b7"


class TablesTest(unittest.TestCase):
    def test_tables_are_up_to_date(self):
        written = case_tables.README.read_text().partition(case_tables.BEGIN)[2]
        self.assertEqual(written, case_tables.tables(), "e2e/tools/case_tables.py writes them")

    def test_every_row_has_a_case_and_every_case_a_row(self):
        rows = {row for table in ROWS.values() for row in table}
        self.assertEqual({row for case in CASES for row in case.rows}, rows)
        self.assertEqual([case.id for case in CASES if not case.rows], [])

    def test_ids_are_given_once(self):
        ids = [case.id for case in CASES]
        self.assertEqual(sorted(set(ids)), sorted(ids))
        self.assertGreaterEqual(len(ids), 200)

    def test_deviations_are_named_once_and_mask_one_field_each(self):
        names = [deviation.name for deviation in DEVIATIONS]
        self.assertEqual(sorted(set(names)), sorted(names))


class ObservationTest(unittest.TestCase):
    def observed(self, *lines, sent=(("x-b3-spanid", SENT),)):
        message = Message("GET / HTTP/1.1", tuple(lines))
        return fields(case("c", "", get(headers=sent), response()), Seen(requests=[message]), [])

    def test_identifier_that_was_sent_stays_and_a_new_one_is_numbered(self):
        found = self.observed(f"x-b3-traceid: {NEW}", f"x-b3-spanid: {SENT}", f"x-b3-parentspanid: {NEW}")
        self.assertEqual(found["upstream 1: field x-b3-traceid"], "x-b3-traceid: <new 1, 16 digits>")
        self.assertEqual(found["upstream 1: field x-b3-spanid"], f"x-b3-spanid: {SENT}")
        self.assertEqual(found["upstream 1: field x-b3-parentspanid"], "x-b3-parentspanid: <new 1, 16 digits>")

    def test_lines_in_their_order_are_the_senders(self):
        sent = (("X-A", "1"), ("X-B", "2"))
        self.assertEqual(self.observed("X-A: 1", "x-new: 3", "X-B: 2", sent=sent)["upstream 1: line bytes and order"], "the sender's")

    def test_lines_that_moved_or_were_written_anew_are_not_the_senders(self):
        sent = (("X-A", "1"), ("X-B", "2"))
        for lines in (("X-B: 2", "X-A: 1"), ("X-A:1", "X-B: 2"), ("x-a: 1", "X-B: 2")):
            self.assertNotEqual(self.observed(*lines, sent=sent)["upstream 1: line bytes and order"], "the sender's")


class DifferencesTest(unittest.TestCase):
    def test_a_request_that_only_one_passes_on_is_one_difference(self):
        theirs = {"upstream requests": "1", "spans": "1", "client 1: start": "HTTP/1.1 200 OK"}
        ours = {"upstream requests": "0", "spans": "0", "client 1: start": "HTTP/1.1 400 Bad Request"}
        self.assertEqual(list(differences_of(theirs, ours)), [Difference("upstream requests", "1", "0")])

    def test_a_missing_span_is_one_difference(self):
        theirs = {"upstream requests": "1", "spans": "1", "span 1: name": "a"}
        self.assertEqual([found.field for found in differences_of(theirs, {"upstream requests": "1", "spans": "0"})], ["spans"])


class DeviationsTest(unittest.TestCase):
    def masked(self, field, theirs, ours, rows=""):
        given = case("c", rows, get())
        return [deviation.name for deviation in DEVIATIONS if deviation.masks(Difference(field, theirs, ours), given)]

    def test_shared_is_masked_on_roots_that_we_do_not_share_only(self):
        self.assertEqual(self.masked("span 1: shared", "True", "absent"), ["no shared root"])
        self.assertEqual(self.masked("span 1: shared", "absent", "True"), [])

    def test_context_is_masked_in_cases_of_malformed_ones_only(self):
        self.assertEqual(self.masked("upstream 1: field x-b3-traceid", "a", "b"), [])
        self.assertEqual(self.masked("upstream 1: field x-b3-traceid", "a", "b", "b3.malformed-multi"), ["malformed context: x-b3-traceid"])

    def test_other_tags_are_never_masked(self):
        self.assertEqual(self.masked("span 1: tag http.url", "a", "b", "b3.malformed-multi"), [])


class VersionTest(unittest.TestCase):
    def test_span_of_version_1_is_read_as_one_of_version_2(self):
        endpoint = {"serviceName": "s", "ipv4": "127.0.0.1", "port": 0}
        notes = [{"timestamp": at, "value": value, "endpoint": endpoint} for at, value in ((5, "sr"), (9, "ss"))]
        read = as_version_2(
            {"traceId": "t", "id": "i", "name": "n", "annotations": notes, "binaryAnnotations": [{"key": "k", "value": "v"}]}
        )
        self.assertEqual((read["kind"], read["duration"], read["tags"], read["shared"]), ("SERVER", 4, {"k": "v"}, True))


if __name__ == "__main__":
    unittest.main()
