package io.sidetrace.sidecar.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Our values against those of the YAML library's own loader: what is taken is taken there too, and
/// means the same; what is refused is refused there, or by a rule of ours.
final class DocumentFuzzTest {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new WithoutMerges()).setAllowDuplicateKeys(false).build();

  /// `<<` is a key like any other, as YAML 1.2 has it. The library's merging takes time without end
  /// over some mappings.
  private static final class WithoutMerges extends CoreSchema {
    @Override
    public ScalarResolver getScalarResolver() {
      return new CoreScalarResolver(false);
    }
  }

  private static final Pattern OUR_RULES =
      Pattern.compile(
          "(?s).*(nothing in it|\\(expected: an object\\)|nested deeper than 100|more than \\d+ values"
              + "|a key that is no text|an alias to nothing before it|is given twice|the YAML tag .* \\(expected: none\\)"
              + "|\\(expected: a finite number\\)|a second document).*");

  private static final List<String> EXAMPLES =
      Corpus.of("document").stream().map(Corpus.Entry::input).toList();

  private static final Mutator MUTATOR =
      new Mutator(
          List.of(
              ": ",
              "\n",
              "- ",
              "\n  ",
              "{",
              "}",
              "[",
              "]",
              ",",
              "\"",
              "'",
              "&a ",
              "*a",
              "!!str ",
              "!x ",
              "---\n",
              "...\n",
              "? ",
              "| \n",
              ">-\n",
              "#",
              "\t",
              "null",
              "true",
              "0x1f",
              "0o17",
              "1e3",
              ".inf",
              ".nan",
              "\\u00e9",
              "<<: ",
              "%YAML 1.2\n",
              "\ufeff",
              "[[["),
          ":-?{}[],\"'&*!|>%@`#~ \t\r\n\\0129eExo.+_ay\u0000\u0085\u00e9\u2028\ud800\uffff");

  @Test
  void documents_meanWhatTheLibrarySays() {
    Map<String, Integer> verdicts =
        new Fuzz("document", 10_000, DocumentFuzzTest::text, DocumentFuzzTest::judge).run();
    assertThat(verdicts.values()).as("%s", verdicts).hasSize(2).allMatch(count -> count > 500);
  }

  private static String text(RandomGenerator random) {
    String good = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
    return MUTATOR.mutate(good, EXAMPLES.get(random.nextInt(EXAMPLES.size())), random);
  }

  private static String judge(String text) {
    Parsed parsed = DocumentParser.parse(text);
    String encoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    if (encoded.equals(text)) {
      assertThat(DocumentParser.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(parsed);
    }
    return switch (parsed) {
      case Parsed.Document(var document) -> {
        compareWithLibrary(document, withoutTabs(text));
        yield "TAKEN";
      }
      case Parsed.Malformed(var reason) -> {
        assertThat(reason).isNotBlank();
        assertThat(OUR_RULES.matcher(reason).matches() || !isTaken(withoutTabs(text)))
            .as("refused by us alone: %s", reason)
            .isTrue();
        yield "REFUSED";
      }
    };
  }

  /// As our parser hands it to the library.
  private static String withoutTabs(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? text.replace('\t', ' ') : text;
  }

  /// Keys that differ as texts may be one to the library: `1` and `0x1`. Over others it stumbles:
  /// `~` beside an empty one, or `+.inf`.
  private static void compareWithLibrary(Value.Mapping document, String text) {
    try {
      compare(document, load(text));
    } catch (DuplicateKeyException e) {
      assertThat(e.getMessage()).contains("found duplicate key");
    } catch (YamlEngineException e) {
      assertThat(e).hasCauseInstanceOf(RuntimeException.class);
    }
  }

  private static Object load(String text) {
    return new Load(SETTINGS).loadFromString(text);
  }

  private static boolean isTaken(String text) {
    try {
      return load(text) instanceof Map;
    } catch (YamlEngineException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Keys are texts to us, however they are written; so their order is compared by their values.
  private static void compare(Value ours, Object theirs) {
    switch (ours) {
      case Value.Mapping(var fields) -> {
        assertThat(theirs).isInstanceOf(Map.class);
        Iterator<?> values = ((Map<?, ?>) theirs).values().iterator();
        assertThat((Map<?, ?>) theirs).hasSameSizeAs(fields);
        fields.values().forEach(value -> compare(value, values.next()));
      }
      case Value.Sequence(var elements) -> {
        assertThat(theirs).isInstanceOf(List.class);
        Iterator<?> values = ((List<?>) theirs).iterator();
        assertThat((List<?>) theirs).hasSameSizeAs(elements);
        elements.forEach(value -> compare(value, values.next()));
      }
      case Value.Text(var text) -> assertThat(theirs).isEqualTo(text);
      case Value.Flag(var flag) -> assertThat(theirs).isEqualTo(flag);
      case Value.Nothing() -> assertThat(theirs).isNull();
      case Value.Numeral(double number, _) -> {
        assertThat(theirs).isInstanceOf(Number.class);
        assertThat(((Number) theirs).doubleValue()).isEqualTo(number);
      }
    }
  }
}
