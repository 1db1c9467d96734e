"""One row after the other: sidecars of the sandbox's chain that export by a provider, requests, and what its oracle has of them."""

import time
from dataclasses import dataclass, field

from contexts import FIELDS, context_of, not_sampled
from oracles import ORACLES
from services import FRONT, Chain, Service, copies, received
from spans import chain as line_of

SERVICES = ("service1", "service2")
REQUESTS = 5
EXPECTED = (f"{FRONT} CLIENT", "service1 SERVER", "service1 CLIENT", "service2 SERVER")
SENT_SECONDS = 10


@dataclass
class Outcome:
    """What came of a row; faults: everything that is not as it must be."""

    row: str
    oracle: str
    sent: int | str = "-"
    read: int = 0
    trees: int = 0
    faults: list = field(default_factory=list)

    def tell(self):
        print(self.told(), flush=True)
        return self

    def told(self):
        verdict = "ok" if not self.faults else "FAILED"
        line = f"{self.row:<20} {self.oracle:<50} sent {self.sent!s:>3}  read {self.read:>3}  trees {self.trees}/{REQUESTS}  {verdict}"
        return "\n".join([line, *(f"    {fault}" for fault in self.faults)])


class Proof:
    def __init__(self, lab, tools, plane, secret):
        self._lab, self._tools, self._plane, self._secret = lab, tools, plane, secret

    def run(self, rows):
        outcomes = [outcome for name in dict.fromkeys(row.oracle for row in rows) for outcome in self._rows_of(name, rows)]
        failed = sum(bool(outcome.faults) for outcome in outcomes)
        print(f"{len(outcomes) - failed} passed, {failed} failed")
        return not failed

    def _rows_of(self, name, rows):
        """An oracle that cannot be had fails its rows, with the reason."""
        its_rows = [row for row in rows if row.oracle == name]
        try:
            oracle = ORACLES[name].start(self._lab, self._tools, self._secret)
        except SystemExit as failed:
            return [Outcome(row.id, f"{name} does not start", faults=[str(failed)]).tell() for row in its_rows]
        try:
            return [self._outcome_of(row, oracle).tell() for row in its_rows]
        finally:
            oracle.stop()

    def _outcome_of(self, row, oracle):
        outcome = Outcome(row.id, oracle.name)
        try:
            self._prove(row, oracle, outcome)
        except SystemExit as failed:
            outcome.faults.append(str(failed))
        return outcome

    def _prove(self, row, oracle, outcome):
        application = copies("x-request-id", *FIELDS[row.form])
        names = (FRONT, *SERVICES)
        services = [Service(name, self._tracing(row, name), None if name == FRONT else application) for name in names]
        with Chain(self._lab, self._plane, services) as chain:
            expected = self._expected(row)
            contexts = [self._context(row, chain, outcome) for _ in range(REQUESTS)]
            quiet = self._context(row, chain, outcome, not_sampled(row.form))
            traces = [oracle.trace(context, len(expected)) for context in contexts if context]
            unsampled = oracle.spans(quiet) if quiet else []
            outcome.sent = self._sent(chain, REQUESTS * len(expected) + (len(expected) if row.keeps_unsampled else 0))
            shown = chain.everything_shown()
        outcome.read = sum(map(len, traces)) + len(unsampled)
        for context, trace in zip(filter(None, contexts), traces):
            self._judge(expected, context, trace, outcome)
        self._judge_rest(row, oracle, unsampled, outcome)
        spans = {"what was read back": repr([*traces, unsampled])}
        outcome.faults += [f"{place} tells the credential" for place in self._secret.seen_in({**shown, **spans})]

    def _tracing(self, row, name):
        """An Envoy has no credentials of files, and datagrams have no headers for any."""
        tracing = row.tracing(name)
        return tracing if self._plane.key == "envoy" or row.provider == "xray" else self._secret.given_to(tracing)

    def _context(self, row, chain, outcome, headers=None):
        """What the last application received, as the form says it."""
        status, body = chain.request(headers=headers)
        if status != 200:
            outcome.faults.append(f"status {status}: {body[:200]}")
            return None
        context = context_of(row.form, received(body)[-1])
        if context is None:
            outcome.faults.append(f"service2 got none of {', '.join(FIELDS[row.form])}")
        return context

    def _sent(self, chain, expected):
        """The sidecars' own count; it follows what the oracle has by the way of an answer."""
        deadline = time.monotonic() + SENT_SECONDS
        while (sent := chain.exported()) != expected and sent is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        return "-" if sent is None else sent

    @staticmethod
    def _expected(row):
        """With a span for each upstream's, every sidecar's span is a server's with a client's below it."""
        if not row.tracing(FRONT).spawn:
            return EXPECTED
        return tuple(f"{who.split()[0]} {kind}" for who in EXPECTED for kind in ("SERVER", "CLIENT"))

    def _judge(self, expected, context, trace, outcome):
        line = line_of(trace)
        if line is None or not same(line, expected):
            found = " > ".join(line) if line else f"{len(trace)} spans that make no line: {[(s.who(), s.id, s.parent_id) for s in trace]}"
            outcome.faults.append(f"trace {context.trace}: {found} (expected: {' > '.join(expected)})")
        elif context.span not in {span.id for span in trace}:
            outcome.faults.append(f"trace {context.trace}: its last sidecar sent span {context.span} on, which is not in it")
        else:
            outcome.trees += 1

    def _judge_rest(self, row, oracle, unsampled, outcome):
        if unsampled and not row.keeps_unsampled:
            outcome.faults.append(f"{len(unsampled)} spans of a request that is not sampled (expected: none)")
        if outcome.sent not in ("-", outcome.read):
            outcome.faults.append(f"{outcome.sent} spans sent by the sidecars' own count, {outcome.read} read back")
        outcome.faults += oracle.complaints()


def same(line, expected):
    """Datadog's spans of an Envoy do not say their kind."""
    return len(line) == len(expected) and all(wanted == who or wanted.split()[0] == who.strip() for who, wanted in zip(line, expected))
