package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All formats of a connection manager: an ordered list to extract by, a list to inject by.
/// Thread-safe.
public final class Propagation {
  /// Reads and writes nothing.
  public static final Propagation NONE =
      new Propagation(List.of(), List.of(), true, new MalformedContexts());

  private final List<ContextFormat> extract;
  private final List<ContextFormat> inject;
  private final boolean injectUnsampled;
  private final MalformedContexts malformedContexts;

  Propagation(
      List<ContextFormat> extract,
      List<ContextFormat> inject,
      boolean injectUnsampled,
      MalformedContexts malformedContexts) {
    this.extract = List.copyOf(extract);
    this.inject = List.copyOf(inject);
    this.injectUnsampled = injectUnsampled;
    this.malformedContexts = malformedContexts;
  }

  /// Formats that need to know nothing of who writes, injected always.
  public static Propagation of(
      List<HeaderFormat> extract, List<HeaderFormat> inject, MalformedContexts malformedContexts) {
    return of(new PropagationSettings(extract, inject, true, "", ""), malformedContexts);
  }

  public static Propagation of(PropagationSettings settings, MalformedContexts malformedContexts) {
    return new Propagation(
        settings.extract().stream().map(format -> format(format, settings)).toList(),
        settings.inject().stream().map(format -> format(format, settings)).toList(),
        settings.injectUnsampled(),
        malformedContexts);
  }

  private static ContextFormat format(HeaderFormat format, PropagationSettings settings) {
    return switch (format) {
      case B3 -> new B3Single();
      case B3MULTI -> new B3Multi();
      case B3_AS_RECEIVED -> new B3();
      case TRACECONTEXT -> new W3cTraceContext();
      case BAGGAGE -> new Baggage();
      case JAEGER -> new Jaeger();
      case DATADOG -> new Datadog();
      case XRAY -> new XRay();
      case SW8 -> new SkyWalking(settings.service(), settings.instance());
      case LIGHTSTEP -> new LightStep();
      case OTTRACE -> new OtTrace();
    };
  }

  /// What the first format says that says anything understood. Malformed contexts before it are
  /// counted and passed over; one is the answer only when no later format knows better.
  public Extracted extract(ReceivedRequest request) {
    Extracted answer = Extracted.Absent.INSTANCE;
    for (int i = 0; i < extract.size(); i++) {
      switch (extract.get(i).extract(request)) {
        case Extracted.Context context -> {
          return i + 1 == extract.size() ? context : completed(context, i + 1, request);
        }
        case Extracted.TraceOnly traceOnly -> {
          return traceOnly;
        }
        case Extracted.SamplingOnly samplingOnly -> {
          return samplingOnly;
        }
        case Extracted.Malformed malformed -> {
          malformedContexts.count(malformed);
          answer = answer instanceof Extracted.Malformed ? answer : malformed;
        }
        case Extracted.Absent _ -> {}
      }
    }
    return answer;
  }

  /// A format of 64 bits loses the high half of the trace's identifier; another one that the
  /// request carries for the same trace still has it, and may have more to say of the trace.
  private Extracted completed(Extracted.Context found, int from, ReceivedRequest request) {
    Extracted.Context answer = found;
    for (int i = from; i < extract.size() && isIncomplete(answer.context()); i++) {
      if (extract.get(i).extract(request) instanceof Extracted.Context(TraceContext other)
          && other.traceId().isSameTraceAs(answer.context().traceId())) {
        answer = new Extracted.Context(answer.context().completedBy(other));
      }
    }
    return answer;
  }

  private static boolean isIncomplete(TraceContext context) {
    return context.traceId().high() == 0 || context.remark() == null;
  }

  /// The name of the format that [#extract] listens to; null when none is understood. Counts
  /// nothing.
  public @Nullable String understood(ReceivedRequest request) {
    for (ContextFormat format : extract) {
      switch (format.extract(request)) {
        case Extracted.Context _, Extracted.TraceOnly _, Extracted.SamplingOnly _ -> {
          return format.name();
        }
        case Extracted.Malformed _, Extracted.Absent _ -> {}
      }
    }
    return null;
  }

  /// The names of the formats that are written.
  public List<String> injected() {
    return inject.stream().map(ContextFormat::name).toList();
  }

  /// Whether a request with such a context of its own takes one along.
  public boolean injects(Extracted received, Sampling sampling) {
    if (injectUnsampled || sampling.recorded()) {
      return true;
    }
    return switch (received) {
      case Extracted.Context _, Extracted.TraceOnly _ -> true;
      case Extracted.SamplingOnly _, Extracted.Malformed _, Extracted.Absent _ -> false;
    };
  }

  /// Writes the context in all formats.
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    for (int i = 0; i < inject.size(); i++) {
      inject.get(i).inject(context, request, upstream);
    }
  }
}
