package io.sidetrace.sidecar.config.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentParserTest {
  @ParameterizedTest
  @MethodSource
  void document_isRead(String text, Map<String, Value> fields) {
    assertThat(DocumentParser.parse(text))
        .isEqualTo(new Parsed.Document(new Value.Mapping(fields)));
  }

  static Stream<Arguments> document_isRead() {
    return Stream.of(
        argumentSet("JSON", "{\"a\":1,\"b\":[true]}", Map.of("a", number(1, "1"), "b", flags())),
        argumentSet("YAML", "a: 1\nb:\n- true\n", Map.of("a", number(1, "1"), "b", flags())),
        argumentSet("JSON with tabs", "{\n\t\"a\":\t1\n}", Map.of("a", number(1, "1"))),
        argumentSet("escapes", "{\"a\":\"\\/\\u00e9\\n\"}", Map.of("a", text("/é\n"))),
        argumentSet("byte order mark", "\ufeff{\"a\":\"b\"}", Map.of("a", text("b"))),
        argumentSet("quoted number", "a: '1'", Map.of("a", text("1"))),
        argumentSet("quoted null", "a: 'null'", Map.of("a", text("null"))),
        argumentSet("explicit text", "a: !!str 1", Map.of("a", text("1"))),
        argumentSet("nothing", "a:\nb: null\nc: ~", Map.of("a", NO, "b", NO, "c", NO)),
        argumentSet(
            "other bases",
            "a: 0x10\nb: 0o17",
            Map.of("a", number(16, "0x10"), "b", number(15, "0o17"))),
        argumentSet("exponent", "a: 1e3", Map.of("a", number(1000, "1e3"))),
        argumentSet("words of YAML 1.1", "a: yes", Map.of("a", text("yes"))),
        argumentSet("alias", "a: &x {b: c}\nd: *x", Map.of("a", inner(), "d", inner())));
  }

  @ParameterizedTest
  @MethodSource
  void brokenDocument_isMalformed(String text, String reason) {
    assertThat(DocumentParser.parse(text)).isEqualTo(new Parsed.Malformed(reason));
  }

  static Stream<Arguments> brokenDocument_isMalformed() {
    return Stream.of(
        argumentSet("empty", "", "nothing in it (expected: an object)"),
        argumentSet("list", "[1]", "a list (expected: an object)"),
        argumentSet("text", "hello", "\"hello\" (expected: an object)"),
        argumentSet(
            "cut short",
            "{\"a\": [1,",
            "line 1, column 10: not JSON or YAML: expected the node content, but found '<stream end>'"),
        argumentSet(
            "repeated key", "a: 1\na: 2", "line 2, column 1: a is given twice (expected: once)"),
        argumentSet(
            "key that is a list",
            "? [a]\n: 1",
            "line 1, column 3: a key that is no text (expected: the name of a field)"),
        argumentSet("tag", "a: !ruby b", "line 1, column 4: the YAML tag !ruby (expected: none)"),
        argumentSet("infinity", "a: .inf", "line 1, column 4: .inf (expected: a finite number)"),
        argumentSet("huge", "a: 1e999", "line 1, column 4: 1e999 (expected: a finite number)"),
        argumentSet(
            "second document",
            "a: 1\n---\nb: 1",
            "line 2, column 1: a second document (expected: one)"),
        argumentSet(
            "alias to itself",
            "a: &x [*x]",
            "line 1, column 8: an alias to nothing before it (expected: an anchor's name)"),
        argumentSet(
            "too deep",
            "a: " + "[".repeat(10_000),
            "line 1, column 104: nested deeper than 100 (expected: less)"));
  }

  @Test
  void aliasesOfAliases_areBounded() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s]\n".formatted(i, i, alias, alias));
    }

    assertThat(DocumentParser.parse(bomb.toString()))
        .isInstanceOfSatisfying(
            Parsed.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains("more than 200000 values"));
  }

  @Test
  void tooManyBytes_areMalformed() {
    byte[] spaces = " ".repeat(DocumentParser.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);

    assertThat(DocumentParser.parse(spaces))
        .isEqualTo(new Parsed.Malformed("more than 2097152 bytes (expected: at most that)"));
  }

  @Test
  void otherEncoding_isMalformed() {
    assertThat(DocumentParser.parse(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .isEqualTo(new Parsed.Malformed("not UTF-8 (expected: JSON or YAML in UTF-8)"));
  }

  private static final Value NO = new Value.Nothing();

  private static Value number(double value, String written) {
    return new Value.Numeral(value, written);
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static Value flags() {
    return new Value.Sequence(List.of(new Value.Flag(true)));
  }

  private static Value inner() {
    return new Value.Mapping(Map.of("b", text("c")));
  }

  /// The library reads in pieces of 1025.
  @Test
  void charactersOfTwoHalves_standAnywhere() {
    for (int before = 1_010; before < 1_035; before++) {
      String text = "x".repeat(before) + "\ud83d\ude80".repeat(600);

      assertThat(DocumentParser.parse("{a: \"" + text + "\"}"))
          .as("%d characters before", before)
          .isEqualTo(new Parsed.Document(new Value.Mapping(Map.of("a", new Value.Text(text)))));
    }
  }
}
