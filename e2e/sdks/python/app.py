"""An application between two sidecars that is traced by a real SDK: continues the context that it receives, as a server's span with a
client's below it, asks the next service with the context that the SDK writes, and answers with what everyone received, and with what the
SDK made of it.

    app.py PORT NEXT SDK FORM
"""

import http.client
import importlib
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10


def main():
    port, following, sdk, form = sys.argv[1:]
    continued = importlib.import_module(f"by_{sdk}").continuing(form)
    ThreadingHTTPServer(("127.0.0.1", int(port)), handler(urlsplit(following), continued)).serve_forever()


def handler(following, continued):
    """continued: (fields received, what asks with the fields it is given) → what the SDK says of the context and its two spans."""

    class Application(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            received = {name.lower(): value for name, value in self.headers.items()}
            behind = []
            told = continued(received, lambda fields: behind.extend(ask(following, self.path, fields)))
            self.answer(json.dumps([{**received, ":sdk": told}, *behind]).encode())

        def answer(self, body):
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Application


def ask(following, path, fields):
    connection = http.client.HTTPConnection(following.hostname, following.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers=fields)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def told(trace, parent, client, sampled):
    """trace: hex digits or SkyWalking's text; parent: the span that was continued; client: the span that asked; each as its form writes it."""
    return {"trace": trace, "parent": parent, "client": client, "sampled": sampled}


if __name__ == "__main__":
    main()
