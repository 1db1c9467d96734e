package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// All formats of a provider: an ordered list to extract by, a list to inject by. Thread-safe.
public final class Propagation implements ContextFormat {
  /// Reads and writes nothing.
  public static final Propagation NONE =
      new Propagation(List.of(), List.of(), new MalformedContexts());

  private final List<ContextFormat> extract;
  private final List<ContextFormat> inject;
  private final MalformedContexts malformedContexts;

  public Propagation(
      List<ContextFormat> extract,
      List<ContextFormat> inject,
      MalformedContexts malformedContexts) {
    this.extract = List.copyOf(extract);
    this.inject = List.copyOf(inject);
    this.malformedContexts = malformedContexts;
  }

  /// The classes of formats, by their names.
  public static Propagation of(
      List<HeaderFormat> extract, List<HeaderFormat> inject, MalformedContexts malformedContexts) {
    return new Propagation(
        extract.stream().map(Propagation::format).toList(),
        inject.stream().map(Propagation::format).toList(),
        malformedContexts);
  }

  private static ContextFormat format(HeaderFormat format) {
    return switch (format) {
      case B3, B3MULTI, B3_AS_RECEIVED -> new B3();
    };
  }

  /// What the first format says that says anything understood. Malformed contexts are counted and
  /// passed over; one is the answer only when no later format knows better.
  @Override
  public Extracted extract(HeaderReader request) {
    Extracted answer = Extracted.Absent.INSTANCE;
    for (int i = 0; i < extract.size(); i++) {
      switch (extract.get(i).extract(request)) {
        case Extracted.Context context -> {
          return context;
        }
        case Extracted.SamplingOnly samplingOnly -> {
          return samplingOnly;
        }
        case Extracted.Malformed malformed -> {
          malformedContexts.count(malformed);
          answer = answer instanceof Extracted.Malformed ? answer : malformed;
        }
        case Extracted.Absent absent -> {}
      }
    }
    return answer;
  }

  @Override
  public void inject(TraceContext context, HeaderReader request, HeaderWriter upstream) {
    for (int i = 0; i < inject.size(); i++) {
      inject.get(i).inject(context, request, upstream);
    }
  }
}
