"""Compares three counts that nobody made from one another: requests that were answered, spans that a collector received, and the
sidecar's own account. Every request is sampled, so each answered one is a span. The account must balance whenever it is looked at, and
no request may fail, but while the JVM is dead.

Started by e2e/account, which makes the private namespaces.
"""

import argparse
from pathlib import Path

import loads
from account_ends import Ends
from bench import COLLECTOR_PORT, HTTP_PORT, sidetrace_of, start_nginx
from bench_proxies import BACKEND, COLLECTOR_HOSTS, Proxy, prepare_redirect
from counting import CountingCollector
from lab import Lab
from scrapes import Scrapes, settled

STATUS_PORT = 15020
# The compiler of the JVM is done by then.
WARM_UP_SECONDS, MAXIMUM_SECONDS = 5, 5
SHARE = 0.8
# What the load generator must have kept of the rate: on a busy machine it comes late, and measures another load than it says.
LEAST_KEPT = 0.9


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("image", type=Path, help="the sidecar's OCI archive")
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments.add_argument("--seconds", type=int, default=30, help="of load at 80 %% of the maximum, and of the collector's outage")
    arguments.add_argument("--ends", type=int, default=7, help="how often the sidecar is ended by each signal")
    arguments = arguments.parse_args()
    with Lab(COLLECTOR_HOSTS) as lab:
        start_nginx(lab)
        prepare_redirect()
        sidetrace = sidetrace_of(lab, arguments.image, loops=2, level="info")
        proxy = Proxy(lab, sidetrace, 0, 1, arguments.rendered, ("--status-port", str(STATUS_PORT)))
        collector = CountingCollector(BACKEND, COLLECTOR_PORT)
        proxy.start()
        phases = Phases(proxy, collector, arguments.seconds)
        exact = [phases.at_80_percent(), phases.over_an_outage()]
        proxy.stop()
        ends = Ends(proxy, collector, STATUS_PORT, HTTP_PORT, arguments.ends)
        exact += [ends.sigterm(), ends.sigterm_with_collector_down(), ends.sigterm_with_collector_silent(), ends.sigkill()]
    print(f"account: {len(exact)} phases, {sum(exact)} exact")
    raise SystemExit(0 if all(exact) else 1)


class Phases:
    """Load on one sidecar that lives on."""

    def __init__(self, proxy, collector, seconds):
        self.proxy, self.collector, self.seconds = proxy, collector, seconds
        self.rate = SHARE * self._maximum()

    def _maximum(self):
        loads.http(self.proxy.address, HTTP_PORT, WARM_UP_SECONDS)
        with Scrapes(STATUS_PORT) as scrapes:
            fastest = loads.http(self.proxy.address, HTTP_PORT, MAXIMUM_SECONDS)
        scrapes.expect_balance()
        account = settled(STATUS_PORT)
        self.answered = account.started  # those that were cut off at the end of the load among them
        print(f"maximum: {fastest.per_second:.0f} requests/s over {loads.CONNECTIONS} connections; {account}")
        return fastest.per_second

    def at_80_percent(self):
        return self._phase(f"80 % of the maximum for {self.seconds} s", lost_allowed=False)

    def over_an_outage(self):
        self.collector.down()
        return self._phase(f"collector outage of {self.seconds} s at 80 % of the maximum", lost_allowed=True, after=self.collector.up)

    def _phase(self, what, lost_allowed, after=lambda: None):
        """Balanced at every look, and in the end what was answered and received."""
        requests = round(self.rate * self.seconds)
        before = settled(STATUS_PORT)
        with Scrapes(STATUS_PORT) as scrapes:
            _, kept = loads.paced(self.proxy.address, HTTP_PORT, requests, self.rate)
            after()
            account = settled(STATUS_PORT)
        self.answered += requests
        received = len(self.collector.ids)
        exact = account.started == self.answered and account.exported == received and kept / self.rate >= LEAST_KEPT
        exact = exact and scrapes.balanced() and (lost_allowed or account.dropped_total == before.dropped_total)
        print(
            f"{'exact' if exact else 'WRONG'}: {what}: {kept:.0f} of {self.rate:.0f} requests/s, none failed; {self.answered} answered so far, "
            f"{account}, {received} received, {self.collector.received - received} of them twice; {scrapes}"
        )
        return exact


if __name__ == "__main__":
    main()
