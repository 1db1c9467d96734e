package io.sidetrace.sidecar.sampling;

/// Envoy's three shares: of the requests that ask to be traced (`client`), of those that do not
/// (`random`), and the bound on all of them (`overall`).
public record SamplingShares(Share client, Share random, Share overall) {
  public static final SamplingShares ALL = percent(100, 100, 100);

  /// Whether they let nothing through, whoever asks.
  public boolean areNone() {
    return client.numerator() == 0 && random.numerator() == 0 && overall.numerator() == 0;
  }

  /// Shares in percent with two decimals, as a connection manager's.
  public static SamplingShares percent(double client, double random, double overall) {
    return new SamplingShares(
        Share.percent("client", client),
        Share.percent("random", random),
        Share.percent("overall", overall));
  }

  /// `numerator` of every `denominator` numbers. Which ones depends on the denominator: 50 of 100
  /// takes 0–49, 100–149 and so on, 5000 of 10000 takes 0–4999.
  public record Share(int numerator, int denominator) {
    public Share {
      if (numerator < 0 || denominator < 1 || numerator > denominator) {
        throw new IllegalArgumentException(
            "share: " + numerator + " of " + denominator + " (expected: 0..denominator)");
      }
    }

    static Share percent(String name, double percent) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException(name + ": " + percent + " (expected: 0..100)");
      }
      return new Share((int) Math.round(percent * 100), 10_000);
    }

    boolean holds(int number) {
      return number % denominator < numerator;
    }
  }
}
