package io.sidetrace.sidecar.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Format strings of access logs, header changes, tags and span names, and the dates in them,
/// against grammars written another way; what is taken is also written, over hostile values.
final class FormatFuzzTest {
  private static final Surroundings POD = new Surroundings("pod-1", Map.of("FOO", "b\u00e4\nr"));

  private static final String DATE_GRAMMAR =
      "(?:[^%]|%(?:[YymdejHIMSpsaAbBzZ%FDTRf]|Ez|[1-9]f|E[1-9]S))*+";
  private static final Pattern DATE = Pattern.compile(DATE_GRAMMAR);

  private static final String NAME =
      "(?:[A-Za-z0-9!#$%&'*+.^_`|~-]++|:(?i:authority|method|path|scheme|status))";
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?:[^%]|%%|%(?:REQ|RESP|REQ_WITHOUT_QUERY)\\("
              + NAME
              + "(?:\\?"
              + NAME
              + ")?\\)(?::[0-9]+)?%"
              + "|%ENVIRONMENT\\([^)]+\\)(?::[0-9]+)?%"
              + "|%START_TIME(?:\\((?:[^%)]|%(?:[YymdejHIMSpsaAbBzZ%FDTRf]|Ez|[1-9]f|E[1-9]S))*+\\))?%"
              + "|%(?:HOSTNAME|"
              + facts()
              + ")(?:\\(\\))?%)*+");

  private static final Mutator FORMATS =
      new Mutator(
          List.of(
              "%",
              "%%",
              "(",
              ")",
              ":",
              "?",
              ":3",
              ":99999999999",
              "%REQ(",
              "%REQ(:PATH)%",
              "%RESP(X-UP)%",
              "%REQ_WITHOUT_QUERY(:path?x)%",
              "%START_TIME(%s.%3f)%",
              "%START_TIME%",
              "%ENVIRONMENT(FOO)%",
              "%HOSTNAME%",
              "%DURATION%",
              "%RESPONSE_CODE%",
              "()",
              "{\"a\": \"%PROTOCOL%\"}"),
          "%():?_0123456789aAzZ -\n\r\"\\{}\u0000\u007f\u00e9\u0130\u017f\u212a\uff11\ud800");

  private static final Mutator DATES =
      new Mutator(
          List.of("%Y", "%E3S", "%Ez", "%3f", "%%", "%s", "%", "%E", "%1", "%j", "T", "%F %T"),
          "%EYymdejHIMSpsaAbBzZFDTRf0123456789 :-\n\u00e9\u0130\uff13\ud800");

  private static final List<String> FORMAT_EXAMPLES = examples("format");
  private static final List<String> DATE_EXAMPLES = examples("date");

  @Test
  void formats_areTakenExactlyWhenTheGrammarTakesThem() {
    Map<String, Integer> verdicts =
        new Fuzz(
                "format",
                50_000,
                random -> mutated(FORMATS, FORMAT_EXAMPLES, random),
                FormatFuzzTest::judgeFormat)
            .run();
    assertThat(verdicts.values()).as("%s", verdicts).hasSize(2).allMatch(count -> count > 1_000);
  }

  @Test
  void dates_areTakenExactlyWhenTheGrammarTakesThem() {
    Map<String, Integer> verdicts =
        new Fuzz(
                "date",
                50_000,
                random -> mutated(DATES, DATE_EXAMPLES, random),
                FormatFuzzTest::judgeDate)
            .run();
    assertThat(verdicts.values()).as("%s", verdicts).hasSize(2).allMatch(count -> count > 1_000);
  }

  private static List<String> examples(String subject) {
    return Corpus.of(subject).stream().map(Corpus.Entry::input).toList();
  }

  private static String facts() {
    return Stream.concat(Arrays.stream(TextFact.values()), Arrays.stream(NumberFact.values()))
        .map(Enum::name)
        .collect(Collectors.joining("|"));
  }

  private static String mutated(Mutator mutator, List<String> examples, RandomGenerator random) {
    String good = examples.get(random.nextInt(examples.size()));
    return mutator.mutate(good, examples.get(random.nextInt(examples.size())), random);
  }

  private static String judgeFormat(String text) {
    boolean expected = FORMAT.matcher(text).matches();
    return switch (Format.parse(text, POD)) {
      case Format.Parsed.Compiled(var format) -> {
        assertThat(expected).as("taken").isTrue();
        judgeWritten(text, format);
        yield "TAKEN";
      }
      case Format.Parsed.Refused(var reason) -> {
        assertThat(expected).as("refused: %s", reason).isFalse();
        assertThat(reason).matches("(?s)character [0-9]+: .*\\(expected.*");
        assertThat(placeIn(reason)).isBetween(1, text.length());
        yield "REFUSED";
      }
    };
  }

  private static int placeIn(String reason) {
    return Integer.parseInt(reason.substring("character ".length(), reason.indexOf(':')));
  }

  /// Octets come out, and within JSON a whole value.
  private static void judgeWritten(String text, Format format) {
    FakeFacts facts = FakeFacts.example().request("x", "\"\\\r\n\u0000\u00ff\u00c3");
    String written = format.format(facts);
    assertThat(written.chars()).as("octets").allMatch(octet -> octet <= 0xff);
    if (!text.contains("%")) {
      assertThat(written).isEqualTo(Utf8.octets(text));
    }
    assertThat(format.requestHeaders()).allMatch(name -> !name.matches(".*[A-Z].*"));
    var json = new StringBuilder("{\"a\":");
    new JsonFormat.Text(format).append(facts, json);
    String document = Utf8.characters(json.append('}').toString());
    assertThat(document.chars()).as("one line").noneMatch(c -> c < ' ');
    assertThat(DocumentParser.parse(document)).as(document).isInstanceOf(Parsed.Document.class);
  }

  private static String judgeDate(String text) {
    boolean expected = DATE.matcher(text).matches();
    return switch (TimeFormat.parse(text)) {
      case TimeFormat.Parsed.Compiled(var format) -> {
        assertThat(expected).as("taken").isTrue();
        for (long micros : new long[] {0, -1, 1_795_602_736_805_123L, 253_402_300_799_999_999L}) {
          format.append(micros, new StringBuilder());
        }
        yield "TAKEN";
      }
      case TimeFormat.Parsed.Refused(var reason) -> {
        assertThat(expected).as("refused: %s", reason).isFalse();
        assertThat(reason).contains("(expected");
        yield "REFUSED";
      }
    };
  }
}
