"""A collector of OpenTelemetry's own core: its receiver decodes, its file exporter writes what it made of it, which is read back. One that
wants a token refuses, at its receiver, whatever comes without.
"""

import json

from oracles.oracle import START_SECONDS, Oracle
from oracles.otlp import spans_of

VERSION = "0.140.0"
# Below those that connections are made from.
GRPC_PORT, HTTP_PORT = 24417, 24418


class Collector(Oracle):
    def __init__(self, process, name, file):
        super().__init__(process)
        self.name = name
        self._file = file

    def spans(self, context):
        # What follows the last line's end is still being written.
        lines = self._file.read_text().split("\n")[:-1] if self._file.exists() else []
        return [span for line in lines for span in spans_of(json.loads(line)) if span.trace_id == context.trace]


def start(lab, tools, secret, token=None):
    """token: (header, value) that every message must carry."""
    file, written = lab.directory / "collector.yaml", lab.directory / "collector.jsonl"
    file.write_text(json.dumps(configuration(written, token)))
    process = lab.start("collector", tools.cache / f"otelcol-{VERSION}", "--config", file)
    process.await_port("127.0.0.1", GRPC_PORT, START_SECONDS).await_port("127.0.0.1", HTTP_PORT, START_SECONDS)
    return Collector(process, f"OpenTelemetry collector {VERSION}" + (", token wanted" if token else ""), written)


def configuration(written, token):
    wanted = {"auth": {"authenticator": "token"}} if token else {}
    protocols = {"grpc": {"endpoint": f"127.0.0.1:{GRPC_PORT}", **wanted}, "http": {"endpoint": f"127.0.0.1:{HTTP_PORT}", **wanted}}
    return {
        "receivers": {"otlp": {"protocols": protocols}},
        "exporters": {"file": {"path": str(written), "flush_interval": "100ms"}},
        **({"extensions": {"token": {"header": token[0], "value": token[1]}}} if token else {}),
        "service": {
            "extensions": ["token"] if token else [],
            "pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["file"]}},
            "telemetry": {"metrics": {"level": "none"}},
        },
    }
