package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.propagation.Extracted.Absent;
import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class B3Test {
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String SPAN = "a2fb4a1d1a96d312";
  private static final String PARENT = "0020000000000001";
  private static final TraceId TRACE_ID = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final long SPAN_ID = 0xa2fb4a1d1a96d312L;
  private static final long PARENT_ID = 0x0020000000000001L;

  private final B3 b3 = new B3();

  static Stream<Arguments> contexts() {
    return Stream.of(
        argumentSet("all fields", PARENT, "1", null, PARENT_ID, Sampling.SAMPLED),
        argumentSet("undecided", null, null, null, 0L, Sampling.DEFERRED),
        argumentSet("no", null, "0", null, 0L, Sampling.NOT_SAMPLED),
        argumentSet("true", null, "true", null, 0L, Sampling.SAMPLED),
        argumentSet(
            "true in capitals is no, as in Envoy", null, "TRUE", null, 0L, Sampling.NOT_SAMPLED),
        argumentSet("anything else is no, as in Envoy", null, "d", null, 0L, Sampling.NOT_SAMPLED),
        argumentSet("debug flag", null, null, "1", 0L, Sampling.DEBUG),
        argumentSet("debug flag beats sampled", null, "0", "1", 0L, Sampling.DEBUG),
        argumentSet("other flags say nothing", null, "0", "0", 0L, Sampling.NOT_SAMPLED),
        argumentSet("empty parent is none", "", "1", null, 0L, Sampling.SAMPLED));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void manyFields_areRead(
      String parent, String sampled, String flags, long parentId, Sampling sampling) {
    FakeHeaders request = FakeHeaders.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN);
    setIfGiven(request, "x-b3-parentspanid", parent);
    setIfGiven(request, "x-b3-sampled", sampled);
    setIfGiven(request, "x-b3-flags", flags);

    assertThat(b3.extract(request))
        .isEqualTo(new Context(new TraceContext(TRACE_ID, SPAN_ID, parentId, sampling)));
  }

  @ParameterizedTest
  @CsvSource({
    "463ac35c9f6413ad, 0, 463ac35c9f6413ad",
    "463AC35C9F6413AD48485A3953BB6124, 463ac35c9f6413ad, 48485a3953bb6124",
    "abc, 0, abc",
  })
  void traceIdOfManyFields_mayBeShort(String text, String high, String low) {
    var expected = new TraceId(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));

    assertThat(b3.extract(FakeHeaders.of("x-b3-traceid", text, "x-b3-spanid", "1")))
        .isEqualTo(new Context(new TraceContext(expected, 1, 0, Sampling.DEFERRED)));
  }

  @Test
  void noFields_areAbsent() {
    assertThat(b3.extract(FakeHeaders.of("x-request-id", "1"))).isEqualTo(new Absent());
  }

  @ParameterizedTest
  @CsvSource({"x-b3-sampled, 0, NOT_SAMPLED", "x-b3-sampled, 1, SAMPLED", "x-b3-flags, 1, DEBUG"})
  void decisionAlone_isSamplingOnly(String name, String value, Sampling sampling) {
    assertThat(b3.extract(FakeHeaders.of(name, value))).isEqualTo(new SamplingOnly(sampling));
  }

  static Stream<Arguments> malformedFields() {
    String zero = "0".repeat(32);
    return Stream.of(
        argumentSet("no span id", TRACE, null, null, Malformation.SPAN_ID_MISSING),
        argumentSet("no trace id", null, SPAN, null, Malformation.TRACE_ID_MISSING),
        argumentSet("empty trace id", "", SPAN, null, Malformation.TRACE_ID_LENGTH),
        argumentSet("20 digits", TRACE.substring(12), SPAN, null, Malformation.TRACE_ID_LENGTH),
        argumentSet("33 digits", TRACE + "0", SPAN, null, Malformation.TRACE_ID_LENGTH),
        argumentSet("not hexadecimal", "xyz", SPAN, null, Malformation.TRACE_ID_NOT_HEX),
        argumentSet("zero trace id", zero, SPAN, null, Malformation.TRACE_ID_ZERO),
        argumentSet("empty span id", TRACE, "", null, Malformation.SPAN_ID_LENGTH),
        argumentSet("long span id", TRACE, SPAN + "0", null, Malformation.SPAN_ID_LENGTH),
        argumentSet("span id not hexadecimal", TRACE, "x", null, Malformation.SPAN_ID_NOT_HEX),
        argumentSet("zero span id", TRACE, "0", null, Malformation.SPAN_ID_ZERO),
        argumentSet("parent not hexadecimal", TRACE, SPAN, "zz", Malformation.PARENT_ID_NOT_HEX),
        argumentSet("long parent", TRACE, SPAN, PARENT + "0", Malformation.PARENT_ID_LENGTH));
  }

  @ParameterizedTest
  @MethodSource("malformedFields")
  void malformedFields_areRefusedWithTheirReason(
      String trace, String span, String parent, Malformation reason) {
    FakeHeaders request = FakeHeaders.of("x-b3-sampled", "0");
    setIfGiven(request, "x-b3-traceid", trace);
    setIfGiven(request, "x-b3-spanid", span);
    setIfGiven(request, "x-b3-parentspanid", parent);

    assertThat(b3.extract(request))
        .isEqualTo(new Malformed("b3multi", reason, Sampling.NOT_SAMPLED));
  }

  @Test
  void singleField_beatsManyFields() {
    FakeHeaders request =
        FakeHeaders.of("b3", TRACE + "-" + SPAN, "x-b3-traceid", "1", "x-b3-spanid", "1");

    assertThat(b3.extract(request))
        .isEqualTo(new Context(new TraceContext(TRACE_ID, SPAN_ID, 0, Sampling.DEFERRED)));
  }

  static Stream<Arguments> injections() {
    var root = new TraceContext(TRACE_ID, SPAN_ID, 0, Sampling.SAMPLED);
    var child = new TraceContext(TRACE_ID, SPAN_ID, PARENT_ID, Sampling.NOT_SAMPLED);
    var narrow = new TraceContext(new TraceId(0, 0xabc), SPAN_ID, 0, Sampling.DEBUG);
    return Stream.of(
        argumentSet(
            "root into nothing",
            root,
            Map.of(),
            Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "1")),
        argumentSet(
            "child into nothing",
            child,
            Map.of(),
            Map.of(
                "x-b3-traceid",
                TRACE,
                "x-b3-spanid",
                SPAN,
                "x-b3-parentspanid",
                PARENT,
                "x-b3-sampled",
                "0")),
        argumentSet(
            "root removes a stale parent",
            root,
            Map.of("x-b3-parentspanid", "zz"),
            Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "1")),
        argumentSet(
            "debug keeps its flag",
            narrow,
            Map.of("x-b3-flags", "1"),
            Map.of(
                "x-b3-flags",
                "1",
                "x-b3-traceid",
                "0000000000000abc",
                "x-b3-spanid",
                SPAN,
                "x-b3-sampled",
                "1")),
        argumentSet(
            "single root", root, Map.of("b3", "1"), Map.of("b3", TRACE + "-" + SPAN + "-1")),
        argumentSet(
            "single child",
            child,
            Map.of("b3", "junk"),
            Map.of("b3", TRACE + "-" + SPAN + "-0-" + PARENT)),
        argumentSet(
            "single debug",
            narrow,
            Map.of("b3", "d"),
            Map.of("b3", "0000000000000abc-" + SPAN + "-d")),
        argumentSet(
            "both spellings",
            root,
            Map.of("b3", "1", "x-b3-traceid", "1"),
            Map.of("b3", TRACE + "-" + SPAN + "-1", "x-b3-traceid", "1")));
  }

  @ParameterizedTest
  @MethodSource("injections")
  void injection_answersInTheSpellingReceived(
      TraceContext context, Map<String, String> request, Map<String, String> expected) {
    var received = new FakeHeaders(request);
    FakeHeaders upstream = received.copy();

    b3.inject(context, received, upstream);

    assertThat(upstream.asMap()).isEqualTo(expected);
  }

  @Test
  void anyFields_areReadOrRefusedButNeverThrow() {
    Map<String, Integer> verdicts =
        new Fuzz("b3-many", 100_000, B3Test::mutatedFields, this::judge).run();
    assertThat(verdicts.get("CONTEXT")).as("fields that make a context").isGreaterThan(1_000);
  }

  /// The three identifiers, each on a line.
  private static String mutatedFields(RandomGenerator random) {
    return FuzzedText.mutate(TRACE, random)
        + '\n'
        + FuzzedText.mutate(SPAN, random)
        + '\n'
        + FuzzedText.mutate(PARENT, random);
  }

  private String judge(String fields) {
    String[] lines = (fields + "\n\n").split("\n", -1);
    FakeHeaders request =
        FakeHeaders.of(
            "x-b3-traceid", lines[0], "x-b3-spanid", lines[1], "x-b3-parentspanid", lines[2]);
    if (b3.extract(request) instanceof Context(TraceContext context)) {
      assertThat(context.traceId().format()).endsWithIgnoringCase(lines[0]);
      assertThat("%016x".formatted(context.spanId())).endsWithIgnoringCase(lines[1]);
      return "CONTEXT";
    }
    return "NONE";
  }

  private static void setIfGiven(FakeHeaders headers, String name, String value) {
    if (value != null) {
      headers.set(name, value);
    }
  }
}
