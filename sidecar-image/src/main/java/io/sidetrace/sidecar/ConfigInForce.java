package io.sidetrace.sidecar;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.sidetrace.sidecar.accept.Acceptor;
import io.sidetrace.sidecar.accept.Unbound;
import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.ReadResult;
import io.sidetrace.sidecar.config.Refusal;
import io.sidetrace.sidecar.export.Exporters;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Puts what was read of the configuration into force, and keeps the last good one where the newest
/// cannot be used.
///
/// Thread-safe: changes are serialised, the state is published. Applying waits for binds and
/// look-ups, so it is never called on an event loop.
final class ConfigInForce {
  private static final System.Logger LOG = System.getLogger("sidetrace.config");

  /// Listeners are held back that long for the names of new clusters; a name that cannot be looked
  /// up does not hold them back any longer.
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(2);

  private final Clusters clusters;
  private final Exporters exporters;
  private final ConfiguredTracing tracing;
  private final Acceptor acceptor;
  private final Node commandLine;
  private volatile ConfigState state = new ConfigState.Waiting();
  private volatile Node node;

  /// @param commandLine who this is as long as no configuration says more
  ConfigInForce(
      Clusters clusters,
      Exporters exporters,
      ConfiguredTracing tracing,
      Acceptor acceptor,
      Node commandLine) {
    this.clusters = clusters;
    this.exporters = exporters;
    this.tracing = tracing;
    this.acceptor = acceptor;
    this.commandLine = commandLine;
    this.node = commandLine;
  }

  ConfigState state() {
    return state;
  }

  Node node() {
    return node;
  }

  /// Acts on what was read.
  ///
  /// @return what could not be bound though it should have been
  synchronized List<Unbound> apply(ReadResult result) {
    return switch (result) {
      case ReadResult.Read(var configuration, var identity, _) -> {
        LOG.log(INFO, "configuration {0} is in force", configuration.version());
        List<Unbound> unbound = enforce(configuration, identity);
        state = new ConfigState.Applied(configuration);
        yield refuseUnbound(configuration, unbound);
      }
      case ReadResult.Refused(var refusals) -> refuse(refusals);
      case ReadResult.Waiting(var missing) -> {
        LOG.log(INFO, "{0} is not there: forwarding untraced until it comes", missing);
        state = new ConfigState.Waiting();
        yield enforce(UntracedForwarding.configuration(), commandLine);
      }
    };
  }

  private List<Unbound> refuse(List<Refusal> refusals) {
    String message = refusals.stream().map(Refusal::format).collect(Collectors.joining("\n"));
    LOG.log(ERROR, "configuration refused, what was in force stays: {0}", message);
    Configuration last = state.inForce();
    state = new ConfigState.Refused(last, message);
    return last == null ? enforce(UntracedForwarding.configuration(), commandLine) : List.of();
  }

  /// Clusters first and listeners last, so that whatever a listener names is there.
  private List<Unbound> enforce(Configuration configuration, Node identity) {
    node = identity;
    tracing.identify(identity);
    clusters.apply(configuration.clusters());
    awaitLookups();
    exporters.apply(configuration, identity);
    List<Unbound> unbound = acceptor.apply(configuration.listeners());
    unbound.forEach(address -> LOG.log(address.spared() ? INFO : WARNING, address.message()));
    return unbound.stream().filter(address -> !address.spared()).toList();
  }

  private List<Unbound> refuseUnbound(Configuration configuration, List<Unbound> unbound) {
    if (!unbound.isEmpty()) {
      String message = unbound.stream().map(Unbound::message).collect(Collectors.joining("\n"));
      state = new ConfigState.Refused(configuration, message);
    }
    return unbound;
  }

  private void awaitLookups() {
    try {
      if (!clusters.awaitLookups(LOOKUP_LIMIT)) {
        LOG.log(WARNING, "not every cluster has an address after {0}", LOOKUP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
