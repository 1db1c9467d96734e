package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `x-request-id` and the other fields that say who may ask for what, as observed on Envoy 1.40.
final class RequestIdTest {
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String GIVEN = "00000000-0000-4000-8000-000000000000";
  private static final String SAMPLED = "00000000-0000-9000-8000-000000000000";
  private static final String FORCED = "00000000-0000-a000-8000-000000000000";
  private static final RequestIds RENDERED =
      new RequestIds(true, true, false, false, true, false, List.of());
  private static final RequestIds EDGE =
      new RequestIds(true, false, false, true, true, true, List.of());
  private static final RequestIds EDGE_PRESERVING =
      new RequestIds(true, true, false, true, true, true, List.of());
  private static final RequestIds NOT_MADE =
      new RequestIds(false, false, false, true, true, false, List.of());

  static Stream<Arguments> identifiers() {
    return Stream.of(
        argumentSet("made, with the decision", RequestIds.DEFAULTS, "", UUID.formatted("9")),
        argumentSet("made, plain", RENDERED, "", UUID.formatted("4")),
        argumentSet("kept, with the decision", RequestIds.DEFAULTS, GIVEN, SAMPLED),
        argumentSet("kept, plain", RENDERED, GIVEN, GIVEN),
        argumentSet("kept though no UUID", RequestIds.DEFAULTS, "mine", "mine"),
        argumentSet("replaced at the edge", EDGE, FORCED, UUID.formatted("9")),
        argumentSet("kept at the edge without its claim", EDGE_PRESERVING, FORCED, SAMPLED));
  }

  @ParameterizedTest
  @MethodSource("identifiers")
  void identifier_goesUpstream(RequestIds settings, String received, String expected) {
    var tracer = new TracerFixture(settings, TracerFixture.spans(Direction.INBOUND));

    Exchange exchange = tracer.start(FakeRequest.with("x-request-id", received));

    assertThat(exchange.upstream().get("x-request-id")).matches(expected);
    assertThat(exchange.trace().requestId()).matches(expected);
  }

  @Test
  void identifierThatIsNotMade_isAbsentAndUntraceable() {
    var tracer = new TracerFixture(NOT_MADE, TracerFixture.spans(Direction.INBOUND));

    Exchange exchange = tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());

    assertThat(exchange.upstream())
        .doesNotContainKey("x-request-id")
        .containsEntry("x-b3-sampled", "0");
    assertThat(exchange.trace().requestId()).isEmpty();
    assertThat(tracer.spans).isEmpty();
  }

  @Test
  void tracingOff_stillIdentifiesAndTouchesNothingElse() {
    var tracer = new TracerFixture(RequestIds.DEFAULTS, null);
    FakeHeaders response = FakeHeaders.of("x-envoy-decorator-operation", "theirs");

    Exchange bare = tracer.exchange(FakeRequest.with(), null, response);
    Exchange given =
        tracer.exchange(
            FakeRequest.with(
                "x-request-id", GIVEN, "b3", "junk", "x-envoy-decorator-operation", "op"),
            null,
            response);

    assertThat(bare.upstream()).containsOnlyKeys("x-request-id");
    assertThat(bare.upstream().get("x-request-id")).matches(UUID.formatted("4"));
    assertThat(given.upstream())
        .isEqualTo(
            Map.of("x-request-id", GIVEN, "b3", "junk", "x-envoy-decorator-operation", "op"));
    assertThat(given.downstream()).isEqualTo(response.asMap());
    assertThat(tracer.spans).isEmpty();
  }

  @Test
  void identifier_isReturnedWhenAsked() {
    var always = new RequestIds(true, true, true, true, true, false, List.of());
    FakeRequest request = FakeRequest.with("x-request-id", GIVEN);

    for (boolean spans : new boolean[] {true, false}) {
      var tracer = new TracerFixture(always, spans ? TracerFixture.spans(Direction.INBOUND) : null);
      assertThat(tracer.exchange(request, null, FakeHeaders.of()).downstream())
          .containsEntry("x-request-id", spans ? SAMPLED : GIVEN);
    }
    assertThat(
            TracerFixture.of(Direction.INBOUND)
                .exchange(request, null, FakeHeaders.of())
                .downstream())
        .isEmpty();
  }

  @Test
  void forcing_isNeverHonouredAndGoesNoFurther() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    Exchange exchange =
        tracer.start(FakeRequest.with("x-envoy-force-trace", "true", "x-request-id", GIVEN));

    assertThat(exchange.upstream())
        .doesNotContainKey("x-envoy-force-trace")
        .containsEntry("x-request-id", SAMPLED);
  }

  @Test
  void whatASenderAtTheEdgeSaysOfItself_isIgnoredAndGoesNoFurther() {
    var tracer = new TracerFixture(EDGE, TracerFixture.spans(Direction.INBOUND));

    Exchange exchange =
        tracer.exchange(
            FakeRequest.with(
                "x-envoy-decorator-operation", "their",
                "x-envoy-downstream-service-cluster", "dsc",
                "x-envoy-downstream-service-node", "n"),
            null,
            FakeHeaders.of());

    assertThat(exchange.upstream())
        .doesNotContainKeys(
            "x-envoy-decorator-operation",
            "x-envoy-downstream-service-cluster",
            "x-envoy-downstream-service-node");
    assertThat(tracer.onlySpan().name()).isEqualTo("example.test:8000");
    assertThat(TracerFixture.tags(tracer.onlySpan())).containsEntry("downstream_cluster", "-");
  }

  @Test
  void identifiersMade_areAllDifferent() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    assertThat(
            Stream.generate(() -> tracer.start(FakeRequest.with()).trace().requestId())
                .limit(10_000))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches(UUID.formatted("9")));
  }

  static Stream<Arguments> senders() {
    return Stream.of(
        argumentSet("internal peer", true, null, true),
        argumentSet("behind a proxy", true, "127.0.0.9", false),
        argumentSet("internal sender", false, "127.200.1.1", true),
        argumentSet("internal sender in IPv6", false, "fd00::7", true),
        argumentSet("external sender", false, "192.0.2.7", false),
        argumentSet("several proxies", false, "127.0.0.1, 127.0.0.2", false),
        argumentSet("no address", false, "127.1", false),
        argumentSet("nobody said", false, null, false));
  }

  @ParameterizedTest
  @MethodSource("senders")
  void forcing_isHonouredFromInternalAddresses(
      boolean useRemoteAddress, @Nullable String forwardedFor, boolean honoured) {
    var ranges =
        List.of(
            new AddressRange(InetAddress.ofLiteral("127.0.0.0"), 8),
            new AddressRange(InetAddress.ofLiteral("fc00::"), 7));
    var ids = new RequestIds(true, true, false, true, true, useRemoteAddress, ranges);
    var tracer = new TracerFixture(ids, TracerFixture.spans(Direction.INBOUND));
    FakeHeaders fields = FakeHeaders.of("x-envoy-force-trace", "1", "x-request-id", GIVEN);
    if (forwardedFor != null) {
      fields.set("x-forwarded-for", forwardedFor);
    }

    Exchange exchange = tracer.exchange(new FakeRequest("/", fields), null, FakeHeaders.of());

    assertThat(exchange.upstream().containsKey("x-envoy-force-trace")).isEqualTo(honoured);
    assertThat(exchange.downstream().containsKey("x-request-id")).isEqualTo(honoured);
    assertThat(exchange.trace().requestId().charAt(14)).isEqualTo(honoured ? 'a' : '9');
  }

  @Test
  void controlFields_endHereUnlessTheyAreNobodysOrInternal() {
    Exchange exchange =
        TracerFixture.of(Direction.INBOUND)
            .start(
                FakeRequest.with(
                    "x-envoy-retry-on", "5xx",
                    "x-envoy-ip-tags", "a",
                    "x-envoy-internal", "true",
                    "x-envoy-attempt-count", "2",
                    "x-envoy-external-address", "192.0.2.7"));

    assertThat(exchange.upstream())
        .doesNotContainKeys("x-envoy-retry-on", "x-envoy-ip-tags", "x-envoy-internal")
        .containsKeys("x-envoy-attempt-count", "x-envoy-external-address");
  }

  @Test
  void healthCheck_isNeverRecordedWhateverWasDecided() {
    Spans all = TracerFixture.spans(Direction.INBOUND);
    var settings =
        new Spans(
            all.direction(),
            all.sampling(),
            List.of(),
            fields -> "/healthz".equals(fields.first(":path")),
            "",
            "",
            all.maxPathTagLength(),
            false,
            all.dialect(),
            all.spawnUpstreamSpan(),
            SpanNames.NONE);
    var tracer = new TracerFixture(RequestIds.DEFAULTS, settings);

    Exchange exchange =
        tracer.exchange(
            new FakeRequest("/healthz", FakeHeaders.of("x-b3-sampled", "1")),
            null,
            FakeHeaders.of());

    assertThat(tracer.spans).isEmpty();
    assertThat(exchange.upstream()).containsEntry("x-b3-sampled", "0");
    assertThat(exchange.trace().requestId().charAt(14)).as("decided before").isEqualTo('9');
  }
}
