package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// All formats of a provider: an ordered list to extract by, a list to inject by. Thread-safe.
public final class Propagation implements ContextFormat {
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

  /// Zipkin's: B3 in, B3 out.
  public static Propagation b3(MalformedContexts malformedContexts) {
    List<ContextFormat> formats = List.of(new B3());
    return new Propagation(formats, formats, malformedContexts);
  }

  /// B3 in, nothing out: the headers of a request go on as they came.
  public static Propagation b3Unsent(MalformedContexts malformedContexts) {
    return new Propagation(List.of(new B3()), List.of(), malformedContexts);
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
