package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each format reads fields near good ones exactly as its judge does, and what it writes behind
/// them is read again. The fields of one request stand one a line.
final class ExtractorFuzzTest {
  /// A second or two of each.
  private static final int ROUNDS = 40_000;

  /// A format under test.
  ///
  /// @param fields its fields, which are all there
  /// @param good a value of each
  /// @param judge says `trace/span` of values, or null
  private record Subject(
      HeaderFormat format,
      List<String> fields,
      List<String> good,
      Function<String[], @Nullable String> judge) {

    void run() {
      Map<String, Integer> verdicts =
          new Fuzz(format.label(), ROUNDS, this::values, this::judged).run();
      assertThat(verdicts.get("CONTEXT")).as("contexts").isGreaterThan(1_000);
      assertThat(verdicts.get("NONE")).as("no contexts").isGreaterThan(1_000);
    }

    private String values(RandomGenerator random) {
      return good.stream()
          .map(value -> FuzzedText.shuffle(value, random))
          .map(value -> value.replace('\n', ' '))
          .collect(Collectors.joining("\n"));
    }

    private String judged(String input) {
      String[] values = new String[fields.size()];
      String[] lines = input.split("\n", -1);
      FakeHeaders request = FakeHeaders.of();
      for (int i = 0; i < values.length; i++) {
        values[i] = i < lines.length ? lines[i] : "";
        request.set(fields.get(i), values[i]);
      }
      Hop hop = Hop.through(AllFormats.only(format), request);
      assertThat(text(hop.extracted())).isEqualTo(judge.apply(values));
      assertSent(AllFormats.only(format).extract(hop.upstream()), hop);
      if (format == HeaderFormat.TRACECONTEXT) {
        assertState(hop, values[1]);
      }
      return hop.extracted() instanceof Extracted.Context ? "CONTEXT" : "NONE";
    }

    /// The span that stands there now; nothing where only a half that is zero would have room.
    private void assertSent(Extracted sent, Hop hop) {
      boolean narrow = format == HeaderFormat.OTTRACE && hop.span().traceId().low() == 0;
      if (narrow) {
        assertThat(sent).isEqualTo(new Extracted.Absent());
        return;
      }
      assertThat(sent)
          .isInstanceOfSatisfying(
              Extracted.Context.class,
              context -> {
                assertThat(context.context().spanId()).isEqualTo(Hop.SPAN_ID);
                assertThat(context.context().traceId().low()).isEqualTo(hop.span().traceId().low());
              });
    }

    private static @Nullable String text(Extracted extracted) {
      return extracted instanceof Extracted.Context(TraceContext context)
          ? context.traceId().formatWide().replaceFirst("^0+", "")
              + '/'
              + Long.toHexString(context.spanId())
          : null;
    }

    private static void assertState(Hop hop, String state) {
      boolean kept = hop.extracted() instanceof Extracted.Context && Judges.tracestate(state);
      assertThat(hop.span().remark()).isEqualTo(kept ? new Remark.TraceState(state) : null);
      assertThat(hop.upstream().first("tracestate")).isEqualTo(kept ? state : null);
    }
  }

  @Test
  void tracecontext() {
    new Subject(
            HeaderFormat.TRACECONTEXT,
            List.of("traceparent", "tracestate"),
            List.of(
                "00-463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-01",
                "foo=1, bar@v=2 ,\tdd=s:1;o:rum"),
            values -> Judges.traceparent(values[0]))
        .run();
  }

  @Test
  void jaeger() {
    new Subject(
            HeaderFormat.JAEGER,
            List.of("uber-trace-id"),
            List.of("463ac35c9f6413ad48485a3953bb6124:a2fb4a1d1a96d312%3A5:1"),
            values -> Judges.jaeger(values[0]))
        .run();
  }

  @Test
  void datadog() {
    new Subject(
            HeaderFormat.DATADOG,
            List.of(
                "x-datadog-trace-id",
                "x-datadog-parent-id",
                "x-datadog-tags",
                "x-datadog-sampling-priority",
                "x-datadog-origin"),
            List.of(
                "5208512171318403364",
                "11744061942159299346",
                "_dd.p.dm=-4,_dd.p.tid=463ac35c9f6413ad",
                "-1",
                "rum"),
            values -> Judges.datadog(values[0], values[1], values[2]))
        .run();
  }

  @Test
  void xray() {
    new Subject(
            HeaderFormat.XRAY,
            List.of("x-amzn-trace-id"),
            List.of(
                "Self=1;Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;"
                    + "Sampled=1;Lineage=1:a87b"),
            values -> Judges.xray(values[0]))
        .run();
  }

  @Test
  void sw8() {
    new Subject(
            HeaderFormat.SW8,
            List.of("sw8"),
            List.of("1-YWI=-NDYzYWMz-3-Y2FydA==-Y2FydC0x-L2NhcnQ=-MTAuMS4xLjE6ODA="),
            values -> Judges.sw8(values[0]))
        .run();
  }

  @Test
  void lightstep() {
    new Subject(
            HeaderFormat.LIGHTSTEP,
            List.of("x-ot-span-context"),
            List.of("EhwJJGG7UzlaSEgREtOWGh1K+6IYASIGCgFrEgF2"),
            values -> Judges.lightstep(values[0]))
        .run();
  }

  @Test
  void ottrace() {
    new Subject(
            HeaderFormat.OTTRACE,
            List.of("ot-tracer-traceid", "ot-tracer-spanid", "ot-tracer-sampled"),
            List.of("48485a3953bb6124", "a2fb4a1d1a96d312", "true"),
            values -> Judges.ottrace(values[0], values[1]))
        .run();
  }
}
