import brave.Tracing;
import brave.propagation.B3Propagation;
import brave.propagation.Propagation;
import brave.propagation.TraceContext.Extractor;
import brave.propagation.TraceContext.Injector;
import brave.propagation.aws.AWSPropagation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Zipkin's Brave.
final class ByBrave implements Sdk {
  private final Tracing tracing;
  private final Extractor<Map<String, String>> extractor;
  private final Injector<Map<String, String>> injector;

  ByBrave(String form) {
    var propagation = propagation(form);
    // Its server's spans are its own, not shared with the caller's.
    tracing = Tracing.newBuilder().propagationFactory(propagation).supportsJoin(false).build();
    extractor = propagation.get().extractor(Map::get);
    injector = propagation.get().injector(Map::put);
  }

  private static Propagation.Factory propagation(String form) {
    return switch (form) {
      case "b3" -> B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.SINGLE).build();
      case "b3multi" -> B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build();
      case "xray" -> AWSPropagation.FACTORY;
      default -> throw new IllegalArgumentException(form + " (expected: a form that Brave has)");
    };
  }

  @Override
  public Told continued(Map<String, String> received, Consumer<Map<String, String>> ask) {
    var extracted = extractor.extract(received);
    var parent = extracted.context() == null ? "" : extracted.context().spanIdString();
    var server = tracing.tracer().nextSpan(extracted).kind(brave.Span.Kind.SERVER).start();
    var client = tracing.tracer().newChild(server.context()).kind(brave.Span.Kind.CLIENT).start();
    var fields = new HashMap<String, String>();
    injector.inject(client.context(), fields);
    ask.accept(fields);
    client.finish();
    server.finish();
    var span = client.context();
    return new Told(span.traceIdString(), parent, span.spanIdString(), Boolean.TRUE.equals(span.sampled()));
  }
}
