"""The sidecar's account of its spans, as its metrics page tells it: `started = exported + dropped + queued`, at every moment."""

import http.client
import re
import threading
import time
from dataclasses import dataclass

# Twice the ten looks a second that are wanted.
PAUSE_SECONDS, LEAST_PER_SECOND = 0.05, 10
SETTLE_SECONDS = 60
SAMPLE = re.compile(r'^otel_sdk_(\w+?)(?:\{error_type="(\w+)"\})? (\d+)$', re.MULTILINE)


@dataclass(frozen=True)
class Account:
    started: int
    exported: int
    queued: int
    dropped: dict

    @property
    def dropped_total(self):
        return sum(self.dropped.values())

    def balances(self):
        return self.started == self.exported + self.dropped_total + self.queued

    def __str__(self):
        lost = " ".join(f"{reason} {count}" for reason, count in sorted(self.dropped.items()) if count) or "none"
        return f"{self.started} started = {self.exported} exported + {self.dropped_total} dropped ({lost}) + {self.queued} queued"


def look(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/metrics")
        return account_of(connection.getresponse().read().decode())
    finally:
        connection.close()


def account_of(page):
    counts = {(name, reason): int(count) for name, reason, count in SAMPLE.findall(page)}
    return Account(
        counts["span_started_total", ""],
        counts["exporter_span_exported_total", ""],
        counts["processor_span_queue_size", ""],
        {reason: count for (_, reason), count in counts.items() if reason},
    )


def settled(port):
    """The account once nothing is queued any more."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (account := look(port)).queued:
        if time.monotonic() > deadline:
            raise SystemExit(f"{account} after {SETTLE_SECONDS} s (expected: nothing queued)")
        time.sleep(PAUSE_SECONDS)
    return account


class Scrapes:
    """Looks at the account again and again while it is entered."""

    def __init__(self, port):
        self.port, self.accounts, self.unbalanced = port, 0, []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.began = time.monotonic()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        self.seconds = time.monotonic() - self.began

    def _look(self):
        while not self.ended.wait(PAUSE_SECONDS):
            account = look(self.port)
            self.accounts += 1
            if not account.balances():
                self.unbalanced.append(account)

    def balanced(self):
        return not self.unbalanced and self.accounts / self.seconds >= LEAST_PER_SECOND

    def expect_balance(self):
        if not self.balanced():
            raise SystemExit(f"{self} (expected: all balanced, at least {LEAST_PER_SECOND}/s)")

    def __str__(self):
        broken = f", {len(self.unbalanced)} do not balance, first {self.unbalanced[0]}" if self.unbalanced else ", all balance"
        return f"{self.accounts} looks ({self.accounts / self.seconds:.0f}/s){broken}"
