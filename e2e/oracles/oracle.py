"""What all oracles have: a name with its version, and how a trace is waited for."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

# Batches of every sidecar and every oracle are through long before.
TRACE_SECONDS = 20
POLL_SECONDS = 0.2
# Servers of their own size, on a machine that may have other work.
START_SECONDS = 120


@dataclass(frozen=True)
class Tools:
    """Where e2e/lib/oracles.sh has put them; java runs the oracles that are Java, sdks has what the SDK matrix needs."""

    java: Path
    cache: Path


class Oracle:
    """Subclasses read; this one waits."""

    name = ""
    # How long a trace may still grow after it was read whole: what is sent twice would show.
    SETTLE_SECONDS = 0.5

    def __init__(self, process):
        self.process = process

    def spans(self, context):
        """What is there of a trace now, however little."""
        raise NotImplementedError

    def trace(self, context, count):
        """The spans of a trace once there are so many, or what there is when that took too long."""
        deadline = time.monotonic() + TRACE_SECONDS
        while len(spans := self.spans(context)) < count and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        time.sleep(self.SETTLE_SECONDS)
        return self.spans(context) if len(spans) >= count else spans

    def stop(self):
        self.process.stop()

    def complaints(self):
        """What it objects to in all that it was sent, besides what it does not have."""
        return []


def asked(url, body=None, headers=None):
    """The JSON of an answer; None where it is 404."""
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), {"content-type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        if refused.code == 404:
            return None
        raise SystemExit(f"{url}: {refused.code} {refused.read()[:300]!r}") from None


def answers(url):
    try:
        urllib.request.urlopen(url, timeout=2).close()
        return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
