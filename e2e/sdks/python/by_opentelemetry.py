"""OpenTelemetry's SDK for Python."""

from opentelemetry import trace
from opentelemetry.propagators.aws import AwsXRayPropagator
from opentelemetry.propagators.b3 import B3MultiFormat, B3SingleFormat
from opentelemetry.propagators.jaeger import JaegerPropagator
from opentelemetry.propagators.ot_trace import OTTracePropagator
from opentelemetry.propagators.textmap import Getter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from app import told

PROPAGATORS = {
    "tracecontext": TraceContextTextMapPropagator,
    "b3": B3SingleFormat,
    "b3multi": B3MultiFormat,
    "jaeger": JaegerPropagator,
    "ottrace": OTTracePropagator,
    "xray": AwsXRayPropagator,
}


class Fields(Getter):
    """Names in any case, as HTTP has them."""

    def get(self, carrier, key):
        return [carrier[key.lower()]] if key.lower() in carrier else None

    def keys(self, carrier):
        return list(carrier)


def continuing(form):
    propagator, tracer = PROPAGATORS[form](), TracerProvider().get_tracer("proof")

    def continued(received, ask):
        context = propagator.extract(received, getter=Fields())
        parent = trace.get_current_span(context).get_span_context()
        with tracer.start_as_current_span("serve", context, trace.SpanKind.SERVER):
            with tracer.start_as_current_span("ask", kind=trace.SpanKind.CLIENT) as client:
                fields = {}
                propagator.inject(fields)
                ask(fields)
                span = client.get_span_context()
                return told(f"{span.trace_id:032x}", f"{parent.span_id:016x}", f"{span.span_id:016x}", bool(span.trace_flags & 1))

    return continued
