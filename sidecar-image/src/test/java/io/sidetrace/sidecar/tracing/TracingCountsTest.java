package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.tracing.TracingCounts.Reason;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TracingCountsTest {
  @ParameterizedTest
  @CsvSource({
    "CLIENT_REQUESTED, CLIENT_ENABLED",
    "FORCED, SERVICE_FORCED",
    "RANDOM, RANDOM_SAMPLING",
    "REQUEST_ID_SAMPLED, RANDOM_SAMPLING",
    "REQUEST_ID_FORCED, SERVICE_FORCED",
    "REQUEST_ID_CLIENT, CLIENT_ENABLED",
    "ALWAYS, RANDOM_SAMPLING",
    "NOT_CHOSEN, NOT_TRACEABLE",
    "HEALTH_CHECK, HEALTH_CHECK",
    "OVERALL_LIMIT, NOT_TRACEABLE",
    "NOT_TRACEABLE, NOT_TRACEABLE"
  })
  void decision_countsAsInEnvoy(SamplingDecision decision, Reason reason) {
    assertThat(Reason.of(decision)).isEqualTo(reason);
  }

  @Test
  void tracers_countByTheirManager() {
    var counts = new TracingCounts();
    RequestTracer tracer = tracer().countedBy(counts.of("ingress"));
    RequestTracer sameManager = tracer().countedBy(counts.of("ingress"));
    counts.of("egress");

    tracer.start(FakeRequest.with(), null, FakeHeaders.of());
    sameManager.start(FakeRequest.with("x-request-id", "none"), null, FakeHeaders.of());

    assertThat(counts.snapshot().get("ingress"))
        .containsEntry(Reason.RANDOM_SAMPLING, 1L)
        .containsEntry(Reason.NOT_TRACEABLE, 1L)
        .containsEntry(Reason.HEALTH_CHECK, 0L);
    assertThat(counts.decisions().get("ingress"))
        .isEqualTo(Map.of(SamplingDecision.RANDOM, 1L, SamplingDecision.NOT_TRACEABLE, 1L));
    assertThat(counts.decisions().get("egress")).isEmpty();
    assertThat(counts.snapshot().get("egress"))
        .isEqualTo(
            Map.of(
                Reason.RANDOM_SAMPLING, 0L,
                Reason.SERVICE_FORCED, 0L,
                Reason.CLIENT_ENABLED, 0L,
                Reason.NOT_TRACEABLE, 0L,
                Reason.HEALTH_CHECK, 0L));
  }

  private static RequestTracer tracer() {
    return new RequestTracer(
        new TracingSettings(
            TracingSettings.RequestIds.DEFAULTS, TracerFixture.spans(Direction.INBOUND)),
        Propagation.of(
            List.of(HeaderFormat.B3_AS_RECEIVED),
            List.of(HeaderFormat.B3_AS_RECEIVED),
            new MalformedContexts()),
        span -> {},
        TracerSources.system());
  }
}
