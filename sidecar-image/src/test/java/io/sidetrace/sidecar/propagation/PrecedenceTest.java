package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.MalformedContexts.Kind;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Requests that carry several formats.
final class PrecedenceTest {
  private static final TraceId ONE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final TraceId OTHER = new TraceId(0x7777777777777777L, 0x8888888888888888L);

  private final MalformedContexts malformed = new MalformedContexts();

  private Propagation of(List<HeaderFormat> formats) {
    return AllFormats.propagation(formats, formats, malformed);
  }

  /// Headers of one trace in this format and of another in all the rest.
  private static FakeHeaders disagreeing(HeaderFormat first) {
    FakeHeaders request = FakeHeaders.of();
    for (HeaderFormat format : AllFormats.SPEAKING) {
      var context =
          new TraceContext(
              format == first ? ONE : OTHER, format == first ? 1 : 2, 0, Sampling.SAMPLED);
      AllFormats.only(format).inject(context, FakeHeaders.of(), request);
    }
    return request;
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"B3_AS_RECEIVED", "BAGGAGE", "LIGHTSTEP", "OTTRACE"})
  void firstFormat_winsInAllOthersToo(HeaderFormat first) {
    List<HeaderFormat> order = new java.util.ArrayList<>(AllFormats.SPEAKING);
    order.remove(first);
    order.addFirst(first);

    Hop hop = Hop.through(of(order), disagreeing(first));

    assertThat(hop.span().traceId()).isEqualTo(ONE);
    assertThat(hop.span().parentId()).isEqualTo(1);
    for (HeaderFormat format : order) {
      assertThat(AllFormats.only(format).extract(hop.upstream()))
          .as(format.label())
          .isInstanceOfSatisfying(
              Extracted.Context.class,
              context -> {
                assertThat(context.context().traceId().isSameTraceAs(ONE)).isTrue();
                assertThat(context.context().spanId()).isEqualTo(Hop.SPAN_ID);
              });
    }
    assertThat(hop.upstream().asMap().toString())
        .doesNotContain("7777777777777777", "8888888888888888");
    assertThat(malformed.snapshot()).isEmpty();
  }

  @Test
  void stateOfAnotherTrace_doesNotSurvive() {
    FakeHeaders request = disagreeing(HeaderFormat.B3);
    request.set("tracestate", "foo=1");
    request.set("x-datadog-tags", "_dd.p.dm=-4,_dd.p.tid=7777777777777777");
    request.set("x-datadog-origin", "rum");

    Hop hop =
        Hop.through(
            of(List.of(HeaderFormat.B3, HeaderFormat.TRACECONTEXT, HeaderFormat.DATADOG)), request);

    assertThat(hop.upstream().first("tracestate")).isNull();
    assertThat(hop.upstream().first("x-datadog-origin")).isNull();
    assertThat(hop.upstream().first("x-datadog-tags")).isEqualTo("_dd.p.tid=463ac35c9f6413ad");
  }

  @Test
  void remarkOfALaterFormat_goesAlongWithItsTrace() {
    FakeHeaders request =
        FakeHeaders.of(
            "b3",
            "48485a3953bb6124-a2fb4a1d1a96d312-1",
            "traceparent",
            "00-463ac35c9f6413ad48485a3953bb6124-b2fb4a1d1a96d312-00",
            "tracestate",
            "foo=1");

    Hop hop = Hop.through(of(List.of(HeaderFormat.B3, HeaderFormat.TRACECONTEXT)), request);

    assertThat(hop.span())
        .isEqualTo(
            new TraceContext(
                ONE,
                Hop.SPAN_ID,
                0xa2fb4a1d1a96d312L,
                Sampling.SAMPLED,
                new Remark.TraceState("foo=1")));
    assertThat(hop.upstream().first("tracestate")).isEqualTo("foo=1");
  }

  @Test
  void malformedFormat_givesWayAndIsCountedAndReplaced() {
    FakeHeaders request =
        FakeHeaders.of("b3", "junk", "uber-trace-id", "abc:1:0:1", "x-a", "\u00e9");

    Hop hop = Hop.through(of(List.of(HeaderFormat.B3, HeaderFormat.JAEGER)), request);

    assertThat(hop.upstream().asMap())
        .isEqualTo(
            Map.of(
                "b3", "0000000000000abc-00fb4a1d1a96d312-1-0000000000000001",
                "uber-trace-id", "0000000000000abc:00fb4a1d1a96d312:0:1",
                "x-a", "\u00e9"));
    assertThat(malformed.snapshot())
        .isEqualTo(Map.of(new Kind("b3", Malformation.TRACE_ID_NOT_HEX), 1L));
  }

  @Test
  void formatThatIsNotInjected_passesAsItCame() {
    FakeHeaders request =
        FakeHeaders.of("b3", "junk", "baggage", "a=1, b=2", "uber-trace-id", "abc:1:0:1");

    Hop hop =
        Hop.through(
            AllFormats.propagation(
                List.of(HeaderFormat.B3, HeaderFormat.JAEGER),
                List.of(HeaderFormat.TRACECONTEXT, HeaderFormat.BAGGAGE),
                malformed),
            request);

    assertThat(hop.upstream().asMap())
        .isEqualTo(
            Map.of(
                "b3", "junk",
                "baggage", "a=1, b=2",
                "uber-trace-id", "abc:1:0:1",
                "traceparent", "00-00000000000000000000000000000abc-00fb4a1d1a96d312-01"));
  }

  @Test
  void understoodFormat_isNamedWithoutBeingCounted() {
    Propagation propagation = of(List.of(HeaderFormat.B3, HeaderFormat.JAEGER));

    assertThat(propagation.understood(FakeHeaders.of("b3", "1"))).isEqualTo("b3");
    assertThat(propagation.understood(FakeHeaders.of("b3", "x", "uber-trace-id", "abc:1:0:1")))
        .isEqualTo("jaeger");
    assertThat(propagation.understood(FakeHeaders.of("b3", "x"))).isNull();
    assertThat(propagation.injected()).containsExactly("b3", "jaeger");
    assertThat(malformed.snapshot()).isEmpty();
  }

  @Test
  void traceWithoutASpan_isOne() {
    Propagation propagation = of(List.of(HeaderFormat.XRAY, HeaderFormat.B3));
    FakeHeaders request =
        FakeHeaders.of("x-amzn-trace-id", "Root=1-463ac35c-9f6413ad48485a3953bb6124");

    Hop hop = Hop.through(propagation, request);

    assertThat(propagation.understood(request)).isEqualTo("xray");
    assertThat(hop.upstream().first("b3"))
        .isEqualTo("463ac35c9f6413ad48485a3953bb6124-00fb4a1d1a96d312-1");
  }
}
