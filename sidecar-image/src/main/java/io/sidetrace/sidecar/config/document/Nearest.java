package io.sidetrace.sidecar.config.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what was meant by a name that nobody knows.
public final class Nearest {
  private Nearest() {}

  /// The candidate with the fewest characters to insert, delete or replace, if it is at most a
  /// third of the name: further away, a guess misleads.
  public static Optional<String> to(String name, Collection<String> candidates) {
    int farthest = Math.max(1, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= farthest)
        .filter(candidate -> distance(name, candidate) <= farthest)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int i = 0; i <= to.length(); i++) {
      previous[i] = i;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
