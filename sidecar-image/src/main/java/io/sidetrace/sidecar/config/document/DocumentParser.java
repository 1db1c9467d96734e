package io.sidetrace.sidecar.config.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one JSON or YAML document, told apart by nobody: YAML 1.2 contains JSON.
///
/// Events are turned into values here rather than by the library, because then depth, aliases and
/// repeated keys are checked while the text is being read, before a hostile document has cost
/// anything.
public final class DocumentParser {
  /// Twice the most that a ConfigMap can hold (1 MiB).
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();

  private DocumentParser() {}

  public static Parsed parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Parsed.Malformed(
          "more than %d bytes (expected: at most that)".formatted(MAX_BYTES));
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Parsed.Malformed("not UTF-8 (expected: JSON or YAML in UTF-8)");
    }
  }

  public static Parsed parse(String text) {
    try {
      var events =
          new Parse(SETTINGS).parseReader(new WholeCharacters(withoutJsonTabs(text))).iterator();
      return new Parsed.Document(new ValueBuilder(events).document());
    } catch (ValueBuilder.Unreadable e) {
      return new Parsed.Malformed(e.reason());
    } catch (MarkedYamlEngineException e) {
      return new Parsed.Malformed(
          e.getProblemMark().map(DocumentParser::position).orElse("")
              + "not JSON or YAML: "
              + e.getProblem());
    } catch (YamlEngineException e) {
      return new Parsed.Malformed("not JSON or YAML: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // of the library's own scanner, for an escape that is cut short
      return new Parsed.Malformed("not JSON or YAML: an escape in a text: " + e.getMessage());
    }
  }

  /// YAML forbids tabs where JSON allows them: between tokens. Within a JSON string there are none.
  private static String withoutJsonTabs(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? text.replace('\t', ' ') : text;
  }

  static String position(Mark mark) {
    return "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
