package io.sidetrace.sidecar.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Format strings; what they write was seen on Envoy 1.40.
final class FormatTest {
  private static final Surroundings POD = new Surroundings("pod-1", Map.of("FOO", "bar"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          plain                               | plain                              | plain
          100%%                               | 100%                               | 100%
          %%REQ(:METHOD)%%                    | %REQ(:METHOD)%                     | %REQ(:METHOD)%
          a%REQ(:METHOD)%b                    | aGETb                              | aGETb
          %REQ(:path):3%                      | /p/                                | /p/
          %REQ(:PATH):0%x                     | x                                  | x
          %REQ(:PATH):99999999999%            | /p/a?q=1                           | /p/a?q=1
          %REQ_WITHOUT_QUERY(:PATH)%          | /p/a                               | /p/a
          %REQ_WITHOUT_QUERY(X-NO?:PATH):2%   | /p                                 | /p
          <%REQ_WITHOUT_QUERY(X-NO)%>         | <->                                | <>
          %REQ(X-NONE?:PATH)%                 | /p/a?q=1                           | /p/a?q=1
          %REQ(:METHOD?:PATH)%                | GET                                | GET
          <%REQ(X-NONE)%>                     | <->                                | <>
          <%REQ(X-NONE?X-NO)%>                | <->                                | <>
          %RESP(X-Up)%                        | one                                | one
          %RESP(X-NONE?X-UP):2%               | on                                 | on
          <%RESP(X-NONE)%>                    | <->                                | <>
          %RESPONSE_CODE% %RESPONSE_FLAGS%    | 200 -                              | 200 -
          %BYTES_RECEIVED%/%BYTES_SENT%       | 0/544                              | 0/544
          %DURATION%,%RESPONSE_DURATION%      | 1,-                                | 1,
          %PROTOCOL%()                        | HTTP/1.1()                         | HTTP/1.1()
          %PROTOCOL()%                        | HTTP/1.1                           | HTTP/1.1
          <%UPSTREAM_CLUSTER%>                | <->                                | <>
          %HOSTNAME%                          | pod-1                              | pod-1
          %ENVIRONMENT(FOO)%                  | bar                                | bar
          %ENVIRONMENT(FOO):2%                | ba                                 | ba
          <%ENVIRONMENT(NONE)%>               | <->                                | <>
          %START_TIME%                        | 2026-11-25T10:32:16.805Z           | 2026-11-25T10:32:16.805Z
          %START_TIME(%s.%3f)%                | 1795602736.805                     | 1795602736.805
          """)
  void format_writesWhatEnvoyWrites(String text, String inLog, String inHeader) {
    Format format = compile(text);
    var out = new StringBuilder();
    format.append(FakeFacts.example(), Absent.DASH, out);

    assertThat(out).hasToString(inLog);
    assertThat(format.format(FakeFacts.example())).isEqualTo(inHeader);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a %              | character 3: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          %%%              | character 3: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          % %              | character 1: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          %protocol%       | character 1: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          %REQ(A):x%       | character 1: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          %REQ(A%          | character 1: a % that begins no operator (expected: %NAME%, or %% for a percent sign)
          %REQ%            | character 1: %REQ% without a header (expected: %REQ(NAME)%)
          a %RESP()%       | character 3: %RESP()% without a header (expected: %RESP(NAME)%)
          %REQ(A?B?C)%     | character 1: %REQ(A?B?C)% (expected: the name of a header, or two with ? between them)
          %REQ(a b)%       | character 1: %REQ(a b)% (expected: the name of a header, or two with ? between them)
          %REQ(A?)%        | character 1: %REQ(A?)% (expected: the name of a header, or two with ? between them)
          %REQ(:NOPE)%     | character 1: %REQ(:NOPE)% (expected: the name of a header, or two with ? between them)
          %ENVIRONMENT%    | character 1: %ENVIRONMENT% without a variable (expected: %ENVIRONMENT(NAME)%)
          %PROTOCOL(x)%    | character 1: %PROTOCOL(x)% (expected: neither parameter nor length)
          %DURATION:3%     | character 1: %DURATION:3% (expected: neither parameter nor length)
          %HOSTNAME:3%     | character 1: %HOSTNAME:3% (expected: neither parameter nor length)
          %START_TIME:5%   | character 1: %START_TIME:5% with a length (expected: none)
          """)
  void brokenFormat_isRefusedAtItsPlace(String text, String reason) {
    assertThat(Format.parse(text, POD)).isEqualTo(new Format.Parsed.Refused(reason));
  }

  @Test
  void unknownOperator_isRefusedWithThoseThatAreKnown() {
    assertThat(Format.parse("%REQ(A)% %RESPONSE_CODE_DETAILS%", POD))
        .isInstanceOfSatisfying(
            Format.Parsed.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith(
                        "character 10: %RESPONSE_CODE_DETAILS% is not supported (expected one of:"
                            + " BYTES_RECEIVED, BYTES_SENT, DOWNSTREAM_")
                    .endsWith("UPSTREAM_CLUSTER, UPSTREAM_HOST)"));
  }

  @ParameterizedTest
  @EnumSource
  void textFact_isAnOperator(TextFact fact) {
    assertThat(compile("%" + fact + "%").format(new FakeFacts().with(fact, "it"))).isEqualTo("it");
  }

  @ParameterizedTest
  @EnumSource
  void numberFact_isAnOperator(NumberFact fact) {
    assertThat(compile("%" + fact + "%").format(new FakeFacts().with(fact, 7))).isEqualTo("7");
  }

  @Test
  void defaultLine_isEnvoys() {
    var out = new StringBuilder();
    Format.DEFAULT_LOG.append(FakeFacts.example(), Absent.DASH, out);

    assertThat(out)
        .hasToString(
            """
            [2026-11-25T10:32:16.805Z] "GET /p/a?q=1 HTTP/1.1" 200 - 0 544 1 0 "9.9.9.9, 8.8.8.8"\
             "curl/7.88.1" "ebc203ef-4fb6-969c-8342-7f995b6ff2ff" "127.0.0.1:7000" "127.0.0.1:7001"
            """);
  }

  @Test
  void textBeyondAscii_isOctets() {
    FakeFacts facts = FakeFacts.example();

    assertThat(compile("é%REQ(x-utf)%").format(facts)).isEqualTo("\u00c3\u00a9\u00c3\u00a9");
    assertThat(compile("é%REQ(x-utf)%").characters(facts)).isEqualTo("éé");
    assertThat(compile("%REQ(x-broken)%").characters(facts)).isEqualTo("\u00ff\"\\");
  }

  @Test
  void format_namesTheFieldsThatItReads() {
    Format format = compile("%REQ(B?A)% %REQ_WITHOUT_QUERY(C)% %RESP(D?E)% %RESP(D)% %PROTOCOL%");

    assertThat(format.requestHeaders()).containsExactly("a", "b", "c");
    assertThat(format.responseHeaders()).containsExactly("d", "e");
  }

  @Test
  void formatsOfOneMeaning_areEqual() {
    assertThat(compile("%REQ(a)%-%HOSTNAME%"))
        .isEqualTo(compile("%REQ(A)%-%HOSTNAME%"))
        .hasSameHashCodeAs(compile("%REQ(A)%-%HOSTNAME%"))
        .isNotEqualTo(compile("%REQ(B)%-%HOSTNAME%"));
  }

  /// Pieces of formats in any order: each is refused with a place in it, or writes something.
  @Test
  void anyText_isReadOrRefused() {
    RandomGenerator random = new SplittableRandom(20180915);
    int compiled = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = fuzzed(random);
      switch (Format.parse(text, POD)) {
        case Format.Parsed.Compiled(var format) -> {
          compiled++;
          format.append(FakeFacts.example(), Absent.DASH, new StringBuilder());
          assertThat(format.requestHeaders()).doesNotContain("");
        }
        case Format.Parsed.Refused(var reason) ->
            assertThat(reason).as(text).matches("(?s)character [0-9]+: .* \\(expected.*\\)");
      }
    }
    assertThat(compiled).isBetween(1_000, 19_000);
  }

  private static String fuzzed(RandomGenerator random) {
    String[] pieces = {
      "%",
      "%%",
      "REQ",
      "(",
      ")",
      ":",
      "?",
      "A",
      ":PATH",
      "7",
      "%REQ(A)%",
      "%START_TIME(",
      "%E3S",
      "%PROTOCOL%",
      "%DURATION%",
      " ",
      "\n",
      "\u00e9",
      "\ud800",
      "%ENVIRONMENT(FOO)%",
      ")%",
      "\0"
    };
    var text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @Test
  void facts_haveNoNameTwice() {
    assertThat(
            Stream.concat(
                Arrays.stream(TextFact.values()).map(Enum::name),
                Arrays.stream(NumberFact.values()).map(Enum::name)))
        .doesNotHaveDuplicates();
  }

  static Format compile(String text) {
    return switch (Format.parse(text, POD)) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
