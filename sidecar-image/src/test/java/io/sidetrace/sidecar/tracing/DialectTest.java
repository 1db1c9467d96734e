package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingRules;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.sampling.TraceSampling;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.Dialect.SpanNaming;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a tracing system's dialect makes of the same requests.
final class DialectTest {
  private static final String TRACE = "x-datadog-trace-id";
  private static final String PARENT = "x-datadog-parent-id";
  private static final String PRIORITY = "x-datadog-sampling-priority";

  private final List<Span> spans = new ArrayList<>();
  private SamplingShares shares = SamplingShares.ALL;
  private boolean healthCheck;
  private boolean spawn;

  @ParameterizedTest(name = "{0} {1}, spawning {2}: {3}")
  @CsvSource({
    "INBOUND, AUTHORITY, false, example.test:8000",
    "OUTBOUND, AUTHORITY, false, example.test:8000",
    "INBOUND, DIRECTION, false, ingress",
    "OUTBOUND, DIRECTION, false, egress example.test:8000",
    "INBOUND, DIRECTION, true, ingress",
    "OUTBOUND, DIRECTION, true, egress example.test:8000"
  })
  void plainNames_areTheDialects(
      Direction direction, SpanNaming naming, boolean spawning, String name) {
    spawn = spawning;
    RequestTracer tracer = tracer(direction, dialect(naming, Unsampled.DROPPED), 0);

    start(tracer, FakeRequest.with()).finish(TracerFixture.OK);

    assertThat(spans.getFirst().name()).isEqualTo(name);
  }

  @Test
  void decorator_beatsThePlainName() {
    RequestTracer tracer = datadog(0);

    start(tracer, FakeRequest.with("x-envoy-decorator-operation", "theOp"))
        .finish(TracerFixture.OK);

    assertThat(spans.getFirst().name()).isEqualTo("theOp");
  }

  @ParameterizedTest(name = "share {0} %, priority {1}: {2}, {3}")
  @CsvSource({
    "100, , 1, _dd.p.dm=-0",
    "0, , -1, ''",
    "0, 1, 1, came",
    "0, 2, 2, came",
    "100, 0, 0, came",
    "100, -1, -1, came"
  })
  void unsampledSpans_areSentWithTheirPriority(
      double share, @Nullable Integer came, int priority, String tags) {
    shares = SamplingShares.percent(100, share, 100);
    RequestTracer tracer = datadog(0);
    FakeRequest request =
        came == null
            ? FakeRequest.with()
            : FakeRequest.with(
                TRACE, "5", PARENT, "7", PRIORITY, came.toString(), "x-datadog-tags", "came");

    FakeHeaders upstream = request.headers().copy();
    tracer.start(request, null, upstream).finish(TracerFixture.OK);

    Span span = spans.getFirst();
    assertThat(span.context().sampling().recorded()).isEqualTo(priority > 0);
    Remark.Datadog remark = (Remark.Datadog) Objects.requireNonNull(span.context().remark());
    assertThat(remark.priority()).isEqualTo(priority);
    assertThat(remark.tags()).isEqualTo(tags);
    assertThat(upstream.asMap()).containsEntry(PRIORITY, String.valueOf(priority));
  }

  @Test
  void healthCheck_isNotSentEither() {
    healthCheck = true;
    RequestTracer tracer = datadog(0);

    start(tracer, FakeRequest.with()).finish(TracerFixture.OK);

    assertThat(spans).isEmpty();
  }

  /// What does not go by shares would not notice a route of 0 percent, such as that of probes.
  @Test
  void routeThatLetsNothingThrough_isNotSentEither() {
    FakeHeaders upstream = FakeRequest.with().headers().copy();

    datadog(0)
        .start(FakeRequest.with(), route(SamplingShares.percent(0, 0, 0)), upstream)
        .finish(TracerFixture.OK);
    datadog(0)
        .start(FakeRequest.with(), route(SamplingShares.percent(0, 0, 100)), upstream)
        .finish(TracerFixture.OK);

    assertThat(spans).singleElement().matches(span -> !span.context().sampling().recorded());
  }

  private static RouteOverride route(SamplingShares shares) {
    return new RouteOverride(shares, List.of(), null, SpanNames.NONE);
  }

  @ParameterizedTest(name = "{0}, writing {1}: {2}")
  @CsvSource({
    "RANDOM_128, TRACECONTEXT, RANDOM_128",
    "RANDOM_128, LIGHTSTEP, ROOT_SPAN_64",
    "ROOT_SPAN_128, OTTRACE, ROOT_SPAN_64",
    "TIMESTAMPED_ROOT_SPAN_128, OTTRACE, ROOT_SPAN_64",
    "TIMESTAMPED_128, OTTRACE, TIMESTAMPED_128"
  })
  void newIds_fitIntoEveryFormatThatIsWritten(
      TraceIds ids, HeaderFormat format, TraceIds expected) {
    var dialect =
        new Dialect(
            ids,
            false,
            SpanNaming.AUTHORITY,
            ParentRule.PARENT,
            Unsampled.DROPPED,
            List.of(HeaderFormat.B3),
            List.of(HeaderFormat.B3));

    assertThat(dialect.writing(List.of(HeaderFormat.B3, format)).traceIds()).isEqualTo(expected);
  }

  @Test
  void traceOfDatadog_beginsWithItsRootAndTheTime() {
    start(datadog(0), FakeRequest.with()).finish(TracerFixture.OK);

    var context = spans.getFirst().context();
    assertThat(context.traceId().low()).isEqualTo(context.spanId());
    assertThat(context.traceId().high() & 0xffff_ffffL).isZero();
    assertThat(context.traceId().high()).isNotZero();
  }

  @Test
  void limitedTrace_leavesNoTraceInTheRequestId() {
    RequestTracer tracer = zipkin(1);

    Map<String, String> first = upstream(tracer, FakeRequest.with());
    Map<String, String> second = upstream(tracer, FakeRequest.with());

    assertThat(first).containsEntry("x-b3-sampled", "1");
    assertThat(first.get("x-request-id")).satisfies(id -> assertThat(id.charAt(14)).isEqualTo('9'));
    assertThat(second).containsEntry("x-b3-sampled", "0");
    assertThat(second.get("x-request-id"))
        .satisfies(id -> assertThat(id.charAt(14)).isEqualTo('4'));
    assertThat(
            upstream(tracer, FakeRequest.with("b3", "00000000000000aa-00000000000000bb-1"))
                .get("b3"))
        .contains("-1");
  }

  @Test
  void explanation_takesNothingOfTheLimit() {
    TraceSampling sampling = TraceSampling.of(rules(dialect(), 1));
    RequestTracer asked = tracer(Direction.INBOUND, dialect(), sampling.untouched());
    RequestTracer real = tracer(Direction.INBOUND, dialect(), sampling);

    assertThat(explained(asked)).isEqualTo(SamplingDecision.RANDOM);
    assertThat(explained(asked)).isEqualTo(SamplingDecision.RANDOM);
    assertThat(start(real, FakeRequest.with()).context())
        .matches(context -> context.sampling() == Sampling.SAMPLED);
    assertThat(explained(asked)).isEqualTo(SamplingDecision.RATE_LIMITED);
  }

  private static SamplingDecision explained(RequestTracer tracer) {
    FakeRequest request = FakeRequest.with();
    return Objects.requireNonNull(
            tracer.explain(request, null, request.headers().copy()).explanation().tracing())
        .outcome();
  }

  private static Dialect dialect() {
    return new SpanIds(true, false, false).dialect();
  }

  private static Dialect dialect(SpanNaming naming, Unsampled unsampled) {
    List<HeaderFormat> formats = List.of(HeaderFormat.DATADOG);
    return new Dialect(
        TraceIds.TIMESTAMPED_ROOT_SPAN_128,
        false,
        naming,
        ParentRule.PARENT,
        unsampled,
        formats,
        formats,
        new SamplerChoice.RequestId());
  }

  private RequestTracer datadog(double tracesPerSecond) {
    return tracer(
        Direction.INBOUND, dialect(SpanNaming.DIRECTION, Unsampled.SENT), tracesPerSecond);
  }

  private RequestTracer zipkin(double tracesPerSecond) {
    return tracer(Direction.INBOUND, dialect(), tracesPerSecond);
  }

  private RequestTracer tracer(Direction direction, Dialect dialect, double tracesPerSecond) {
    return tracer(direction, dialect, TraceSampling.of(rules(dialect, tracesPerSecond)));
  }

  private static SamplingRules rules(Dialect dialect, double tracesPerSecond) {
    return new SamplingRules(dialect.parentRule(), dialect.sampler(), true, tracesPerSecond);
  }

  private RequestTracer tracer(Direction direction, Dialect dialect, TraceSampling sampling) {
    var settings =
        new TracingSettings.Spans(
            direction,
            shares,
            List.of(),
            fields -> healthCheck,
            "node-1",
            "",
            256,
            false,
            dialect,
            spawn,
            SpanNames.NONE);
    return new RequestTracer(
        new TracingSettings(RequestIds.DEFAULTS, settings, sampling),
        Propagation.of(dialect.extract(), dialect.inject(), new MalformedContexts()),
        spans::add,
        new TracerSources(new SplittableRandom(7), SpanClock.system()));
  }

  private static RequestTrace start(RequestTracer tracer, FakeRequest request) {
    return tracer.start(request, null, request.headers().copy());
  }

  private static Map<String, String> upstream(RequestTracer tracer, FakeRequest request) {
    FakeHeaders upstream = request.headers().copy();
    tracer.start(request, null, upstream);
    return upstream.asMap();
  }
}
