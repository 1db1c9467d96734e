"""The real SkyWalking OAP server with an authentication token, read back by its GraphQL API."""

from oracles.oracle import START_SECONDS, Oracle, answers, asked
from oracles.skywalking_config import files
from spans import Span

VERSION = "10.1.0"
GRPC_PORT, QUERY_PORT = 11800, 12800
QUERY = """query($trace: ID!) { trace: queryTrace(traceId: $trace) { spans {
  traceId segmentId spanId parentSpanId serviceCode serviceInstanceName type endpointName peer component layer isError startTime endTime
  refs { traceId parentSegmentId parentSpanId type } tags { key value } } } }"""
KINDS = {"Entry": "SERVER", "Exit": "CLIENT"}


class Oap(Oracle):
    name = f"SkyWalking OAP {VERSION}"

    def spans(self, context):
        answer = asked(f"http://127.0.0.1:{QUERY_PORT}/graphql", {"query": QUERY, "variables": {"trace": context.trace}})
        if answer.get("errors"):
            raise SystemExit(f"SkyWalking's query failed: {answer['errors']}")
        return [span_of(span) for span in answer["data"]["trace"]["spans"]]


def span_of(span):
    references = [f"{parent['parentSegmentId']}:{parent['parentSpanId']}" for parent in span["refs"]]
    within = [f"{span['segmentId']}:{span['parentSpanId']}"] if span["parentSpanId"] >= 0 else []
    return Span(
        trace_id=span["traceId"],
        id=f"{span['segmentId']}:{span['spanId']}",
        parent_id=next(iter([*within, *references]), None),
        service=span["serviceCode"],
        kind=KINDS.get(span["type"], ""),
        name=span["endpointName"],
        timestamp_us=span["startTime"] * 1000,
        duration_us=(span["endTime"] - span["startTime"]) * 1000,
        shared=False,
        tags={tag["key"]: tag["value"] for tag in span["tags"]},
    )


def start(lab, tools, secret):
    home = lab.directory / "oap"
    for name, text in files(GRPC_PORT, QUERY_PORT, secret.value).items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    classes = (tools.cache / f"oap-{VERSION}" / "classpath").read_text().strip()
    process = lab.start(
        "oap",
        *(tools.java, "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        *("-cp", f"{home}:{classes}", "org.apache.skywalking.oap.server.starter.OAPServerStartUp"),
    )
    process.await_port("127.0.0.1", GRPC_PORT, START_SECONDS)
    process.await_true(lambda: answers(f"http://127.0.0.1:{QUERY_PORT}/graphql"), "answer", START_SECONDS)
    return Oap(process)
