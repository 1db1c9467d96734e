"""How the sidecar ends under load: by SIGTERM, with every kind of collector, and by SIGKILL of its JVM."""

import os
import re
import signal
import statistics
import time
from pathlib import Path

from lab import run
from scrapes import Account, look, settled
from steady_load import Load

CONNECTIONS, PER_SECOND = 32, 1000
# Of load before a signal. A JVM that lived for less than two seconds is not restarted at once.
BEFORE_SECONDS, LIFE_SECONDS, RECOVERY_SECONDS = 2, 3.5, 20
LONGEST_END_SECONDS = 2
LAST_ACCOUNT = re.compile(r"ended with (\d+) spans started, (\d+) exported, (\d+) queued, dropped: \{(.*)\}")


class Ends:
    def __init__(self, proxy, collector, status_port, http_port, times):
        self.proxy, self.collector = proxy, collector
        self.status_port, self.http_port, self.times = status_port, http_port, times

    def sigterm(self):
        return self._sigterms("SIGTERM under load", lost_allowed=False)

    def sigterm_with_collector_down(self):
        self.collector.down()
        try:
            return self._sigterms("SIGTERM under load, collector down", lost_allowed=True)
        finally:
            self.collector.up()

    def sigterm_with_collector_silent(self):
        """Nothing that is sent to it arrives, on connections that stand neither."""
        run("nft", "add table ip hole; add chain ip hole out { type filter hook output priority 0; }")
        run("nft", f"add rule ip hole out ip daddr {self.collector.address} tcp dport {self.collector.port} drop")
        try:
            return self._sigterms("SIGTERM under load, collector silent", lost_allowed=True)
        finally:
            run("nft", "delete table ip hole")

    def _sigterms(self, what, lost_allowed):
        ends = [self._sigterm() for _ in range(self.times)]
        exact = all(end.is_exact() and (lost_allowed or end.account.dropped_total == 0) for end in ends)
        took = sorted(end.seconds for end in ends)
        total = lambda count: sum(map(count, ends))
        lost = sorted({reason for end in ends for reason, count in end.account.dropped.items() if count})
        print(
            f"{'exact' if exact else 'WRONG'}: {what}, {self.times} times: {total(lambda end: end.answered)} answered, "
            f"{total(lambda end: len(end.failed))} failed of those whose connection was open, "
            f"{total(lambda end: end.turned_away)} turned away later; spans: {total(lambda end: end.account.started)} started, "
            f"{total(lambda end: end.account.exported)} exported, {total(lambda end: end.received)} received, "
            f"{total(lambda end: end.account.dropped_total)} dropped {lost}; "
            f"ended in {statistics.median(took):.2f} s ({took[0]:.2f}..{took[-1]:.2f})"
        )
        for end in ends:
            if not end.is_exact():
                print(f"       {end.account}; {end.failed[:3]}")
        return exact

    def _sigterm(self):
        before = len(self.collector.ids)
        self.proxy.start()
        load = Load(self.proxy.address, self.http_port, CONNECTIONS, PER_SECOND).start()
        time.sleep(BEFORE_SECONDS)
        at = time.monotonic()
        self.proxy.stop()
        return End(load.stop(), at, time.monotonic() - at, self._last_account(), len(self.collector.ids) - before)

    def _last_account(self):
        """The last word of a process on its spans, in its log."""
        told = LAST_ACCOUNT.findall(self.proxy.process.log.read_text())
        if not told:
            raise SystemExit(f"{self.proxy.process.tail()}\n(expected: the account of the spans)")
        started, exported, queued, dropped = told[-1]
        return Account(int(started), int(exported), int(queued), {reason: int(count) for reason, count in re.findall(r"(\w+)=(\d+)", dropped)})

    def sigkill(self):
        """Of the JVM: its launcher starts it again. Spans that it held are gone; how many is told."""
        before = len(self.collector.ids)
        self.proxy.start()
        load = Load(self.proxy.address, self.http_port, CONNECTIONS, PER_SECOND).start()
        kills = [self._kill() for _ in range(self.times)]
        time.sleep(BEFORE_SECONDS)
        requests = load.stop()
        account, answered = settled(self.status_port), sum(not request.failure for request in requests)
        received = len(self.collector.ids) - before
        windows = [window_ms(requests, begin, end) for begin, end in zip(kills, [*kills[1:], time.monotonic()])]
        exact = account.balances() and account.dropped_total == 0 and received <= answered
        print(
            f"{'exact' if exact else 'WRONG'}: SIGKILL of the JVM under load, {self.times} times: no answer for "
            f"{statistics.median(windows):.0f} ms ({min(windows):.0f}..{max(windows):.0f}); {answered} answered, {len(requests) - answered} failed, "
            f"{answered - received} spans lost with their JVM; the last one's account: {account}"
        )
        self.proxy.stop()
        return exact

    def _kill(self):
        """When it was; returns once the next JVM has lived for long enough."""
        (jvm,) = [pid for pid in self.proxy.pids() if Path(f"/proc/{pid}/comm").read_text().strip() == "java"]
        time.sleep(LIFE_SECONDS)
        at = time.monotonic()
        os.kill(jvm, signal.SIGKILL)
        while not self._is_back(jvm):
            if time.monotonic() > at + RECOVERY_SECONDS:
                raise SystemExit(f"not back within {RECOVERY_SECONDS} s:\n{self.proxy.process.tail()}")
            time.sleep(0.05)
        return at

    def _is_back(self, killed):
        try:
            return look(self.status_port).started > 0 and killed not in self.proxy.pids()
        except OSError:
            return False


class End:
    """What came of one SIGTERM."""

    def __init__(self, requests, at, seconds, account, received):
        failed = [request for request in requests if request.failure]
        self.seconds, self.account, self.received = seconds, account, received
        self.answered = len(requests) - len(failed)
        self.failed = [request for request in failed if request.sent < at or (request.opened and request.opened < at)]
        self.turned_away = len(failed) - len(self.failed)

    def is_exact(self):
        made = self.answered <= self.account.started <= self.answered + self.turned_away
        arrived = self.account.queued == 0 and self.account.balances() and self.account.exported == self.received
        return made and arrived and not self.failed and self.seconds <= LONGEST_END_SECONDS


def window_ms(requests, begin, end):
    """The longest time without an answer to anyone."""
    answers = [request.done for request in requests if not request.failure and begin - 0.1 <= request.done < end - 0.1]
    return 1000 * max(later - earlier for earlier, later in zip(answers, answers[1:]))


