package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.TraceOnly;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DatadogTest {
  private static final TraceId WIDE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final TraceId NARROW = new TraceId(0, 0x48485a3953bb6124L);
  private static final long SPAN = 0xa2fb4a1d1a96d312L;

  private final Datadog format = new Datadog();

  /// As `ddtrace` for Python writes it.
  private static FakeHeaders request() {
    return FakeHeaders.of(
        "x-datadog-trace-id",
        "5208512171318403364",
        "x-datadog-parent-id",
        "11744061942159299346",
        "x-datadog-sampling-priority",
        "2",
        "x-datadog-origin",
        "rum",
        "x-datadog-tags",
        "_dd.p.dm=-4,_dd.p.usr.id=x==,_dd.p.tid=463ac35c9f6413ad");
  }

  @Test
  void context_isReadWithAllThatIsSaid() {
    assertThat(format.extract(request()))
        .isEqualTo(
            new Context(
                new TraceContext(
                    WIDE,
                    SPAN,
                    0,
                    Sampling.DEBUG,
                    new Remark.Datadog(
                        2, "rum", "_dd.p.dm=-4,_dd.p.usr.id=x==,_dd.p.tid=463ac35c9f6413ad"))));
  }

  @Test
  void context_goesOnWithAllThatWasSaid() {
    Map<String, String> expected = new java.util.HashMap<>(request().asMap());
    expected.put("x-datadog-parent-id", "70731708014973714");

    assertThat(Hop.through(format, request()).upstream().asMap()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, NOT_SAMPLED, -1",
    "0, NOT_SAMPLED, 0",
    "1, SAMPLED, 1",
    "2, DEBUG, 2",
    "3, DEBUG, 3",
    "-2, NOT_SAMPLED, -2",
    "keep, DEFERRED, 1",
    "'', DEFERRED, 1",
    "--1, DEFERRED, 1",
    "99999999999999999999, DEFERRED, 1",
    ", DEFERRED, 1",
  })
  void priority_isKeptExactlyWhereItIsOne(
      @Nullable String priority, Sampling sampling, String sent) {
    FakeHeaders request = FakeHeaders.of("x-datadog-trace-id", "1", "x-datadog-parent-id", "2");
    if (priority != null) {
      request.set("x-datadog-sampling-priority", priority);
    }

    Hop hop = Hop.through(format, request);

    assertThat(hop.extracted())
        .isInstanceOfSatisfying(
            Context.class, context -> assertThat(context.context().sampling()).isEqualTo(sampling));
    assertThat(hop.upstream().asMap()).containsEntry("x-datadog-sampling-priority", sent);
  }

  @ParameterizedTest
  @CsvSource({
    "_dd.p.tid=463ac35c9f6413ad, 463ac35c9f6413ad",
    "'_dd.p.dm=-1,_dd.p.tid=463ac35c9f6413ad,_dd.p.a=b', 463ac35c9f6413ad",
    "'a_dd.p.tid=1111111111111111,_dd.p.tid=463ac35c9f6413ad', 463ac35c9f6413ad",
    "_dd.p.tid=463AC35C9F6413AD, 0",
    "_dd.p.tid=463ac35c9f6413a, 0",
    "_dd.p.tid=463ac35c9f6413ad0, 0",
    "_dd.p.tid=, 0",
    "_dd.p.tid, 0",
    "x_dd.p.tid=463ac35c9f6413ad, 0",
    "'', 0",
  })
  void highHalf_isReadFromTheTags(String tags, String high) {
    assertThat(Long.toHexString(DatadogTags.highHalf(tags))).isEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 463ac35c9f6413ad, _dd.p.tid=463ac35c9f6413ad",
    "_dd.p.dm=-1, 463ac35c9f6413ad, '_dd.p.dm=-1,_dd.p.tid=463ac35c9f6413ad'",
    "'_dd.p.tid=1111111111111111,_dd.p.dm=-1', 463ac35c9f6413ad, "
        + "'_dd.p.tid=463ac35c9f6413ad,_dd.p.dm=-1'",
    "'a=b,_dd.p.tid=junk,c=d', 463ac35c9f6413ad, 'a=b,_dd.p.tid=463ac35c9f6413ad,c=d'",
    "'a=b,_dd.p.tid=463ac35c9f6413ad', 0, a=b",
    "'_dd.p.tid=463ac35c9f6413ad,c=d', 0, c=d",
    "'a=b,_dd.p.tid=463ac35c9f6413ad,c=d', 0, 'a=b,c=d'",
    "_dd.p.tid=463ac35c9f6413ad, 0, ''",
    "a=b, 0, a=b",
  })
  void highHalf_isWrittenIntoTheTags(String tags, String high, String expected) {
    assertThat(DatadogTags.withHighHalf(tags, Long.parseUnsignedLong(high, 16)))
        .isEqualTo(expected);
  }

  @Test
  void tagsThatNoLongerFit_giveWayToTheHighHalf() {
    assertThat(DatadogTags.withHighHalf("_dd.p.a=" + "a".repeat(500), 0x463ac35c9f6413adL))
        .isEqualTo("_dd.p.tid=463ac35c9f6413ad");
  }

  /// As synthetic tests and browsers begin traces.
  @ParameterizedTest
  @CsvSource({"0", "00", "''"})
  void parentOfZero_isATraceWithoutASpan(String parent) {
    FakeHeaders request =
        FakeHeaders.of(
            "x-datadog-trace-id", "5208512171318403364", "x-datadog-sampling-priority", "1");
    if (!parent.isEmpty()) {
      request.set("x-datadog-parent-id", parent);
    }

    assertThat(format.extract(request))
        .isEqualTo(new TraceOnly(NARROW, Sampling.SAMPLED, new Remark.Datadog(1, "", "")));
  }

  @ParameterizedTest
  @CsvSource({
    ", 1, TRACE_ID_MISSING",
    "'', 1, TRACE_ID_NOT_DECIMAL",
    "abc, 1, TRACE_ID_NOT_DECIMAL",
    "-1, 1, TRACE_ID_NOT_DECIMAL",
    "1 2, 1, TRACE_ID_NOT_DECIMAL",
    "18446744073709551616, 1, TRACE_ID_LENGTH",
    "018446744073709551615, 1, TRACE_ID_LENGTH",
    "0, 1, TRACE_ID_ZERO",
    "1, x, SPAN_ID_NOT_DECIMAL",
    "1, -2, SPAN_ID_NOT_DECIMAL",
    "1, 18446744073709551616, SPAN_ID_LENGTH",
  })
  void malformed_isRefusedWithItsReason(
      @Nullable String traceId, String parentId, Malformation reason) {
    FakeHeaders request = request();
    request.set("x-datadog-sampling-priority", "-1");
    request.set("x-datadog-parent-id", parentId);
    request.remove("x-datadog-trace-id");
    if (traceId != null) {
      request.set("x-datadog-trace-id", traceId);
    }

    Hop hop = Hop.through(format, request);

    assertThat(hop.extracted()).isEqualTo(new Malformed("datadog", reason, Sampling.NOT_SAMPLED));
    assertThat(hop.upstream().asMap())
        .isEqualTo(
            Map.of(
                "x-datadog-trace-id", "2459565876494606882",
                "x-datadog-parent-id", "70731708014973714",
                "x-datadog-sampling-priority", "-1",
                "x-datadog-tags", "_dd.p.tid=1111111111111111"));
  }

  @Test
  void largestIdentifiers_areRead() {
    assertThat(
            format.extract(
                FakeHeaders.of(
                    "x-datadog-trace-id",
                    "18446744073709551615",
                    "x-datadog-parent-id",
                    "18446744073709551615")))
        .isInstanceOfSatisfying(
            Context.class,
            context -> {
              assertThat(context.context().traceId()).isEqualTo(new TraceId(0, -1));
              assertThat(context.context().spanId()).isEqualTo(-1);
            });
  }

  static Stream<Arguments> injections() {
    Remark.Datadog kept = new Remark.Datadog(2, "rum", "_dd.p.dm=-4");
    return Stream.of(
        argumentSet("a root that is sampled", NARROW, 0L, Sampling.SAMPLED, null, "1", null, null),
        argumentSet("a root that is not", NARROW, 0L, Sampling.NOT_SAMPLED, null, "-1", null, null),
        argumentSet("a child that is not", NARROW, 5L, Sampling.NOT_SAMPLED, null, "0", null, null),
        argumentSet("debug", NARROW, 5L, Sampling.DEBUG, null, "2", null, null),
        argumentSet("undecided", NARROW, 5L, Sampling.DEFERRED, null, null, null, null),
        argumentSet(
            "128 bits", WIDE, 5L, Sampling.SAMPLED, null, "1", null, "_dd.p.tid=463ac35c9f6413ad"),
        argumentSet(
            "what was said goes on", NARROW, 5L, Sampling.DEBUG, kept, "2", "rum", "_dd.p.dm=-4"),
        argumentSet(
            "but for a decision that was changed",
            WIDE,
            5L,
            Sampling.NOT_SAMPLED,
            kept,
            "0",
            "rum",
            "_dd.p.dm=-4,_dd.p.tid=463ac35c9f6413ad"));
  }

  @ParameterizedTest
  @MethodSource
  void injections(
      TraceId traceId,
      long parentId,
      Sampling sampling,
      Remark.@Nullable Datadog remark,
      @Nullable String priority,
      @Nullable String origin,
      @Nullable String tags) {
    FakeHeaders upstream = FakeHeaders.of();

    format.inject(
        new TraceContext(traceId, SPAN, parentId, sampling, remark), FakeHeaders.of(), upstream);

    assertThat(upstream.first("x-datadog-trace-id")).isEqualTo("5208512171318403364");
    assertThat(upstream.first("x-datadog-parent-id")).isEqualTo("11744061942159299346");
    assertThat(upstream.first("x-datadog-sampling-priority")).isEqualTo(priority);
    assertThat(upstream.first("x-datadog-origin")).isEqualTo(origin);
    assertThat(upstream.first("x-datadog-tags")).isEqualTo(tags);
  }

  @Test
  void whatIsSaidOfTheTraceThatGoesOn_staysWhicheverFormatWasFirst() {
    FakeHeaders same = request();
    FakeHeaders other = request();

    format.inject(new TraceContext(WIDE, 7, 5, Sampling.DEBUG), request(), same);
    format.inject(new TraceContext(new TraceId(1, 2), 7, 5, Sampling.SAMPLED), request(), other);

    assertThat(same.asMap())
        .containsEntry("x-datadog-sampling-priority", "2")
        .containsEntry("x-datadog-origin", "rum")
        .containsEntry("x-datadog-tags", "_dd.p.dm=-4,_dd.p.usr.id=x==,_dd.p.tid=463ac35c9f6413ad");
    assertThat(other.asMap())
        .isEqualTo(
            Map.of(
                "x-datadog-trace-id", "2",
                "x-datadog-parent-id", "7",
                "x-datadog-sampling-priority", "1",
                "x-datadog-tags", "_dd.p.tid=0000000000000001"));
  }
}
