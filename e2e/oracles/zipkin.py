"""The real Zipkin, read back by its API."""

from oracles.oracle import START_SECONDS, Oracle, answers, asked
from spans import Span

VERSION = "3.6.1"
PORT = 9411


class Zipkin(Oracle):
    name = f"Zipkin {VERSION}"

    def spans(self, context):
        found = asked(f"http://127.0.0.1:{PORT}/api/v2/trace/{context.trace.removeprefix('0' * 16)}")
        return [Span.parse(span) for span in found or []]


def start(lab, tools, secret):
    process = lab.start(
        "zipkin",
        *(tools.java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
        *("-Darmeria.ports[0].ip=127.0.0.1", f"-Darmeria.ports[0].port={PORT}", "-Darmeria.ports[0].protocols[0]=http"),
        *("-jar", tools.cache / f"zipkin-{VERSION}.jar"),
    )
    process.await_true(lambda: answers(f"http://127.0.0.1:{PORT}/health"), "answer", START_SECONDS)
    return Zipkin(process)
