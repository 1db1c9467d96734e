package io.sidetrace.sidecar.config.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTest {
  @ParameterizedTest
  @MethodSource
  void merge_isThatOfProtocolBuffers(String base, String overlay, String merged) {
    assertThat(parse(base).merge(parse(overlay))).isEqualTo(parse(merged));
  }

  static Stream<Arguments> merge_isThatOfProtocolBuffers() {
    return Stream.of(
        argumentSet("other field", "{a: 1}", "{b: 2}", "{a: 1, b: 2}"),
        argumentSet("scalar", "{a: 1}", "{a: 2}", "{a: 2}"),
        argumentSet("message", "{a: {b: 1, c: 1}}", "{a: {c: 2}}", "{a: {b: 1, c: 2}}"),
        argumentSet("list", "{a: [1]}", "{a: [2, 3]}", "{a: [1, 2, 3]}"),
        argumentSet("nothing", "{a: 1}", "{a: null}", "{a: 1}"),
        argumentSet("other kind", "{a: [1]}", "{a: {b: 1}}", "{a: {b: 1}}"),
        argumentSet(
            "typed message", "{a: {'@type': x, b: 1}}", "{a: {'@type': x}}", "{a: {'@type': x}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 0",
    "1s, 1000000000",
    "0.25s, 250000000",
    "0.000000001s, 1",
    "1.5, ",
    "-1s, ",
    "1 s, ",
    "1.0000000001s, ",
    "1m, ",
    "s, "
  })
  void duration_isSecondsWithUpToNineDecimals(String text, @Nullable Long nanos) {
    var duration = Durations.parse(text);

    assertThat(duration == null ? null : duration.toNanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({"conect_timeout, connect_timeout", "nam, name", "type, type", "retries, ", "x, "})
  void nearest_isCloseOrNone(String name, @Nullable String nearest) {
    var candidates = List.of("name", "connect_timeout", "type");

    assertThat(Nearest.to(name, candidates).orElse(null)).isEqualTo(nearest);
  }

  private static Value.Mapping parse(String text) {
    return ((Parsed.Document) DocumentParser.parse(text)).root();
  }
}
