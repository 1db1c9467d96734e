package io.sidetrace.sidecar.tracing;

import static io.sidetrace.sidecar.tracing.TracerFixture.OK;
import static io.sidetrace.sidecar.tracing.TracerFixture.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.format.FakeFacts;
import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Names, values and order of tags as Envoy 1.40 sent them for the same requests.
final class SpanTagsTest {
  private static final String ID = "00000000-0000-9000-8000-000000000000";
  private static final SpanIds PLAIN = new SpanIds(true, false, false);

  @ParameterizedTest
  @EnumSource
  void bareRequest_hasEnvoysTags(Direction direction) {
    TracerFixture tracer = TracerFixture.of(direction);

    tracer.exchange(FakeRequest.with("x-request-id", ID), null, FakeHeaders.of());

    assertThat(tags(tracer.onlySpan()))
        .containsExactly(
            entry("node_id", "node-1"),
            entry("zone", "zone-1"),
            entry("guid:x-request-id", ID),
            entry("http.url", "http://example.test:8000/p?q=1"),
            entry("http.method", "GET"),
            entry("downstream_cluster", "-"),
            entry("user_agent", "-"),
            entry("http.protocol", "HTTP/1.1"),
            entry("peer.address", "127.0.0.1"),
            entry("request_size", "0"),
            entry("response_size", "5"),
            entry("component", "proxy"),
            entry("upstream_cluster", "app"),
            entry("upstream_cluster.name", "app"),
            entry("http.status_code", "200"),
            entry("response_flags", "-"));
  }

  @Test
  void sidecarWithoutZone_hasNoZoneTag() {
    var spans =
        new TracingSettings.Spans(
            Direction.INBOUND,
            SamplingShares.ALL,
            List.of(),
            fields -> false,
            "node-1",
            "",
            256,
            false,
            PLAIN.dialect(),
            false,
            SpanNames.NONE);
    var tracer = new TracerFixture(RequestIds.DEFAULTS, spans);

    tracer.exchange(FakeRequest.with("x-request-id", ID), null, FakeHeaders.of());

    assertThat(tags(tracer.onlySpan())).doesNotContainKey("zone").containsKey("node_id");
  }

  @Test
  void fieldsOfTheRequest_showOnTags() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    tracer.exchange(
        FakeRequest.with(
            "user-agent", "curl/8",
            "x-forwarded-proto", "https",
            "x-client-trace-id", "ct",
            "x-envoy-downstream-service-cluster", "dsc",
            "x-envoy-original-path", "/orig?x"),
        null,
        FakeHeaders.of());

    assertThat(tags(tracer.onlySpan()))
        .containsEntry("user_agent", "curl/8")
        .containsEntry("http.url", "https://example.test:8000/orig?x")
        .containsEntry("guid:x-client-trace-id", "ct")
        .containsEntry("downstream_cluster", "dsc");
  }

  @ParameterizedTest
  @CsvSource({
    "/p, /p",
    "'*', '*'",
    "http://other.test/abs?q, /abs?q",
    "http://other.test, /",
  })
  void url_isMadeOfAuthorityAndPath(String target, String path) {
    assertThat(new RequestUrl(256).of(new FakeRequest(target, FakeHeaders.of())))
        .isEqualTo("http://example.test:8000" + path);
  }

  @Test
  void path_isCut() {
    var request = new FakeRequest("/" + "a".repeat(300), FakeHeaders.of());

    assertThat(new RequestUrl(256).of(request))
        .isEqualTo("http://example.test:8000/" + "a".repeat(255));
    assertThat(new RequestUrl(0).of(request)).isEqualTo("http://example.test:8000");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "200, ", "404, ", "499, ", "500, true", "503, true"})
  void error_isAServersOrNoResponse(int status, String error) {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    tracer
        .start(FakeRequest.with())
        .trace()
        .finish(new Outcome(status, 1, 2, "-", "app", null, new FakeFacts()));

    assertThat(tags(tracer.onlySpan()).get("error")).isEqualTo(error);
    assertThat(tags(tracer.onlySpan())).containsEntry("http.status_code", "" + status);
  }

  @Test
  void exchangeWithoutCluster_hasNoClusterTags() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    tracer
        .start(FakeRequest.with())
        .trace()
        .finish(new Outcome(404, 0, 0, "NR", "", null, new FakeFacts()));

    assertThat(tags(tracer.onlySpan()))
        .containsEntry("response_flags", "NR")
        .doesNotContainKeys("upstream_cluster", "upstream_cluster.name");
  }

  @Test
  void customTags_comeLastAndMayReplace() {
    List<CustomTag> manager =
        List.of(
            new CustomTag.Literal("lit", "v"),
            new CustomTag.Literal("component", "mine"),
            new CustomTag.RequestHeader("hdr", "x-foo", "default"),
            new CustomTag.RequestHeader("none", "x-none", ""),
            CustomTag.environment("env", "HOME", "", Map.of("HOME", "/root")),
            CustomTag.environment("unset", "UNSET", "fallback", Map.of()));
    List<CustomTag> route =
        List.of(new CustomTag.Literal("lit", "route"), new CustomTag.Literal("rt", "r"));
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS, TracerFixture.spans(Direction.OUTBOUND, PLAIN, manager));

    tracer.exchange(
        FakeRequest.with("x-foo", "foo"),
        new RouteOverride(null, route, null, SpanNames.NONE),
        FakeHeaders.of());

    assertThat(tags(tracer.onlySpan()))
        .containsEntry("component", "mine")
        .containsEntry("hdr", "foo")
        .containsEntry("env", "/root")
        .containsEntry("unset", "fallback")
        .containsEntry("lit", "route")
        .containsEntry("rt", "r")
        .doesNotContainKey("none");
  }

  @Test
  void upstreamSpan_hasEnvoysTags() {
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS,
            TracerFixture.spans(
                Direction.OUTBOUND,
                new SpanIds(true, false, true),
                List.of(new CustomTag.Literal("lit", "v"))));

    tracer.start(FakeRequest.with()).trace().finish(OK);

    assertThat(tags(tracer.spans.getLast()))
        .containsExactly(
            entry("upstream_address", "127.0.0.1:9080"),
            entry("peer.address", "127.0.0.1:9080"),
            entry("component", "proxy"),
            entry("upstream_cluster", "app"),
            entry("upstream_cluster.name", "app"),
            entry("http.protocol", "HTTP/1.1"),
            entry("http.status_code", "200"),
            entry("response_flags", "-"),
            entry("lit", "v"));
    assertThat(tags(tracer.spans.getLast())).containsEntry("lit", "v");
  }

  static Stream<Arguments> attempts() {
    return Stream.of(
        argumentSet(
            "answered",
            new End.Answered(503),
            Map.of("http.status_code", "503", "error", "true", "http.protocol", "HTTP/1.1")),
        argumentSet(
            "not connected",
            new End.NotConnected("remote connection failure"),
            Map.of(
                "http.status_code", "0",
                "http.protocol", "-",
                "error.reason", "remote connection failure",
                "response_flags", "UF")),
        argumentSet(
            "lost",
            new End.Lost(0, "connection termination"),
            Map.of("http.status_code", "0", "error.reason", "connection termination")),
        argumentSet(
            "lost within the answer",
            new End.Lost(200, "protocol error"),
            Map.of("http.status_code", "200", "error.reason", "protocol error", "error", "true")),
        argumentSet(
            "canceled within the answer",
            new End.Canceled(200),
            Map.of("http.status_code", "200", "canceled", "true", "response_flags", "-")),
        argumentSet(
            "canceled",
            new End.Canceled(0),
            Map.of("http.status_code", "0", "canceled", "true", "response_flags", "-")));
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void attempt_saysHowItEnded(End end, Map<String, String> expected) {
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS,
            TracerFixture.spans(Direction.INBOUND, new SpanIds(true, false, true), List.of()));

    tracer
        .start(FakeRequest.with())
        .trace()
        .finish(
            new Outcome(
                503, 0, 0, "UF", "app", new Attempt("127.0.0.1:9080", end), new FakeFacts()));

    assertThat(tags(tracer.spans.getLast())).containsAllEntriesOf(expected);
  }

  @Test
  void emptyFields_haveNoTags() {
    TracerFixture tracer = TracerFixture.of(Direction.INBOUND);

    tracer.exchange(
        FakeRequest.with("user-agent", "", "x-client-trace-id", ""), null, FakeHeaders.of());

    assertThat(tags(tracer.onlySpan())).doesNotContainKeys("user_agent", "guid:x-client-trace-id");
  }

  @Test
  void customTags_mayNameTheRequestLineAndTheNewIdentifier() {
    List<CustomTag> custom =
        List.of(
            new CustomTag.RequestHeader("path", ":path", ""),
            new CustomTag.RequestHeader("method", ":method", ""),
            new CustomTag.RequestHeader("authority", ":authority", ""),
            new CustomTag.RequestHeader("id", "x-request-id", ""));
    var tracer =
        new TracerFixture(
            RequestIds.DEFAULTS, TracerFixture.spans(Direction.INBOUND, PLAIN, custom));

    Exchange exchange = tracer.exchange(FakeRequest.with(), null, FakeHeaders.of());

    assertThat(tags(tracer.onlySpan()))
        .containsEntry("path", "/p?q=1")
        .containsEntry("method", "GET")
        .containsEntry("authority", "example.test:8000")
        .containsEntry("id", exchange.trace().requestId());
  }
}
