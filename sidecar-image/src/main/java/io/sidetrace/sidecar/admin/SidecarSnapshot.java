package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.upstream.Cluster;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sidecar at one moment.
///
/// @param interception `redirected`, `failed: REASON` or `none`
/// @param clusters with the endpoints that they have now
public record SidecarSnapshot(
    String version,
    Node node,
    Duration uptime,
    ConfigState config,
    String interception,
    ReportSnapshot spans,
    List<Count> traffic,
    List<MalformedCount> malformedContexts,
    List<TracingCount> tracing,
    List<DecisionCount> decisions,
    List<Cluster> clusters) {
  public SidecarSnapshot {
    traffic = List.copyOf(traffic);
    malformedContexts = List.copyOf(malformedContexts);
    tracing = List.copyOf(tracing);
    decisions = List.copyOf(decisions);
    clusters = List.copyOf(clusters);
  }

  /// What became of the configuration.
  public sealed interface ConfigState {

    /// The configuration in force; null: none yet.
    @Nullable Configuration inForce();

    /// The files are not there yet: traffic is forwarded untraced.
    record Waiting() implements ConfigState {
      @Override
      public @Nullable Configuration inForce() {
        return null;
      }
    }

    /// The newest files are in force.
    record Applied(Configuration inForce) implements ConfigState {}

    /// The newest files cannot be used; what was in force before still is.
    ///
    /// @param message why, one refusal a line
    record Refused(@Nullable Configuration inForce, String message) implements ConfigState {}
  }

  /// One of the data plane's counts.
  ///
  /// @param name in lower case, words joined by `_`; one that ends in `active` goes up and down
  public record Count(String name, long value) {}

  /// How many requests of one connection manager were traced, or not, for one reason.
  ///
  /// @param reason as Envoy names it
  public record TracingCount(String statPrefix, String reason, long count) {}

  /// How many requests of one connection manager were decided about in one way.
  ///
  /// @param decision a name of [io.sidetrace.sidecar.sampling.SamplingDecision] in lower case
  public record DecisionCount(String statPrefix, String decision, long count) {}

  /// How many contexts of one format were refused for one reason.
  public record MalformedCount(String format, String reason, long count) {}
}
