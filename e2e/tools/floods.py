"""Floods of HTTP/2 frames by hostile clients and hostile servers, on the sidecar and on an Envoy: whether the connection is ended, what the
proxy's CPU is to the attacker's, and what a neighbour's requests feel of it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import loads

FLOOD = Path(__file__).parent / "flood.py"
# The neighbours' server, the attacked one, which has enough to do itself, and where a hostile one listens.
NGINX_PORT, TARGET_PORT, HOSTILE_PORT = 8081, 8082, 8083
# An attacker has a machine of its own.
ELSEWHERE = ("nice", "-n", "19", sys.executable, FLOOD)
CLIENTS = (
    *("rapid reset", "made you reset, by data", "made you reset, by trailers", "made you reset, by a window"),
    *("continuations of zero bytes", "settings", "pings", "priorities", "window updates", "empty data", "header bomb", "tiny header list"),
)
SERVERS = ("settings", "pings", "window updates", "empty data", "continuations of zero bytes", "header bomb")
# What asks for no more work than requests in order do; it is its server's to refuse or to answer.
NEED_NOT_CLOSE = {"tiny header list", "made you reset, by a window"}
ATTACK_SECONDS, NEIGHBOUR_SECONDS, NEIGHBOURS_PER_SECOND, NEIGHBOURS = 1.6, 1.5, 400, 4
# The bars: CPU of the proxy for one second of an attacker's, and the neighbours' p99 against their p99 without an attack. The second is told
# and not judged: an attacker that connects anew as often as it is thrown out misses it, see README.md.
MOST_CPU, MOST_P99 = 100, 1.5


@dataclass(frozen=True)
class Attack:
    side: str
    kind: str
    survived: int
    closed: int
    codes: tuple
    cpu: float
    proxy_cpu: float
    p99_ms: float
    unanswered: int

    @property
    def ratio(self):
        return self.proxy_cpu / self.cpu

    def fault(self):
        if self.ratio >= MOST_CPU:
            return f"the proxy's CPU is {self.ratio:.1f} times the attacker's (expected: < {MOST_CPU})"
        if (self.survived or not self.closed) and self.kind not in NEED_NOT_CLOSE:
            return f"{self.survived} connections survived, {self.closed} were closed (expected: all)"
        if self.unanswered:
            return f"{self.unanswered} of the neighbours' requests were not answered"
        return None

    def slowed(self, quiet_ms):
        return self.p99_ms / quiet_ms


def judge(proxies, short):
    """(attacks on the sidecar, how many of them it did not stand); Envoy's own are shown beside them."""
    sides = {"client": CLIENTS} if short else {"client": CLIENTS, "server": SERVERS}
    *others, ours = proxies
    attacks, quiet = _all_of(ours, sides)
    beside = [] if short else [_all_of(proxy, sides) for proxy in others]
    print(f"floods of {ATTACK_SECONDS} s; the neighbours' p99 without: " + ", ".join(f"{ms:.2f} ms" for ms in (quiet, *(q for _, q in beside))))
    print(f"  {'by':<7}{'what':<30}{'survived':>10}{'closed':>8}{'GOAWAY':>8}{'CPU ratio':>11}{'p99, ms':>9}{'times':>7}")
    for number, attack in enumerate(attacks):
        print(shown(attack, quiet))
        for theirs, their_quiet in beside:
            print(shown(theirs[number], their_quiet, "Envoy"))
    within = sum(attack.slowed(quiet) <= MOST_P99 for attack in attacks)
    print(f"  the neighbours' p99 stayed within {MOST_P99} times what it was in {within} of {len(attacks)} floods")
    return len(attacks), sum(attack.fault() is not None for attack in attacks)


def shown(attack, quiet, by=""):
    codes = ",".join(map(str, attack.codes)) or "-"
    what = f"  {by or attack.side:<7}{attack.kind if not by else '':<30}{attack.survived:>10}{attack.closed:>8}{codes:>8}"
    return f"{what}{attack.ratio:>11.2f}{attack.p99_ms:>9.2f}{attack.slowed(quiet):>7.1f}   {attack.fault() or ''}"


def _all_of(proxy, sides):
    _neighbours_p99(proxy)
    before = proxy.cpu_seconds()
    quiet, _ = _neighbours_p99(proxy)
    neighbours_cpu = proxy.cpu_seconds() - before
    return [_attack(proxy, side, kind, neighbours_cpu) for side, kinds in sides.items() for kind in kinds], quiet


def _attack(proxy, side, kind, neighbours_cpu):
    before = proxy.cpu_seconds()
    address = (proxy.address, TARGET_PORT) if side == "client" else ("0.0.0.0", HOSTILE_PORT)
    hostile = subprocess.Popen([*ELSEWHERE, side, kind, *map(str, address), str(ATTACK_SECONDS)], stdout=subprocess.PIPE, text=True)
    victim = None
    if side == "server":
        victim = subprocess.Popen([*ELSEWHERE, "victim", kind, proxy.address, str(HOSTILE_PORT), str(ATTACK_SECONDS)], stdout=subprocess.DEVNULL)
    p99, unanswered = _neighbours_p99(proxy)
    told = json.loads(hostile.communicate()[0])
    if victim:
        victim.wait()
    cpu = max(0, proxy.cpu_seconds() - before - neighbours_cpu)
    return Attack(side, kind, told["survived"], told["closed"], tuple(told["codes"]), max(told["cpu"], 0.01), cpu, p99, unanswered)


def _neighbours_p99(proxy):
    """In ms, and how many requests came to no answer."""
    requests = round(NEIGHBOURS_PER_SECOND * NEIGHBOUR_SECONDS)
    rows = loads.answers(proxy.address, NGINX_PORT, requests, NEIGHBOURS, NEIGHBOURS_PER_SECOND)
    answered = sorted(took for status, took in rows if status == "200")
    return loads.percentile(answered, 99) / 1000, requests - len(answered)
