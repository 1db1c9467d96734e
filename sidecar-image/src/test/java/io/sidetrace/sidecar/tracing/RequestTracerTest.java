package io.sidetrace.sidecar.tracing;

import static io.sidetrace.sidecar.tracing.TracerFixture.OK;
import static io.sidetrace.sidecar.tracing.TracerFixture.START_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.format.FakeFacts;
import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.propagation.Malformation;
import io.sidetrace.sidecar.propagation.MalformedContexts.Kind;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTracerTest {
  private static final TraceContext CALLER =
      new TraceContext(
          new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L), 2, 1, Sampling.SAMPLED);
  private static final RouteOverride NOTHING =
      new RouteOverride(SamplingShares.percent(0, 0, 0), List.of(), null, SpanNames.NONE);

  @Test
  void requestWithoutContext_beginsATrace() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    Exchange exchange = tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());

    Span span = tracer.onlySpan();
    assertThat(span.context().parentId()).isZero();
    assertThat(span.context().traceId().low()).isEqualTo(span.context().spanId());
    assertThat(span.context().traceId().high()).isNotZero();
    assertThat(span.shared()).isFalse();
    assertThat(exchange.upstream())
        .containsEntry("x-b3-traceid", span.context().traceId().format())
        .containsEntry("x-b3-spanid", "%016x".formatted(span.context().spanId()))
        .containsEntry("x-b3-sampled", "1")
        .doesNotContainKey("x-b3-parentspanid");
  }

  @ParameterizedTest
  @CsvSource({"INBOUND, SERVER", "OUTBOUND, CLIENT"})
  void requestWithContext_continuesItsTrace(Direction direction, Span.Kind kind) {
    TracerFixture tracer = TracerFixture.of(direction);

    Exchange exchange = tracer.exchange(called("1"), null, FakeHeaders.of());

    Span span = tracer.onlySpan();
    assertThat(span.kind()).isEqualTo(kind);
    assertThat(span.context().traceId()).isEqualTo(CALLER.traceId());
    assertThat(span.context().parentId()).isEqualTo(CALLER.spanId());
    assertThat(exchange.upstream())
        .containsEntry("x-b3-parentspanid", "0000000000000002")
        .containsEntry("x-b3-spanid", "%016x".formatted(span.context().spanId()));
  }

  @Test
  void sharedServerSpan_isTheCallersOwn() {
    var tracer = sharing(Direction.INBOUND);

    Exchange exchange = tracer.exchange(called("1"), null, FakeHeaders.of());

    assertThat(tracer.onlySpan().context()).isEqualTo(CALLER);
    assertThat(tracer.onlySpan().shared()).isTrue();
    assertThat(exchange.upstream())
        .containsEntry("x-b3-spanid", "0000000000000002")
        .containsEntry("x-b3-parentspanid", "0000000000000001");
  }

  @Test
  void sharing_isForServersWithACaller() {
    var root = sharing(Direction.INBOUND);
    root.exchange(FakeRequest.with(), null, FakeHeaders.of());
    var client = sharing(Direction.OUTBOUND);
    client.exchange(called("1"), null, FakeHeaders.of());

    assertThat(root.onlySpan().shared()).isFalse();
    assertThat(client.onlySpan().shared()).isFalse();
    assertThat(client.onlySpan().context().parentId()).isEqualTo(CALLER.spanId());
  }

  @Test
  void narrowTraceIds_areMadeWhenAsked() {
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS,
            TracerFixture.spans(Direction.INBOUND, new SpanIds(false, false, false), List.of()));

    tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());

    assertThat(tracer.onlySpan().context().traceId().high()).isZero();
  }

  @Test
  void decisionThatCame_beatsOurs() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    Exchange unsampled = tracer.exchange(called("0"), null, FakeHeaders.of());
    assertThat(tracer.spans).isEmpty();
    assertThat(unsampled.upstream())
        .containsEntry("x-b3-sampled", "0")
        .containsEntry("x-b3-traceid", CALLER.traceId().format())
        .containsEntry("x-b3-parentspanid", "0000000000000002");

    Exchange sampled = tracer.exchange(called("1"), NOTHING, FakeHeaders.of());
    assertThat(sampled.upstream()).containsEntry("x-b3-sampled", "1");
    assertThat(tracer.spans).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"b3, 0, 0", "b3, 1, 1", "b3, d, 1", "x-b3-sampled, 0, 0", "x-b3-flags, 1, 1"})
  void decisionWithoutContext_beginsATraceThatObeysIt(String name, String value, int spans) {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);
    RouteOverride against = spans == 0 ? null : NOTHING;

    tracer.exchange(FakeRequest.with(name, value), against, FakeHeaders.of());

    assertThat(tracer.spans).hasSize(spans);
  }

  @Test
  void malformedContext_isReplacedByARootAndCounted() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    Exchange exchange =
        tracer.exchange(FakeRequest.with("b3", "not-a-context"), null, FakeHeaders.of());

    TraceContext root = tracer.onlySpan().context();
    assertThat(root.parentId()).isZero();
    assertThat(exchange.upstream())
        .containsEntry(
            "b3", root.traceId().format() + "-" + "%016x".formatted(root.spanId()) + "-1");
    assertThat(tracer.malformed.snapshot())
        .isEqualTo(Map.of(new Kind("b3", Malformation.TRACE_ID_NOT_HEX), 1L));
  }

  @Test
  void unsampledRequest_makesNoSpanButCarriesItsDecisionOn() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    Exchange exchange = tracer.exchange(FakeRequest.with(), NOTHING, FakeHeaders.of());

    assertThat(tracer.spans).isEmpty();
    assertThat(exchange.upstream())
        .containsEntry("x-b3-sampled", "0")
        .containsKeys("x-b3-traceid", "x-b3-spanid", "x-request-id");
  }

  @Test
  void routesSampling_replacesTheManagers() {
    var none = SamplingShares.percent(0, 0, 0);
    Spans all = TracerFixture.spans(Direction.INBOUND);
    var settings =
        new Spans(
            all.direction(),
            none,
            List.of(),
            fields -> false,
            "",
            "",
            all.maxPathTagLength(),
            false,
            all.dialect(),
            all.spawnUpstreamSpan(),
            SpanNames.NONE);
    var tracer = new TracerFixture(RequestIds.DEFAULTS, settings);

    tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());
    assertThat(tracer.spans).isEmpty();

    tracer.exchange(
        FakeRequest.with(),
        new RouteOverride(SamplingShares.ALL, List.of(), null, SpanNames.NONE),
        FakeHeaders.of());
    assertThat(tracer.spans).hasSize(1);
  }

  @Test
  void samplingWithoutIdentifiers_takesAll() {
    var ids = new RequestIds(false, true, false, false, false, false, List.of());
    var tracer = new TracerFixture(ids, TracerFixture.spans(Direction.INBOUND));

    tracer.exchange(FakeRequest.with(), NOTHING, FakeHeaders.of());

    assertThat(tracer.spans).hasSize(1);
  }

  @Test
  void upstreamSpan_isTheChildThatTheUpstreamSees() {
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS,
            TracerFixture.spans(Direction.OUTBOUND, new SpanIds(true, false, true), List.of()));

    Exchange exchange = tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());

    assertThat(tracer.spans).hasSize(2);
    Span request = tracer.spans.getFirst();
    Span child = tracer.spans.getLast();
    assertThat(request.parent()).isEqualTo(Span.Parent.NONE);
    assertThat(child.parent()).isEqualTo(Span.Parent.LOCAL);
    assertThat(request.kind()).isEqualTo(Span.Kind.SERVER);
    assertThat(child.kind()).isEqualTo(Span.Kind.CLIENT);
    assertThat(child.name()).isEqualTo("router app egress");
    assertThat(child.context().parentId()).isEqualTo(request.context().spanId());
    assertThat(child.context().traceId()).isEqualTo(request.context().traceId());
    assertThat(exchange.upstream())
        .containsEntry("x-b3-spanid", "%016x".formatted(child.context().spanId()));
  }

  @Test
  void requestThatReachedNoCluster_hasNoUpstreamSpan() {
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS,
            TracerFixture.spans(Direction.INBOUND, new SpanIds(true, false, true), List.of()));

    tracer
        .start(FakeRequest.with())
        .trace()
        .finish(new Outcome(404, 0, 0, "NR", "", null, new FakeFacts()));

    assertThat(tracer.onlySpan().kind()).isEqualTo(Span.Kind.SERVER);
  }

  @Test
  void duration_isMonotonicThoughTheWallClockIsSet() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);
    Exchange exchange = tracer.start(FakeRequest.with());

    tracer.advance(5_000_000);
    tracer.setWallClock(START_MICROS - 3_600_000_000L);
    exchange.trace().finish(OK);

    assertThat(tracer.onlySpan().durationMicros()).isEqualTo(5_000_000);
  }

  @Test
  void span_isDatedByTheWallClock() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);
    tracer.advance(1_500_000);
    Exchange exchange = tracer.start(FakeRequest.with());
    exchange.trace().finish(OK);

    assertThat(tracer.onlySpan().startMicros()).isEqualTo(START_MICROS + 1_500_000);
    assertThat(tracer.onlySpan().durationMicros()).as("never 0, which means none").isEqualTo(1);
  }

  @Test
  void moments_showOnVerboseSpans() {
    Spans plain = TracerFixture.spans(Direction.INBOUND);
    var verbose =
        new Spans(
            plain.direction(),
            plain.sampling(),
            List.of(),
            fields -> false,
            "",
            "",
            256,
            true,
            plain.dialect(),
            plain.spawnUpstreamSpan(),
            SpanNames.NONE);
    var tracer = new TracerFixture(RequestIds.DEFAULTS, verbose);
    Exchange exchange = tracer.start(FakeRequest.with());

    tracer.advance(10);
    exchange.trace().mark(Moment.LAST_DOWNSTREAM_RX_BYTE_RECEIVED);
    tracer.advance(10);
    exchange.trace().mark(Moment.FIRST_UPSTREAM_TX_BYTE_SENT);
    exchange.trace().finish(OK);

    assertThat(tracer.onlySpan().annotations())
        .containsExactly(
            new Span.Annotation(START_MICROS + 10, "last_downstream_rx_byte_received"),
            new Span.Annotation(START_MICROS + 20, "first_upstream_tx_byte_sent"));
  }

  @Test
  void moments_showOnVerboseSpansOnly() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);
    Exchange exchange = tracer.start(FakeRequest.with());

    exchange.trace().mark(Moment.LAST_DOWNSTREAM_RX_BYTE_RECEIVED);
    exchange.trace().finish(OK);

    assertThat(tracer.onlySpan().annotations()).isEmpty();
  }

  private static TracerFixture sharing(Direction direction) {
    return new TracerFixture(
        RequestIds.DEFAULTS,
        TracerFixture.spans(direction, new SpanIds(true, true, false), List.of()));
  }

  private static FakeRequest called(String sampled) {
    return FakeRequest.with(
        "x-b3-traceid",
        CALLER.traceId().format(),
        "x-b3-spanid",
        "0000000000000002",
        "x-b3-parentspanid",
        "0000000000000001",
        "x-b3-sampled",
        sampled);
  }
}
