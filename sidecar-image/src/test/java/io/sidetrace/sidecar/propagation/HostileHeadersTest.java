package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What an attacker writes into the fields of contexts harms no request: each is refused or taken,
/// and what goes on is a context that the same format reads.
final class HostileHeadersTest {
  /// All fields of all formats, each with a good value.
  private static final FakeHeaders GOOD =
      FakeHeaders.of(
          "b3", "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-0020000000000001",
          "x-b3-traceid", "463ac35c9f6413ad48485a3953bb6124",
          "x-b3-spanid", "a2fb4a1d1a96d312",
          "x-b3-parentspanid", "0020000000000001",
          "x-b3-sampled", "1",
          "x-b3-flags", "0",
          "traceparent", "00-463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-01",
          "tracestate", "foo=1,bar=2",
          "baggage", "a=1",
          "uber-trace-id", "463ac35c9f6413ad48485a3953bb6124:a2fb4a1d1a96d312:0:1",
          "x-datadog-trace-id", "5208512171318403364",
          "x-datadog-parent-id", "11744061942159299346",
          "x-datadog-sampling-priority", "1",
          "x-datadog-origin", "rum",
          "x-datadog-tags", "_dd.p.tid=463ac35c9f6413ad",
          "x-amzn-trace-id",
              "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;Sampled=1",
          "sw8", "1-YQ==-Yg==-0-Yw==-ZA==-ZQ==-Zg==",
          "x-ot-span-context", "EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ==",
          "ot-tracer-traceid", "48485a3953bb6124",
          "ot-tracer-spanid", "a2fb4a1d1a96d312",
          "ot-tracer-sampled", "true");

  static Stream<Arguments> attacks() {
    UnaryOperator<String> zeros = good -> good.replaceAll("[1-9a-fA-F]", "0");
    return Stream.of(
        attack("64 KiB behind", good -> good + "0".repeat(65_536)),
        attack("64 KiB before", good -> "0".repeat(65_536) + good),
        attack("64 KiB of dashes", good -> "-".repeat(65_536)),
        attack("64 KiB of members", good -> "a=1,".repeat(16_384)),
        attack("64 KiB of fields", good -> "Root=;".repeat(10_923)),
        attack("CRLF", good -> good + "\r\nx-admin: 1"),
        attack("NUL", good -> good + "\u0000"),
        attack("NUL alone", good -> "\u0000"),
        attack("NUL for each digit", good -> good.replaceAll("[0-9a-f]", "\u0000")),
        attack("bad digits", good -> good.replaceAll("[0-9a-f]", "g")),
        attack("all zero", zeros),
        attack("nothing", good -> ""),
        attack("blanks", good -> " \t "),
        attack("digits of another script", good -> good.replace('1', '\uff11')),
        attack("a lone surrogate", good -> "\ud800" + good),
        attack("negative numbers", good -> "-" + good),
        attack("quotes", good -> '"' + good + '"'),
        attack("percent signs", good -> good.replace("-", "%2D").replace(":", "%")));
  }

  private static Arguments attack(String name, UnaryOperator<String> attack) {
    return argumentSet(name, attack);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attackOnEachField_harmsNoRequest(UnaryOperator<String> attack) {
    for (String field : GOOD.asMap().keySet()) {
      FakeHeaders request = GOOD.copy();
      request.set(field, attack.apply(GOOD.first(field)));

      assertHarmless(request);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attackOnAllFields_harmsNoRequest(UnaryOperator<String> attack) {
    FakeHeaders request = FakeHeaders.of("x-a", "1");
    GOOD.asMap().forEach((name, good) -> request.set(name, attack.apply(good)));

    assertHarmless(request);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attackBesideEachField_harmsNoRequest(UnaryOperator<String> attack) {
    for (String field : GOOD.asMap().keySet()) {
      FakeHeaders before = FakeHeaders.of();
      FakeHeaders behind = GOOD.copy();
      before.add(field, attack.apply(GOOD.first(field)));
      GOOD.asMap().forEach(before::add);
      behind.add(field, attack.apply(GOOD.first(field)));

      assertHarmless(before);
      assertHarmless(behind);
    }
  }

  private static void assertHarmless(FakeHeaders request) {
    Propagation all =
        AllFormats.propagation(
            HeaderFormat.nameable(), HeaderFormat.nameable(), new MalformedContexts());
    assertReadable(Hop.through(all, request), HeaderFormat.nameable());
    for (HeaderFormat format : AllFormats.SPEAKING) {
      assertReadable(Hop.through(AllFormats.only(format), request), List.of(format));
    }
  }

  /// Every format that was written is read again, as the span that stands there now.
  private static void assertReadable(Hop hop, List<HeaderFormat> formats) {
    for (HeaderFormat format : formats) {
      if (format != HeaderFormat.BAGGAGE) {
        assertThat(AllFormats.only(format).extract(hop.upstream()))
            .as(format.label())
            .isInstanceOfSatisfying(
                Extracted.Context.class,
                context -> {
                  assertThat(context.context().spanId()).isEqualTo(Hop.SPAN_ID);
                  assertThat(context.context().traceId().isSameTraceAs(hop.span().traceId()))
                      .isTrue();
                });
      }
    }
  }
}
