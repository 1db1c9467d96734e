package io.sidetrace.sidecar.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.sidetrace.sidecar.admin.SidecarState.Lifecycle;
import java.util.List;

/// The endpoints of both ports.
final class AdminPorts {
  private AdminPorts() {}

  /// Envoy's admin port.
  static Endpoints admin(SidecarState state) {
    return new Endpoints(
            List.of(
                Endpoint.of("/clusters", "upstream clusters", state, AdminPorts::clusters),
                Endpoint.of(
                    "/config_dump",
                    "the configuration in force, without credentials",
                    state,
                    snapshot -> Answer.json(ConfigDump.of(snapshot))),
                new Endpoint(
                    "/explain",
                    "how a request would be decided: path, method, header=name:value…, listener",
                    Endpoint.SHORT,
                    question -> ExplainPage.answer(question, state)),
                ready(state),
                Endpoint.of(
                    "/server_info",
                    "version, state, node",
                    state,
                    snapshot -> serverInfo(snapshot, state.lifecycle())),
                Endpoint.of(
                    "/stats",
                    "counters and gauges, one a line",
                    state,
                    snapshot -> MetricsText.stats(Metrics.of(snapshot))),
                metrics("/stats/prometheus", state)))
        .withListing();
  }

  /// The status port.
  static Endpoints status(SidecarState state) {
    return new Endpoints(
            List.of(
                Endpoint.of(
                    "/drain",
                    "from now on each response is its connection's last: for a preStop hook",
                    () -> {
                      state.leave();
                      return Answer.ok("draining");
                    }),
                metrics("/metrics", state),
                new Endpoint(
                    "/probe/tcp/",
                    "and a port: whether the application listens there",
                    PortProbe.LIMIT.plusSeconds(1),
                    PortProbe::answer),
                ready(state),
                Endpoint.of(
                    "/status",
                    "what the operator reads, in JSON",
                    state,
                    snapshot -> Answer.json(StatusPage.of(snapshot, state.lifecycle())))))
        .withListing();
  }

  private static Endpoint ready(SidecarState state) {
    return Endpoint.of(
        "/ready",
        "200 while the sidecar takes traffic, else 503",
        () -> {
          Lifecycle lifecycle = state.lifecycle();
          return Answer.text(
              lifecycle == Lifecycle.LIVE ? OK : SERVICE_UNAVAILABLE, lifecycle.name());
        });
  }

  private static Endpoint metrics(String path, SidecarState state) {
    return Endpoint.of(
        path,
        "metrics for Prometheus",
        state,
        snapshot -> MetricsText.prometheus(Metrics.of(snapshot)));
  }

  private static Answer clusters(SidecarSnapshot snapshot) {
    return ClustersPage.of(snapshot.clusters());
  }

  private static Answer serverInfo(SidecarSnapshot snapshot, Lifecycle lifecycle) {
    return Answer.json(
        new JsonObject()
            .put("version", snapshot.version())
            .put("state", lifecycle)
            .put("uptime_current_epoch", snapshot.uptime().toSeconds() + "s")
            .put("node", ConfigDump.node(snapshot.node())));
  }
}
