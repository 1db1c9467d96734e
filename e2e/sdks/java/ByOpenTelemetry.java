import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.opentelemetry.extension.trace.propagation.JaegerPropagator;
import io.opentelemetry.extension.trace.propagation.OtTracePropagator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// OpenTelemetry's SDK for Java.
final class ByOpenTelemetry implements Sdk {
  private static final TextMapGetter<Map<String, String>> FIELDS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
          return carrier.get(key);
        }
      };

  // Without a processor the SDK makes no spans of its own, but hands the caller's on.
  private final Tracer tracer =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite())).build().get("proof");
  private final TextMapPropagator propagator;

  ByOpenTelemetry(String form) {
    propagator =
        switch (form) {
          case "tracecontext" -> W3CTraceContextPropagator.getInstance();
          case "b3" -> B3Propagator.injectingSingleHeader();
          case "b3multi" -> B3Propagator.injectingMultiHeaders();
          case "jaeger" -> JaegerPropagator.getInstance();
          case "ottrace" -> OtTracePropagator.getInstance();
          case "xray" -> AwsXrayPropagator.getInstance();
          default -> throw new IllegalArgumentException(form + " (expected: a form that OpenTelemetry has)");
        };
  }

  @Override
  public Told continued(Map<String, String> received, Consumer<Map<String, String>> ask) {
    var context = propagator.extract(Context.root(), received, FIELDS);
    var parent = Span.fromContext(context).getSpanContext();
    var server = tracer.spanBuilder("serve").setSpanKind(SpanKind.SERVER).setParent(context).startSpan();
    var client = tracer.spanBuilder("ask").setSpanKind(SpanKind.CLIENT).setParent(context.with(server)).startSpan();
    var fields = new HashMap<String, String>();
    propagator.inject(context.with(client), fields, Map::put);
    ask.accept(fields);
    client.end();
    server.end();
    var span = client.getSpanContext();
    return new Told(span.getTraceId(), parent.getSpanId(), span.getSpanId(), span.isSampled());
  }
}
