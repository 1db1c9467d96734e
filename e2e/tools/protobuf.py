"""Protocol Buffers as they are on the wire, without any schema."""

VARINT, FIXED_64, DELIMITED, FIXED_32 = 0, 1, 2, 5


def fields_of(message):
    """(number, value) of each field in order: the number of a varint, the bytes of all else."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        kind = tag & 7
        if kind == VARINT:
            value, at = varint(message, at)
        else:
            size, at = varint(message, at) if kind == DELIMITED else ({FIXED_64: 8, FIXED_32: 4}[kind], at)
            if at + size > len(message):
                raise ValueError(f"field {tag >> 3} of {size} bytes at {at} (expected: within {len(message)})")
            value, at = message[at : at + size], at + size
        yield tag >> 3, value


def varint(message, at):
    value, shift = 0, 0
    while True:
        byte = message[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            return value, at


class Message:
    """A message by the numbers of its fields; what comes twice is a list in order, and of what must come once the last counts."""

    def __init__(self, data):
        self._fields = {}
        for number, value in fields_of(data):
            self._fields.setdefault(number, []).append(value)

    def __contains__(self, number):
        return number in self._fields

    def values(self, number):
        return self._fields.get(number, [])

    def last(self, number, default):
        return self._fields.get(number, [default])[-1]

    def number(self, number):
        return self.last(number, 0)

    def fixed(self, number):
        return int.from_bytes(self.last(number, b""), "little")

    def text(self, number):
        return self.last(number, b"").decode()

    def hex(self, number):
        return self.last(number, b"").hex()

    def message(self, number):
        return Message(self.last(number, b""))

    def messages(self, number):
        return [Message(value) for value in self.values(number)]
