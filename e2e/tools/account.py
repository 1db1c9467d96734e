"""Compares three counts that nobody made from one another: requests that were answered, spans that a collector received, and the
sidecar's own account. Every request is sampled, so each answered one is a span; the account must balance at every look at it.

Started by e2e/account, which makes the private namespaces.
"""

import argparse
import http.client
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import loads
from bench import COLLECTOR_PORT, HTTP_PORT, sidetrace_of, start_nginx
from bench_proxies import BACKEND, COLLECTOR_HOSTS, Proxy, prepare_redirect
from lab import Lab

SPAN_ID = re.compile(rb'"id":"([0-9a-f]{16})"')
OUTAGE_SECONDS = 30
# Few enough that memory holds them all; what is lost nevertheless are batches that were tried too often, and they are counted.
OUTAGE_REQUESTS_PER_SECOND = 100
SETTLE_SECONDS = 20
CLIENTS = 8


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("image", type=Path, help="the sidecar's OCI archive")
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments.add_argument("--seconds", type=int, default=10, help="of load at 80 % of the maximum")
    arguments = arguments.parse_args()
    with Lab(COLLECTOR_HOSTS) as lab:
        start_nginx(lab)
        prepare_redirect()
        proxy = Proxy(lab, sidetrace_of(lab, arguments.image), 0, 1, arguments.rendered)
        phases = Phases(proxy)
        proxy.start()
        exact = [phases.at_80_percent(arguments.seconds), phases.over_an_outage(), phases.over_sigterm()]
    print(f"account: {len(exact)} phases, {sum(exact)} exact")
    raise SystemExit(0 if all(exact) else 1)


class Collector:
    """Counts the spans of every message that it answered with 202. It can be down: then nothing listens."""

    def __init__(self):
        self.ids, self.received, self._lock = set(), 0, threading.Lock()
        self.up()

    def up(self):
        self._server = ThreadingHTTPServer((BACKEND, COLLECTOR_PORT), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self):
        """Also ends the connections that stand, before their next answer."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(collector):
        own_server = lambda handler: handler.server is collector._server and handler.server.socket.fileno() >= 0

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                if not own_server(self):
                    self.close_connection = True
                    return
                ids = SPAN_ID.findall(body)
                with collector._lock:
                    collector.ids.update(ids)
                    collector.received += len(ids)
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler


class Phases:
    def __init__(self, proxy):
        self.proxy, self.collector = proxy, Collector()
        self.sent = 0

    def at_80_percent(self, seconds):
        fastest = loads.http(self.proxy.address, HTTP_PORT, 5)
        *_, settled = self.looks()
        self.sent = settled["started"]  # those that were cut off at the end of the load among them
        rate = 0.8 * fastest.per_second
        self.paced(round(rate * seconds), rate)
        return self.settled(f"80 % of the maximum ({rate:.0f} requests/s)", lost_allowed=False)

    def over_an_outage(self):
        self.collector.down()
        self.paced(OUTAGE_SECONDS * OUTAGE_REQUESTS_PER_SECOND, OUTAGE_REQUESTS_PER_SECOND)
        self.collector.up()
        return self.settled(f"collector outage of {OUTAGE_SECONDS} s at {OUTAGE_REQUESTS_PER_SECOND} requests/s", lost_allowed=True)

    def over_sigterm(self):
        """The clients stop where the sidecar does; what it answered before must have arrived."""
        before, answered, stop = len(self.collector.ids), [0] * CLIENTS, threading.Event()
        clients = [threading.Thread(target=self._ask_until_refused, args=(answered, index, stop)) for index in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(2)
        began = time.monotonic()
        self.proxy.stop()
        took = time.monotonic() - began
        stop.set()
        for client in clients:
            client.join()
        received = len(self.collector.ids) - before
        exact = received == sum(answered)
        print(f"{'exact' if exact else 'WRONG'}: SIGTERM under load: {sum(answered)} answered, {received} spans received; ended in {took:.2f} s")
        return exact

    def _ask_until_refused(self, answered, index, stop):
        connection = http.client.HTTPConnection(self.proxy.address, HTTP_PORT, timeout=5)
        while not stop.is_set():
            try:
                connection.request("GET", "/")
                response = connection.getresponse()
                response.read()
                answered[index] += response.status == 200
            except (OSError, http.client.HTTPException):
                return

    def paced(self, requests, rate):
        loads.latencies_us(self.proxy.address, HTTP_PORT, requests, clients=loads.CONNECTIONS, rate=rate)
        self.sent += requests

    def settled(self, what, lost_allowed):
        """The account must balance at every look at it, and in the end be what was sent and received."""
        for looks, account in enumerate(self.looks(), start=1):
            if account["started"] != account["exported"] + account["dropped"] + account["queued"]:
                print(f"WRONG: {what}: {account} does not balance")
                return False
        received = len(self.collector.ids)
        exact = account["started"] == self.sent and account["exported"] == received and (lost_allowed or account["dropped"] == 0)
        twice = self.collector.received - received
        print(f"{'exact' if exact else 'WRONG'}: {what}: {self.sent} answered; {account}; {received} received, {twice} of them twice; {looks} looks")
        return exact

    def looks(self):
        """The account again and again, until nothing is queued or that takes too long."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            account = self.account()
            yield account
            if account["queued"] == 0 or time.monotonic() > deadline:
                return
            time.sleep(0.05)

    def account(self):
        """The four counts of the metrics page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.ports[15000], timeout=5)
        connection.request("GET", "/stats")
        counts = dict(line.split(": ") for line in connection.getresponse().read().decode().splitlines())
        connection.close()
        dropped = ("otel.sdk.exporter.span.exported.", "otel.sdk.processor.span.processed.")
        return {
            "started": int(counts["otel.sdk.span.started"]),
            "exported": int(counts["otel.sdk.exporter.span.exported"]),
            "dropped": sum(int(count) for name, count in counts.items() if name.startswith(dropped)),
            "queued": int(counts["otel.sdk.processor.span.queue.size"]),
        }


if __name__ == "__main__":
    main()
