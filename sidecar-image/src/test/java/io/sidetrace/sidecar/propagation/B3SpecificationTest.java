package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases of https://github.com/openzipkin/b3-propagation, each in both spellings: what a hop
/// reads, and what it sends to the next.
final class B3SpecificationTest {
  private static final long SPAN = 0xe457b5a2e4d86bd1L;
  private static final long PARENT = 0x05e3ac9a4f6e3b90L;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a root of 128 bits that is accepted, 80f198ee56343ba864fe8b2a57d3eff7, , 1, SAMPLED",
    "a child that is accepted, 80f198ee56343ba864fe8b2a57d3eff7, 05e3ac9a4f6e3b90, 1, SAMPLED",
    "a child that is denied, 80f198ee56343ba864fe8b2a57d3eff7, 05e3ac9a4f6e3b90, 0, NOT_SAMPLED",
    "a child for debugging, 80f198ee56343ba864fe8b2a57d3eff7, 05e3ac9a4f6e3b90, d, DEBUG",
    "a root of 64 bits that is denied, 64fe8b2a57d3eff7, , 0, NOT_SAMPLED",
    "a root of 64 bits whose decision is deferred, 64fe8b2a57d3eff7, , , DEFERRED",
    "a root of 128 bits whose decision is deferred, 80f198ee56343ba864fe8b2a57d3eff7, , , DEFERRED",
  })
  void context_isReadInBothSpellings(
      String name,
      String traceId,
      @Nullable String parentId,
      @Nullable String state,
      Sampling sampling) {
    String parent = parentId == null ? "" : "-" + parentId;
    String single = traceId + "-e457b5a2e4d86bd1" + (state == null ? "" : "-" + state) + parent;
    FakeHeaders many = FakeHeaders.of("x-b3-traceid", traceId, "x-b3-spanid", "e457b5a2e4d86bd1");
    if (parentId != null) {
      many.set("x-b3-parentspanid", parentId);
    }
    if (state != null) {
      many.set(state.equals("d") ? "x-b3-flags" : "x-b3-sampled", state.equals("d") ? "1" : state);
    }
    var expected =
        new Context(
            new TraceContext(
                TraceId.parse(traceId), SPAN, parentId == null ? 0 : PARENT, sampling));

    assertThat(new B3Single().extract(FakeHeaders.of("b3", single))).isEqualTo(expected);
    assertThat(new B3Multi().extract(many)).isEqualTo(expected);
    assertThat(new B3().extract(many)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "do not sample, 0, x-b3-sampled, 0, NOT_SAMPLED",
    "sample, 1, x-b3-sampled, 1, SAMPLED",
    "debug, d, x-b3-flags, 1, DEBUG",
  })
  void decisionAlone_isReadInBothSpellings(
      String name, String single, String field, String value, Sampling sampling) {
    var expected = new SamplingOnly(sampling);

    assertThat(new B3Single().extract(FakeHeaders.of("b3", single))).isEqualTo(expected);
    assertThat(new B3Multi().extract(FakeHeaders.of(field, value))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "accepted, SAMPLED, -1-05e3ac9a4f6e3b90, 1, ",
    "denied, NOT_SAMPLED, -0-05e3ac9a4f6e3b90, 0, ",
    "debug, DEBUG, -d-05e3ac9a4f6e3b90, 1, 1",
    "deferred, DEFERRED, '', , ",
  })
  void context_isWrittenInBothSpellings(
      String name,
      Sampling sampling,
      String singleEnd,
      @Nullable String sampled,
      @Nullable String flags) {
    var context = new TraceContext(new TraceId(0, 0xabc), SPAN, PARENT, sampling);
    FakeHeaders single = FakeHeaders.of();
    FakeHeaders stale =
        FakeHeaders.of("x-b3-flags", "1", "x-b3-sampled", "true", "x-b3-parentspanid", "7");
    FakeHeaders many = stale.copy();
    Map<String, String> expected = new TreeMap<>();
    expected.put("x-b3-traceid", "0000000000000abc");
    expected.put("x-b3-spanid", "e457b5a2e4d86bd1");
    expected.put("x-b3-parentspanid", "05e3ac9a4f6e3b90");
    if (sampled != null) {
      expected.put("x-b3-sampled", sampled);
    }
    if (flags != null) {
      expected.put("x-b3-flags", flags);
    }

    new B3Single().inject(context, FakeHeaders.of(), single);
    new B3Multi().inject(context, stale, many);

    assertThat(single.first("b3")).isEqualTo("0000000000000abc-e457b5a2e4d86bd1" + singleEnd);
    assertThat(many.asMap()).isEqualTo(expected);
  }
}
