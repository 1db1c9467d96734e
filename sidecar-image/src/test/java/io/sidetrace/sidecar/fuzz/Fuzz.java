package io.sidetrace.sidecar.fuzz;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Asks a question of the corpus, and then of inputs made at random: the same each time, unless
/// `-Dfuzz.minutes=10` asks for as many minutes of new ones. `-Dfuzz.seed` repeats a run.
///
/// @param subject whose entries of the corpus are replayed first
/// @param rounds how many inputs, when there is no time given: a second or two of them
/// @param inputs makes an input
/// @param judge says in a word what became of the input, or throws when that is wrong
public record Fuzz(
    String subject,
    int rounds,
    Function<RandomGenerator, String> inputs,
    UnaryOperator<String> judge) {
  private static final long SEED = 20180915;

  /// Looking at the clock is cheap after so many rounds.
  private static final int ROUNDS_BETWEEN_LOOKS = 256;

  private static final double MINUTES = Double.parseDouble(System.getProperty("fuzz.minutes", "0"));

  /// @return how many inputs became what
  public Map<String, Integer> run() {
    for (Corpus.Entry entry : Corpus.of(subject)) {
      judged(entry.input(), entry.name());
    }
    long seed = Long.getLong("fuzz.seed", MINUTES > 0 ? System.nanoTime() : SEED);
    var random = new SplittableRandom(seed);
    var verdicts = new TreeMap<String, Integer>();
    long start = System.nanoTime();
    long round = 0;
    while (goesOn(round, start)) {
      String where = "seed " + seed + ", round " + round++;
      verdicts.merge(judged(inputs.apply(random), where), 1, Integer::sum);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "fuzz %s: seed %d, %d executions in %.1f s, %s%n", subject, seed, round, seconds, verdicts);
    return verdicts;
  }

  private boolean goesOn(long round, long start) {
    if (MINUTES == 0) {
      return round < rounds;
    }
    return round % ROUNDS_BETWEEN_LOOKS != 0 || System.nanoTime() - start < MINUTES * 60e9;
  }

  private String judged(String input, String where) {
    try {
      return judge.apply(input);
    } catch (RuntimeException | Error e) {
      String smallest = smallest(input);
      String finding = "%s: %s fails for%n  %s".formatted(where, subject, Escapes.format(smallest));
      throw new AssertionError(finding, problemOf(smallest));
    }
  }

  /// Cuts out ever smaller pieces as long as what remains fails too.
  private String smallest(String input) {
    String text = input;
    for (int length = text.length() / 2; length > 0; length /= 2) {
      for (int from = 0; from + length <= text.length(); ) {
        String shorter = text.substring(0, from) + text.substring(from + length);
        if (problemOf(shorter) == null) {
          from += length;
        } else {
          text = shorter;
        }
      }
    }
    return text;
  }

  private Throwable problemOf(String input) {
    try {
      judge.apply(input);
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }
}
