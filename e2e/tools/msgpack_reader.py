"""MessagePack, as far as Datadog's messages are made of it."""

import struct

# First byte → how many bytes say the length, or the format of the number that follows.
TEXTS = {0xD9: 1, 0xDA: 2, 0xDB: 4, 0xC4: 1, 0xC5: 2, 0xC6: 4}
LISTS, MAPS = {0xDC: 2, 0xDD: 4}, {0xDE: 2, 0xDF: 4}
NUMBERS = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}


def read(data):
    """The one value of a message; anything behind it is refused."""
    value, at = _value(data, 0)
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes behind the message (expected: none)")
    return value


def _value(data, at):
    first, at = data[at], at + 1
    if first < 0x80:
        return first, at
    if first >= 0xE0:
        return first - 0x100, at
    if first in CONSTANTS:
        return CONSTANTS[first], at
    if first in NUMBERS:
        size = struct.calcsize(NUMBERS[first])
        return struct.unpack(NUMBERS[first], data[at : at + size])[0], at + size
    return _composed(data, at, first)


def _composed(data, at, first):
    if first < 0x90:
        return _map(data, at, first & 0xF)
    if first < 0xA0:
        return _list(data, at, first & 0xF)
    if first < 0xC0:
        return _text(data, at, first & 0x1F)
    for kinds, reader in ((TEXTS, _text), (LISTS, _list), (MAPS, _map)):
        if first in kinds:
            size = kinds[first]
            return reader(data, at + size, int.from_bytes(data[at : at + size], "big"))
    raise ValueError(f"type {first:#x} at {at - 1} (expected: one of Datadog's)")


def _text(data, at, length):
    return data[at : at + length].decode(), at + length


def _list(data, at, length):
    values = []
    for _ in range(length):
        value, at = _value(data, at)
        values.append(value)
    return values, at


def _map(data, at, length):
    values = {}
    for _ in range(length):
        key, at = _value(data, at)
        values[key], at = _value(data, at)
    return values, at
