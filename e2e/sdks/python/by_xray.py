"""AWS's X-Ray SDK for Python."""

from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core.models.trace_header import TraceHeader
from aws_xray_sdk.ext.util import inject_trace_header

from app import told


def continuing(form):
    xray_recorder.configure(service="app", sampling=False, context_missing="LOG_ERROR", daemon_address="127.0.0.1:9")

    def continued(received, ask):
        header = TraceHeader.from_header_str(received.get("x-amzn-trace-id", ""))
        segment = xray_recorder.begin_segment("serve", traceid=header.root, parent_id=header.parent, sampling=header.sampled)
        segment.save_origin_trace_header(header)
        client = xray_recorder.begin_subsegment("ask", namespace="remote")
        try:
            fields = {}
            inject_trace_header(fields, client)
            ask(fields)
            return told(segment.trace_id.replace("-", "")[1:], header.parent, client.id, bool(segment.sampled))
        finally:
            xray_recorder.end_subsegment()
            xray_recorder.end_segment()

    return continued
