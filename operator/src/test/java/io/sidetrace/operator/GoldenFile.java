package io.sidetrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Expected texts that are too long for a test's own lines.
public final class GoldenFile {
  private static final Path EXPECTED = Path.of("src", "test", "resources", "golden");
  private static final Path ACTUAL = Path.of("target", "golden");

  private GoldenFile() {}

  /// Byte for byte. What came is kept beside, to be compared and taken over.
  public static void assertEqual(String name, String actual) throws IOException {
    var written = ACTUAL.resolve(name);
    Files.createDirectories(Objects.requireNonNull(written.getParent()));
    Files.writeString(written, actual);
    var expected = EXPECTED.resolve(name);
    assertThat(expected).as("take it over with: cp %s %s", written, expected).exists();
    assertThat(actual)
        .as("take it over with: cp %s %s", written, expected)
        .isEqualTo(Files.readString(expected));
  }
}
