"""LightStep's OpenTracing library for Python, with its binary carrier as the text of `x-ot-span-context`."""

import lightstep
from lightstep.propagation import LightStepFormat

from app import told

FIELD = "x-ot-span-context"


def continuing(form):
    tracer = lightstep.Tracer(component_name="app", access_token="none", collector_host="127.0.0.1", collector_port=9, periodic_flush_seconds=0)

    def continued(received, ask):
        parent = tracer.extract(LightStepFormat.LIGHTSTEP_BINARY, bytearray(received[FIELD].encode()))
        with tracer.start_span("serve", child_of=parent) as server, tracer.start_span("ask", child_of=server) as client:
            carrier = bytearray()
            tracer.inject(client.context, LightStepFormat.LIGHTSTEP_BINARY, carrier)
            ask({FIELD: carrier.decode()})
            context = client.context
            return told(f"{context.trace_id:032x}", f"{parent.span_id:016x}", f"{context.span_id:016x}", bool(context.sampled))

    return continued
