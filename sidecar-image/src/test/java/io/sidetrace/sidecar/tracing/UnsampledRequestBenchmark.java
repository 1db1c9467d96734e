package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What tracing does for a request that is not sampled: B3 extracted, decided, B3 injected.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UnsampledRequestBenchmark {
  private final RequestTracer tracer =
      new RequestTracer(
          new TracingSettings(
              TracingSettings.RequestIds.DEFAULTS,
              new TracingSettings.Spans(
                  TracingSettings.Direction.INBOUND,
                  SamplingShares.percent(0, 0, 0),
                  List.of(),
                  fields -> false,
                  "node",
                  "",
                  256,
                  false,
                  new SpanIds(false, false, false).dialect(),
                  false,
                  SpanNames.NONE)),
          Propagation.of(
              List.of(HeaderFormat.B3_AS_RECEIVED),
              List.of(HeaderFormat.B3_AS_RECEIVED),
              new MalformedContexts()),
          span -> {},
          TracerSources.system());

  private final TracedRequest first = FakeRequest.with("user-agent", "curl/7.88.1");
  private final TracedRequest later =
      FakeRequest.with(
          "x-request-id",
          "ebc203ef-4fb6-469c-8342-7f995b6ff2ff",
          "x-b3-traceid",
          "463ac35c9f6413ad48485a3953bb6124",
          "x-b3-spanid",
          "a2fb4a1d1a96d312",
          "x-b3-sampled",
          "0");

  /// Without a context: a new identifier and a new trace.
  @Benchmark
  public RequestTrace root(Blackhole hole) {
    return tracer.start(first, null, new Consumed(hole));
  }

  /// With the context of a caller.
  @Benchmark
  public RequestTrace continued(Blackhole hole) {
    return tracer.start(later, null, new Consumed(hole));
  }

  private record Consumed(Blackhole hole) implements HeaderWriter {
    @Override
    public void set(String name, String value) {
      hole.consume(value);
    }

    @Override
    public void remove(String name) {
      hole.consume(name);
    }
  }
}
