package io.sidetrace.sidecar.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The inputs of `fuzz/corpus.txt`: known attacks, edges of the grammars, and what fuzzing found.
/// Each line is a subject, a name and the escaped input, a blank between them.
public final class Corpus {
  private static final String FILE = "/fuzz/corpus.txt";

  private Corpus() {}

  public record Entry(String subject, String name, String input) {
    private static Entry parse(String line) {
      String[] parts = line.split(" ", 3);
      if (parts.length != 3) {
        throw new IllegalArgumentException(line + " (expected: subject, name and input)");
      }
      return new Entry(parts[0], parts[1], Escapes.parse(parts[2]));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Entry> of(String subject) {
    var stream = Objects.requireNonNull(Corpus.class.getResourceAsStream(FILE), FILE);
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Entry::parse)
          .filter(entry -> entry.subject().equals(subject))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
