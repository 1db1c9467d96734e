"""Datadog's ddtrace. DD_TRACE_PROPAGATION_STYLE names the form."""

import os

NAMES = {"b3": "b3", "b3multi": "b3multi", "datadog": "datadog", "tracecontext": "tracecontext"}


def continuing(form):
    # Read when the library is loaded. Nobody takes its spans.
    os.environ |= {
        "DD_TRACE_PROPAGATION_STYLE": NAMES[form],
        "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
        "DD_REMOTE_CONFIGURATION_ENABLED": "false",
        "DD_TRACE_AGENT_URL": "http://127.0.0.1:9",
    }
    from ddtrace.propagation.http import HTTPPropagator
    from ddtrace.trace import tracer

    from app import told

    def continued(received, ask):
        context = HTTPPropagator.extract(received)
        tracer.context_provider.activate(context)
        with tracer.trace("serve"), tracer.trace("ask") as client:
            fields = {}
            HTTPPropagator.inject(client.context, fields)
            ask(fields)
            sampled = (client.context.sampling_priority or 0) > 0
            return told(f"{client.trace_id:032x}", f"{context.span_id or 0:016x}", f"{client.span_id:016x}", sampled)

    return continued
