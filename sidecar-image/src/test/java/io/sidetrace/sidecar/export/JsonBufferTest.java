package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JsonBufferTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "\"\""),
        Arguments.of("plain", "\"plain\""),
        Arguments.of("say \"x\"", "\"say \\\"x\\\"\""),
        Arguments.of("a\\b", "\"a\\\\b\""),
        Arguments.of("a/b", "\"a/b\""),
        Arguments.of("tab\tline\n", "\"tab\\u0009line\\u000a\""),
        Arguments.of("\0\u001f\u007f", "\"\\u0000\\u001f\u007f\""),
        Arguments.of("é߿", "\"é߿\""),
        Arguments.of("ࠀ日\uffff", "\"ࠀ日\uffff\""),
        Arguments.of("😀", "\"😀\""),
        Arguments.of("\ud83d!", "\"\ufffd!\""),
        Arguments.of("!\ude00", "\"!\ufffd\""),
        Arguments.of("\ude00\ud83d", "\"\ufffd\ufffd\""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_isOneJsonString(String text, String json) {
    assertThat(written(new JsonBuffer().text(text))).isEqualTo(json);
  }

  @Test
  void anyText_isReadBackByAnIndependentReader() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        text.appendCodePoint(printable(random));
      }
      String json = written(new JsonBuffer().text(text.toString()));
      Object read = new Load(LoadSettings.builder().build()).loadFromString(json);
      assertThat(read).isEqualTo(text.toString());
    }
  }

  /// YAML reads JSON strings, but refuses some characters unescaped that JSON allows.
  private static int printable(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(0x20);
      case 1 -> 0xa0 + random.nextInt(0xd000 - 0xa0);
      case 2 -> 0x10000 + random.nextInt(0x10000);
      default -> 0x20 + random.nextInt(0x5f);
    };
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void decimal_isExact(long number) {
    assertThat(written(new JsonBuffer().decimal(number))).isEqualTo(Long.toString(number));
  }

  static Stream<Long> numbers() {
    return Stream.of(0L, 9L, 10L, 1_767_323_045_000_001L, Long.MAX_VALUE);
  }

  @Test
  void negativeNumber_isRefused() {
    assertThatThrownBy(() -> new JsonBuffer().decimal(-1))
        .hasMessage("number: -1 (expected: >= 0)");
  }

  @Test
  void hex_hasLeadingZeros() {
    assertThat(written(new JsonBuffer().hex(0xaL))).isEqualTo("\"000000000000000a\"");
    assertThat(written(new JsonBuffer().hex(0, 0xaL))).isEqualTo("\"000000000000000a\"");
    assertThat(written(new JsonBuffer().hex(1, -1)))
        .isEqualTo("\"0000000000000001ffffffffffffffff\"");
  }

  private static String written(JsonBuffer json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
