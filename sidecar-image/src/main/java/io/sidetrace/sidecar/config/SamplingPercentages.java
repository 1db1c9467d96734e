package io.sidetrace.sidecar.config;

/// Envoy's three sampling shares, each in percent, 0 to 100.
///
/// @param parts of how many parts each share is counted, which decides what identifiers it takes in
public record SamplingPercentages(double client, double random, double overall, Parts parts) {
  public static final SamplingPercentages ALL = new SamplingPercentages(100, 100, 100);

  /// Shares as a connection manager counts them: in hundredths of a percent.
  public SamplingPercentages(double client, double random, double overall) {
    this(client, random, overall, Parts.TEN_THOUSAND);
  }

  /// The denominators of shares: 100, 10 000 or 1 000 000.
  public record Parts(int client, int random, int overall) {
    public static final Parts TEN_THOUSAND = new Parts(10_000, 10_000, 10_000);
  }
}
