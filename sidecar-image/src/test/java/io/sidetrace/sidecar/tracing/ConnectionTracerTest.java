package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the spans of connections say, and how many there are.
final class ConnectionTracerTest {
  private final List<Span> spans = new ArrayList<>();
  private final Facts facts = new Facts();

  @Test
  void tlsConnection_hasAllTagsInOrder() {
    tracer(TracerFixture.spans(Direction.OUTBOUND))
        .finish(new TracedConnection("tls", "db.internal", "[fd00::1]:5432", 7, facts));

    Span span = spans.getFirst();
    assertThat(span.name()).isEqualTo("db.internal");
    assertThat(span.kind()).isEqualTo(Span.Kind.CLIENT);
    assertThat(span.shared()).isFalse();
    assertThat(span.startMicros()).isEqualTo(1_000);
    assertThat(span.durationMicros()).isEqualTo(7);
    assertThat(span.annotations()).isEmpty();
    assertThat(TracerFixture.tags(span))
        .containsExactly(
            Map.entry("node_id", "node-1"),
            Map.entry("zone", "zone-1"),
            Map.entry("connection.protocol", "tls"),
            Map.entry("tls.sni", "db.internal"),
            Map.entry("peer.address", "10.0.0.1"),
            Map.entry("upstream_address", "10.0.0.2:5432"),
            Map.entry("request_size", "11"),
            Map.entry("response_size", "12"),
            Map.entry("component", "proxy"),
            Map.entry("upstream_cluster", "outbound"),
            Map.entry("upstream_cluster.name", "outbound"),
            Map.entry("response_flags", "-"));
  }

  @Test
  void inboundConnection_isOfTheServersKind() {
    tracer(TracerFixture.spans(Direction.INBOUND)).finish(connection(null, null));
    assertThat(spans.getFirst().kind()).isEqualTo(Span.Kind.SERVER);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"sni, 1.2.3.4:5, sni", "-, 1.2.3.4:5, 1.2.3.4:5", "sni, -, sni", "-, -, outbound"})
  void span_isNamedByTheBestThatIsKnown(
      @Nullable String serverName, @Nullable String destination, String name) {
    tracer(TracerFixture.spans(Direction.OUTBOUND)).finish(connection(serverName, destination));
    assertThat(spans.getFirst().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"UF, true", "UH, true", "-, false"})
  void flag_isAnError(String flag, boolean error) {
    facts.texts.put(TextFact.RESPONSE_FLAGS, flag);
    tracer(TracerFixture.spans(Direction.OUTBOUND)).finish(connection(null, null));
    Map<String, String> tags = TracerFixture.tags(spans.getFirst());
    assertThat(tags).containsEntry("response_flags", flag);
    assertThat("true".equals(tags.get("error"))).isEqualTo(error);
  }

  @Test
  void eachSpan_isTheRootOfATraceOfItsOwn() {
    ConnectionTracer tracer = tracer(TracerFixture.spans(Direction.OUTBOUND));
    tracer.finish(connection(null, null));
    tracer.finish(connection(null, null));

    assertThat(spans).extracting(span -> span.context().parentId()).containsOnly(0L);
    assertThat(spans).extracting(span -> span.context().sampling()).containsOnly(Sampling.SAMPLED);
    assertThat(spans).extracting(span -> span.context().traceId().low()).doesNotHaveDuplicates();
    assertThat(spans).allMatch(span -> span.context().traceId().high() != 0); // 128 bits asked for
    assertThat(spans).allMatch(span -> span.context().traceId().low() == span.context().spanId());
  }

  @Test
  void customTags_areThoseThatNeedNoRequest() {
    List<CustomTag> custom =
        List.of(
            new CustomTag.Literal("mesh", "sidetrace"),
            new CustomTag.Literal("component", "ours"),
            new CustomTag.Literal("empty", ""),
            new CustomTag.RequestHeader("tenant", "x-tenant", "nobody"));
    tracer(TracerFixture.spans(Direction.OUTBOUND, new SpanIds(false, false, false), custom))
        .finish(connection(null, null));
    assertThat(TracerFixture.tags(spans.getFirst()))
        .containsEntry("mesh", "sidetrace")
        .containsEntry("component", "ours")
        .doesNotContainKeys("empty", "tenant");
  }

  @Test
  void durationOfNothing_isOneMicrosecond() {
    tracer(TracerFixture.spans(Direction.OUTBOUND))
        .finish(new TracedConnection("tcp", null, null, 0, facts));
    assertThat(spans.getFirst().durationMicros()).isOne();
  }

  /// Both shares look at one number, as for a request: the smaller one counts.
  @ParameterizedTest
  @CsvSource({"100, 100, 10000", "0, 100, 0", "100, 0, 0", "25, 100, 2500", "50, 10, 1000"})
  void sampling_isByTheRandomShareWithinTheOverallOne(double random, double overall, int expected) {
    Spans settings = TracerFixture.spans(Direction.OUTBOUND);
    ConnectionTracer tracer =
        tracer(
            new Spans(
                settings.direction(),
                SamplingShares.percent(0, random, overall),
                settings.customTags(),
                settings.healthCheck(),
                settings.nodeId(),
                settings.zone(),
                settings.maxPathTagLength(),
                settings.verbose(),
                settings.dialect(),
                settings.spawnUpstreamSpan(),
                settings.names()));
    int sampled = 0;
    for (int i = 0; i < 10_000; i++) {
      sampled += tracer.samples() ? 1 : 0;
    }
    int tolerance = expected % 10_000 == 0 ? 0 : 250; // five standard deviations and more
    assertThat(sampled).isBetween(expected - tolerance, expected + tolerance);
  }

  private ConnectionTracer tracer(Spans settings) {
    return new ConnectionTracer(settings, new SplittableRandom(7), spans::add);
  }

  private TracedConnection connection(@Nullable String serverName, @Nullable String destination) {
    return new TracedConnection("tcp", serverName, destination, 7, facts);
  }

  private static final class Facts implements ExchangeFacts {
    final Map<TextFact, String> texts = new EnumMap<>(TextFact.class);

    Facts() {
      texts.put(TextFact.DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT, "10.0.0.1");
      texts.put(TextFact.UPSTREAM_HOST, "10.0.0.2:5432");
      texts.put(TextFact.UPSTREAM_CLUSTER, "outbound");
      texts.put(TextFact.RESPONSE_FLAGS, "-");
    }

    @Override
    public @Nullable String requestHeader(String name) {
      return null;
    }

    @Override
    public @Nullable String responseHeader(String name) {
      return null;
    }

    @Override
    public @Nullable String text(TextFact fact) {
      return texts.get(fact);
    }

    @Override
    public long number(NumberFact fact) {
      return fact == NumberFact.BYTES_RECEIVED ? 11 : fact == NumberFact.BYTES_SENT ? 12 : 0;
    }

    @Override
    public long startMicros() {
      return 1_000;
    }
  }
}
