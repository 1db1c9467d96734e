package io.sidetrace.sidecar.tracing;

import static io.sidetrace.sidecar.tracing.TracingSettings.Direction.INBOUND;
import static io.sidetrace.sidecar.tracing.TracingSettings.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.tracing.RouteOverride.Decorator;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Span names and `x-envoy-decorator-operation`, both ways, as observed on Envoy 1.40.
final class DecorationTest {
  private static final String FIELD = "x-envoy-decorator-operation";
  private static final String AUTHORITY = "example.test:8000";
  private static final Decorator DEC = new Decorator("dec", true);
  private static final Decorator SILENT = new Decorator("dec", false);

  /// What stands in the field at each of the four places; null: the field is not there.
  private record Fields(
      @Nullable String request,
      @Nullable String response,
      @Nullable String upstream,
      @Nullable String downstream) {}

  static Stream<Arguments> cases() {
    return Stream.of(
        in("no decorator", null, AUTHORITY, fields(null, null, null, null)),
        in("decorator is returned", DEC, "dec", fields(null, null, null, "dec")),
        in("request's name wins", DEC, "their", fields("their", null, null, null)),
        in("empty name is none", DEC, "dec", fields("", null, null, "dec")),
        in("request's name alone", null, "their", fields("their", null, null, null)),
        in("decorator that stays", SILENT, "dec", fields(null, null, null, null)),
        in("response's name passes", null, AUTHORITY, fields(null, "r", null, "r")),
        in("decorator replaces the response's", DEC, "dec", fields(null, "r", null, "dec")),
        out("no decorator", null, AUTHORITY, fields(null, null, null, null)),
        out("decorator goes along", DEC, "dec", fields(null, null, "dec", null)),
        out("decorator replaces the request's", DEC, "dec", fields("mine", null, "dec", null)),
        out("request's name passes", null, AUTHORITY, fields("mine", null, "mine", null)),
        out("decorator that stays", SILENT, "dec", fields("mine", null, "mine", null)),
        out("response's name wins", DEC, "r", fields(null, "r", "dec", null)),
        out("response's name alone", null, "r", fields(null, "r", null, null)),
        out("empty name is none", DEC, "dec", fields(null, "", "dec", null)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void operation_namesTheSpanAndTravels(
      Direction direction, @Nullable Decorator decorator, String spanName, Fields fields) {
    TracerFixture tracer = TracerFixture.of(direction);

    Exchange exchange =
        tracer.exchange(request(fields), route(SamplingShares.ALL, decorator), response(fields));

    assertThat(tracer.onlySpan().name()).isEqualTo(spanName);
    assertThat(exchange.upstream().get(FIELD)).isEqualTo(fields.upstream());
    assertThat(exchange.downstream().get(FIELD)).isEqualTo(fields.downstream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void operationOfAnUnsampledRequest_travelsAllTheSame(
      Direction direction, @Nullable Decorator decorator, String spanName, Fields fields) {
    TracerFixture tracer = TracerFixture.of(direction);
    SamplingShares none = SamplingShares.percent(0, 0, 0);

    Exchange exchange = tracer.exchange(request(fields), route(none, decorator), response(fields));

    assertThat(tracer.spans).as("spans, of which one would be named " + spanName).isEmpty();
    assertThat(exchange.upstream().get(FIELD)).isEqualTo(fields.upstream());
    assertThat(exchange.downstream().get(FIELD)).isEqualTo(fields.downstream());
  }

  private static Arguments in(
      String name, @Nullable Decorator decorator, String spanName, Fields fields) {
    return argumentSet("inbound: " + name, INBOUND, decorator, spanName, fields);
  }

  private static Arguments out(
      String name, @Nullable Decorator decorator, String spanName, Fields fields) {
    return argumentSet("outbound: " + name, OUTBOUND, decorator, spanName, fields);
  }

  private static Fields fields(
      @Nullable String request,
      @Nullable String response,
      @Nullable String upstream,
      @Nullable String downstream) {
    return new Fields(request, response, upstream, downstream);
  }

  private static FakeRequest request(Fields fields) {
    return fields.request() == null
        ? FakeRequest.with()
        : FakeRequest.with(FIELD, fields.request());
  }

  private static FakeHeaders response(Fields fields) {
    return fields.response() == null ? FakeHeaders.of() : FakeHeaders.of(FIELD, fields.response());
  }

  private static RouteOverride route(SamplingShares shares, @Nullable Decorator decorator) {
    return new RouteOverride(shares, List.of(), decorator, SpanNames.NONE);
  }
}
