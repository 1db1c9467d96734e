"""The corpus's client in Python: python.py HOST PORT."""

import http.client
import sys

connection = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=20)
body = bytes(range(256)) * 400


def ask(method, path, status, **more):
    connection.request(method, path, **more)
    response = connection.getresponse()
    told = response.read()
    assert response.status == status, f"{method} {path}: {response.status} (expected: {status})"
    return told


assert ask("GET", "/small?q=1", 200) == b"small\n"
assert ask("HEAD", "/small", 200) == b""
assert b"two and a half" in ask("GET", "/chunked", 200, headers={"X-MiXeD-CaSe": " kept  as it is "})
assert ask("GET", "/empty", 204) == b""
assert ask("GET", "/unmodified", 304, headers={"If-None-Match": '"one"'}) == b""
assert len(ask("GET", "/big", 200)) == 1 << 20
assert ask("POST", "/echo", 200, body=body) == body
assert ask("POST", "/echo", 200, body=iter([b"a", b"bc", b"def"]), encode_chunked=True) == b"abcdef"
