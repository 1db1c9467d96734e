package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Reading;
import io.sidetrace.sidecar.config.document.Reading.KnownField;
import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.format.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// CONFIGURATION.md and the readers know the same fields.
class ConfigurationTableTest {
  private static final Pattern HEADING = Pattern.compile("### (.+)");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z0-9_.]+)` \\|.*");

  @Test
  void table_hasEveryFieldThatIsKnown() throws IOException {
    Set<KnownField> known = known();

    assertThat(known).hasSizeGreaterThan(100);
    assertThat(documented()).containsExactlyInAnyOrderElementsOf(known);
  }

  private static Set<KnownField> known() {
    var walk = new Reading.OfFieldNames();
    var readers = new Readers(new Surroundings("", Map.of()), _ -> null);
    Message.read(walk, Value.Mapping.EMPTY, readers.bootstrap::bootstrap);
    Message.read(walk, Value.Mapping.EMPTY, readers.listeners::response);
    Message.read(walk, Value.Mapping.EMPTY, readers.clusters::response);
    return new LinkedHashSet<>(walk.fields());
  }

  private static Set<KnownField> documented() throws IOException {
    Set<KnownField> fields = new LinkedHashSet<>();
    String message = "";
    for (String line : Files.readAllLines(Path.of("CONFIGURATION.md"))) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        message = heading.group(1);
      } else if (row.matches()) {
        fields.add(new KnownField(message, row.group(1)));
      }
    }
    return fields;
  }
}
