"""Datadog's own test agent with its trace checks on. It accepts duplicate identifiers and several roots: those are asserted here."""

from collections import Counter

from oracles.oracle import START_SECONDS, Oracle, answers, asked
from spans import Span

VERSION = "1.69.1"
PORT = 8126
CHECKS = ("trace_count_header", "meta_tracer_version_header", "trace_content_length", "meta_events_is_valid_json")
KINDS = {"client": "CLIENT", "server": "SERVER"}


class Agent(Oracle):
    name = f"Datadog's test agent {VERSION}"

    def spans(self, context):
        high, low = context.trace[:16], int(context.trace[16:], 16)
        return [
            span_of(span, context.trace)
            for chunk in self._chunks()
            if chunk[0]["trace_id"] == low and chunk[0].get("meta", {}).get("_dd.p.tid", "0" * 16) == high
            for span in chunk
        ]

    def complaints(self):
        """What the checks found, and what the agent lets pass."""
        checks = asked(f"http://127.0.0.1:{PORT}/test/trace_check/summary")
        found = [f"check {name}: {result}" for name, result in checks.items() if result.get("Failed_Checks")]
        chunks = self._chunks()
        ids = Counter((span["trace_id"], span["span_id"]) for chunk in chunks for span in chunk)
        roots = Counter(span["trace_id"] for chunk in chunks for span in chunk if not span.get("parent_id"))
        found += [f"span id {span} twice in trace {trace}" for (trace, span), count in ids.items() if count > 1]
        found += [f"{count} roots in trace {trace}" for trace, count in roots.items() if count > 1]
        return found

    def _chunks(self):
        return [chunk for chunk in asked(f"http://127.0.0.1:{PORT}/test/session/traces") if chunk]


def span_of(span, trace):
    return Span(
        trace_id=trace,
        id=f"{span['span_id']:016x}",
        parent_id=f"{span['parent_id']:016x}" if span.get("parent_id") else None,
        service=span["service"],
        kind=KINDS.get(span["meta"].get("span.kind"), ""),
        name=span["resource"],
        timestamp_us=span["start"] // 1000,
        duration_us=span["duration"] // 1000,
        shared=False,
        tags={**span["meta"], **{name: str(value) for name, value in span.get("metrics", {}).items()}},
    )


def start(lab, tools, secret):
    snapshots = lab.directory / "snapshots"
    snapshots.mkdir(exist_ok=True)
    # By environment alone: the option of the same name stops the program.
    process = lab.start(
        "ddapm",
        *(tools.cache / f"venv-ddapm-{VERSION}" / "bin" / "ddapm-test-agent", "--host", "127.0.0.1", "--port", PORT),
        *("--otlp-http-port", 14318, "--otlp-grpc-port", 14317, "--snapshot-dir", snapshots),
        ENABLED_CHECKS=",".join(CHECKS),
    )
    process.await_true(lambda: answers(f"http://127.0.0.1:{PORT}/info"), "answer", START_SECONDS)
    return Agent(process)
