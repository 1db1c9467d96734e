"""Tests of the readers of what collectors get: python3 -B -m unittest discover -s e2e/tools"""

import struct
import unittest

import msgpack_reader
from deviation import ABSENT
from deviations_skywalking import SKYWALKING
from case import case, get
from observation import in_digits
from protobuf import Message, fields_of
from received_spans import datadog, otlp, skywalking, xray, zipkin

TRACE, SPAN = bytes(range(16)), bytes(range(8))


def field(number, value):
    """One field of a message: text, bytes and messages by length, numbers as varints."""
    if isinstance(value, int):
        return bytes([number << 3, value])
    data = value.encode() if isinstance(value, str) else value
    return bytes([number << 3 | 2, len(data)]) + data


def fixed(number, value):
    return bytes([number << 3 | 1]) + struct.pack("<Q", value)


class ProtobufTest(unittest.TestCase):
    def test_fields_come_in_order_by_number(self):
        self.assertEqual(list(fields_of(field(1, 5) + field(2, "a") + fixed(3, 7))), [(1, 5), (2, b"a"), (3, struct.pack("<Q", 7))])

    def test_numbers_of_several_bytes(self):
        self.assertEqual(list(fields_of(b"\x08\xac\x02")), [(1, 300)])

    def test_field_that_is_cut_off_is_refused(self):
        with self.assertRaises((ValueError, IndexError)):
            list(fields_of(b"\x0a\x05ab"))


class MsgpackTest(unittest.TestCase):
    def test_what_datadog_sends_is_read(self):
        for data, value in {
            b"\x93\x01\xff\xc0": [1, -1, None],
            b"\x81\xa1a\xcb" + struct.pack(">d", 1.5): {"a": 1.5},
            b"\xcf" + b"\xff" * 8: (1 << 64) - 1,
            b"\xd9\x03abc": "abc",
            b"\xdc\x00\x01\xc3": [True],
            b"\xde\x00\x01\xa1k\xd1\xff\xfe": {"k": -2},
        }.items():
            self.assertEqual(msgpack_reader.read(data), value)

    def test_bytes_behind_a_message_are_refused(self):
        with self.assertRaises(ValueError):
            msgpack_reader.read(b"\x01\x02")

    def test_type_that_datadog_does_not_send_is_refused(self):
        with self.assertRaises(ValueError):
            msgpack_reader.read(b"\xd4\x01\x02")


class SpansTest(unittest.TestCase):
    def test_zipkin(self):
        data = field(1, TRACE) + field(3, SPAN) + field(4, 2) + field(5, "n") + fixed(6, 9) + field(7, 3) + field(13, 1)
        tag = field(11, field(1, "k") + field(2, "v"))
        read = zipkin(Message(data + tag))
        self.assertEqual((read["traceId"], read["id"], read["kind"], read["shared"]), (TRACE.hex(), SPAN.hex(), "SERVER", True))
        self.assertEqual((read["timestamp"], read["duration"], read["tags"]), (9, 3, {"k": "v"}))
        self.assertNotIn("parentId", read)

    def test_otlp(self):
        attribute = field(9, field(1, "k") + field(2, field(1, "v"))) + field(9, field(1, "n") + field(2, field(3, 4)))
        span = field(1, TRACE) + field(2, SPAN) + field(5, "n") + field(6, 3) + fixed(7, 1000) + fixed(8, 5000) + attribute + field(15, field(3, 2))
        resource = field(1, field(1, field(1, "service.name") + field(2, field(1, "shop"))))
        (read,) = otlp(Message(field(1, resource + field(2, field(1, field(1, "scope")) + field(2, span)))))
        self.assertEqual((read["kind"], read["status"], read["duration"]), ("CLIENT", 2, 4))
        self.assertEqual(read["tags"], {"k": "v", "n": "integer 4"})
        self.assertEqual((read["resource service.name"], read["scope name"]), ("shop", "scope"))

    def test_datadog(self):
        span = {"trace_id": 1, "span_id": 2, "parent_id": 0, "resource": "r", "name": "o", "service": "s", "type": "web", "error": 0}
        times = {"start": 1000, "duration": 2000, "meta": {"_dd.p.tid": "000000000000000a"}, "metrics": {"process_id": 7.0, "p": 1.0}}
        (read,) = datadog([span | times])
        self.assertEqual((read["traceId"], read["id"]), ("000000000000000a0000000000000001", "0000000000000002"))
        self.assertEqual((read["metric process_id"], read["metric p"]), ("a number", "1.0"))
        self.assertNotIn("parentId", read)

    def test_xray(self):
        times = {"start_time": 1.0, "end_time": 1.5}
        read = xray({"name": "n", "id": "i", "trace_id": "1-aa-bb", **times, "http": {"response": {"status": 200}}, "annotations": {"k": "v"}})
        self.assertEqual((read["traceId"], read["duration"], read["http response status"], read["tags"]), ("aabb", 500_000, "200", {"k": "v"}))

    def test_skywalking(self):
        above = bytes([2 << 3]) + b"\xff" * 9 + b"\x01"
        reference = field(5, field(2, "t") + field(3, "seg0") + field(4, 2) + field(5, "caller"))
        span = field(3, above + field(3, 5) + field(4, 6) + reference + field(6, "/a") + field(8, 1))
        (read,) = skywalking(Message(field(1, "t") + field(2, "seg1") + span + field(4, "shop")))
        self.assertEqual((read["traceId"], read["id"], read["parentId"], read["kind"]), ("t", "seg1:0", "seg0:2", "Exit"))
        self.assertEqual((read["service"], read["reference service"]), ("shop", "caller"))


class DigitsTest(unittest.TestCase):
    def test_identifiers_are_told_as_digits(self):
        self.assertEqual(in_digits("X-Datadog-Trace-Id", "26"), "000000000000001a")
        self.assertEqual(in_digits("x-amzn-trace-id", f"Root=1-{'a' * 8}-{'b' * 24};Sampled=1"), f"Root={'a' * 8}{'b' * 24};Sampled=1")
        self.assertEqual(in_digits("sw8", "1-dA==-cw==-3-c3Zj-aQ==-ZQ==-cA=="), "1 t s:3 svc i e p")
        self.assertEqual(in_digits("x-other", "26"), "26")


class SkyWalkingDeviationsTest(unittest.TestCase):
    def masks(self, name, theirs, ours, provider="skywalking", **more):
        (deviation,) = [deviation for deviation in SKYWALKING if deviation.name == name]
        return deviation.holds(theirs, ours, case("id", "row", get(), provider=provider, **more))

    def test_identifiers_may_look_otherwise_and_nothing_else(self):
        self.assertTrue(self.masks("SkyWalking: id", "<new 1, UUID with 4>:1", "<new 1, 32 digits>-<new 2, 16 digits>:0"))
        self.assertFalse(self.masks("SkyWalking: id", "<new 1, UUID with 4>:1", ABSENT))
        self.assertFalse(self.masks("SkyWalking: id", "<new 1, UUID with 4>:1", "<new 2, 16 digits>:0", provider="zipkin"))

    def test_context_differs_in_its_address_alone(self):
        spawned = {"tracing": {"spawn_upstream_span": True}}
        theirs = "sw8: 1 <new 1, UUID with 4> <new 2, UUID with 4>:1 shop shop-1 /orders 127.0.0.1:80"
        ours = "sw8: 1 <new 1, 32 digits> <new 1, 32 digits>-<new 2, 16 digits>:0 shop shop-1 /orders shop.example"
        self.assertTrue(self.masks("SkyWalking: sw8", theirs, ours, **spawned))
        self.assertFalse(self.masks("SkyWalking: sw8", theirs, ours.replace("/orders", "/other"), **spawned))


if __name__ == "__main__":
    unittest.main()
