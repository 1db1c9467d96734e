package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.FakeFacts;
import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.propagation.PropagationSettings;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A tracer with a clock that stands until told, and everything that it lets out.
final class TracerFixture {
  static final long START_MICROS = 1_700_000_000_000_000L;
  static final Outcome OK =
      new Outcome(
          200,
          0,
          5,
          "-",
          "app",
          new Attempt("127.0.0.1:9080", new End.Answered(200)),
          new FakeFacts());

  final List<Span> spans = new ArrayList<>();
  final MalformedContexts malformed = new MalformedContexts();
  private final RequestTracer tracer;
  private long nanos;
  private long wallMicros = START_MICROS;

  TracerFixture(RequestIds requestIds, @Nullable Spans settings) {
    this(
        requestIds,
        settings,
        new PropagationSettings(
            List.of(HeaderFormat.B3_AS_RECEIVED),
            List.of(HeaderFormat.B3_AS_RECEIVED),
            true,
            "",
            ""));
  }

  TracerFixture(RequestIds requestIds, @Nullable Spans settings, PropagationSettings propagation) {
    var sources =
        new TracerSources(new SplittableRandom(7), new SpanClock(() -> wallMicros, () -> nanos));
    tracer =
        new RequestTracer(
            new TracingSettings(requestIds, settings),
            Propagation.of(propagation, malformed),
            spans::add,
            sources);
  }

  static TracerFixture of(Direction direction) {
    return new TracerFixture(RequestIds.DEFAULTS, spans(direction));
  }

  static Spans spans(Direction direction) {
    return spans(direction, new SpanIds(true, false, false), List.of());
  }

  static Spans spans(Direction direction, SpanIds ids, List<CustomTag> customTags) {
    return new Spans(
        direction,
        SamplingShares.ALL,
        customTags,
        fields -> false,
        "node-1",
        "zone-1",
        256,
        false,
        ids.dialect(),
        ids.spawnUpstreamSpan(),
        SpanNames.NONE);
  }

  void advance(long micros) {
    nanos += TimeUnit.MICROSECONDS.toNanos(micros);
    wallMicros += micros;
  }

  /// Sets the wall clock, as an administrator would: the monotonic one does not notice.
  void setWallClock(long micros) {
    wallMicros = micros;
  }

  Exchange start(FakeRequest request) {
    return start(request, null);
  }

  Exchange start(FakeRequest request, @Nullable RouteOverride route) {
    FakeHeaders upstream = request.headers().copy();
    return new Exchange(tracer.start(request, route, upstream), upstream.asMap());
  }

  /// The formats that a request's context would come and go in.
  Explanation.Formats explain(FakeRequest request) {
    Explanation explanation = tracer.explain(request, null, request.headers().copy()).explanation();
    return Objects.requireNonNull(explanation.tracing()).formats();
  }

  /// One request from head to end, answered by a response with these fields.
  Exchange exchange(FakeRequest request, @Nullable RouteOverride route, FakeHeaders response) {
    Exchange exchange = start(request, route);
    FakeHeaders downstream = response.copy();
    exchange.trace().response(response, downstream);
    exchange.trace().finish(OK);
    return new Exchange(exchange.trace(), exchange.upstream(), downstream.asMap());
  }

  Span onlySpan() {
    if (spans.size() != 1) {
      throw new AssertionError("spans: " + spans + " (expected: one)");
    }
    return spans.getFirst();
  }

  static Map<String, String> tags(Span span) {
    var tags = new LinkedHashMap<String, String>();
    for (Span.Tag tag : span.tags()) {
      String before = tags.put(tag.key(), tag.value());
      if (before != null) {
        throw new AssertionError("tag twice: " + tag.key());
      }
    }
    return tags;
  }

  /// @param upstream the head that went upstream
  /// @param downstream the head that went to the client
  record Exchange(
      RequestTrace trace, Map<String, String> upstream, Map<String, String> downstream) {
    Exchange(RequestTrace trace, Map<String, String> upstream) {
      this(trace, upstream, Map.of());
    }
  }
}
