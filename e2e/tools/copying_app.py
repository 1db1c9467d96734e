"""An application behind sidecars that knows nothing of tracing but to copy header fields: asks the next service with the fields that it
was told to copy, and answers with what it and everyone behind it received.

    copying_app.py PORT NEXT FIELD…        NEXT: URL of the next service, or `-`

The answer is a JSON list with an object of header fields (lower-case names) for each service, the nearest first.
"""

import http.client
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10


def main():
    port, following, *copied = sys.argv[1:]
    ThreadingHTTPServer(("127.0.0.1", int(port)), handler(None if following == "-" else urlsplit(following), copied)).serve_forever()


def handler(following, copied):
    class Application(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            received = {name.lower(): value for name, value in self.headers.items()}
            try:
                behind = ask(following, self.path, {name: received[name] for name in copied if name in received}) if following else []
                self.answer(200, json.dumps([received, *behind]))
            except OSError as unreachable:
                self.answer(502, f"the next service did not answer: {unreachable}")

        def answer(self, status, text):
            body = text.encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Application


def ask(following, path, headers):
    connection = http.client.HTTPConnection(following.hostname, following.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise OSError(f"{response.status} {body[:200]!r}")
        return json.loads(body)
    finally:
        connection.close()


if __name__ == "__main__":
    main()
