package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.propagation.PropagationSettings;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What formats mean for spans, and what spans mean for headers.
final class TracedFormatsTest {
  private static TracerFixture fixture(
      SamplingShares shares, boolean injectUnsampled, HeaderFormat... formats) {
    Spans all = TracerFixture.spans(Direction.INBOUND, new SpanIds(false, false, false), List.of());
    var spans =
        new Spans(
            all.direction(),
            shares,
            all.customTags(),
            all.healthCheck(),
            all.nodeId(),
            all.zone(),
            all.maxPathTagLength(),
            all.verbose(),
            all.dialect(),
            all.spawnUpstreamSpan(),
            all.names());
    return new TracerFixture(
        RequestIds.DEFAULTS,
        spans,
        new PropagationSettings(
            List.of(formats), List.of(formats), injectUnsampled, "shop", "shop-1"));
  }

  /// So that the application's own traces begin as if there were no sidecar.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing came, x-a, 1",
    "a decision alone, b3, 0",
    "nothing that could be understood, b3, junk",
  })
  void unsampledRequestWithoutAContext_goesOnAsItCame(String name, String field, String value) {
    TracerFixture fixture =
        fixture(SamplingShares.percent(0, 0, 0), false, HeaderFormat.B3, HeaderFormat.TRACECONTEXT);

    Exchange exchange = fixture.exchange(FakeRequest.with(field, value), null, FakeHeaders.of());

    assertThat(exchange.upstream()).containsOnlyKeys(field, "x-request-id");
    assertThat(exchange.upstream()).containsEntry(field, value);
    assertThat(fixture.spans).isEmpty();
  }

  @Test
  void unsampledRequestWithAContext_takesItsDecisionAlong() {
    TracerFixture fixture =
        fixture(SamplingShares.ALL, false, HeaderFormat.B3, HeaderFormat.TRACECONTEXT);

    Exchange exchange =
        fixture.exchange(
            FakeRequest.with("b3", "48485a3953bb6124-a2fb4a1d1a96d312-0"), null, FakeHeaders.of());

    assertThat(exchange.upstream().get("b3"))
        .startsWith("48485a3953bb6124-")
        .endsWith("-0-a2fb4a1d1a96d312");
    assertThat(exchange.upstream().get("traceparent")).endsWith("-00");
    assertThat(fixture.spans).isEmpty();
  }

  @Test
  void sampledRequestWithoutAContext_getsOneInEveryFormat() {
    TracerFixture fixture =
        fixture(SamplingShares.ALL, false, HeaderFormat.B3, HeaderFormat.TRACECONTEXT);

    assertThat(fixture.exchange(FakeRequest.with(), null, FakeHeaders.of()).upstream())
        .containsOnlyKeys("b3", "traceparent", "x-request-id");
    assertThat(fixture.spans).hasSize(1);
  }

  @Test
  void traceWithoutASpan_getsOursAsItsFirst() {
    TracerFixture fixture = fixture(SamplingShares.ALL, true, HeaderFormat.XRAY);

    fixture.exchange(
        FakeRequest.with("x-amzn-trace-id", "Root=1-463ac35c-9f6413ad48485a3953bb6124"),
        null,
        FakeHeaders.of());

    Span span = fixture.onlySpan();
    assertThat(span.context().traceId().format()).isEqualTo("463ac35c9f6413ad48485a3953bb6124");
    assertThat(span.context().parentId()).isZero();
  }

  @Test
  void remark_reachesTheSpan() {
    TracerFixture fixture = fixture(SamplingShares.ALL, true, HeaderFormat.DATADOG);

    fixture.exchange(
        FakeRequest.with(
            "x-datadog-trace-id", "7",
            "x-datadog-parent-id", "8",
            "x-datadog-sampling-priority", "2",
            "x-datadog-origin", "rum"),
        null,
        FakeHeaders.of());

    assertThat(fixture.onlySpan().context().remark()).isEqualTo(new Remark.Datadog(2, "rum", ""));
  }

  @Test
  void explanation_namesTheFormats() {
    TracerFixture fixture =
        fixture(SamplingShares.percent(0, 0, 0), false, HeaderFormat.B3, HeaderFormat.TRACECONTEXT);

    assertThat(fixture.explain(FakeRequest.with("traceparent", "junk")))
        .isEqualTo(new Explanation.Formats(null, List.of()));
    assertThat(
            fixture.explain(
                FakeRequest.with(
                    "b3",
                    "x",
                    "traceparent",
                    "00-463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-00")))
        .isEqualTo(new Explanation.Formats("tracecontext", List.of("b3", "tracecontext")));
  }
}
