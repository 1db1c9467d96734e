package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.UpstreamLink.Role;
import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The upstream connections of one client's connection: the one to its original destination, or at
/// most one per endpoint that routes chose. They serve nobody else. Event-loop confined.
final class Upstreams {
  private final HttpConnection connection;
  private final LoopTools tools;
  private @Nullable UpstreamLink original;
  private @Nullable Map<InetSocketAddress, UpstreamLink> routed;

  /// Where the newest request went.
  private @Nullable UpstreamLink active;

  Upstreams(HttpConnection connection, LoopTools tools) {
    this.connection = connection;
    this.tools = tools;
  }

  /// Takes over the connection that was begun before the protocol was known.
  void adopt(EarlyUpstream early) {
    UpstreamLink link =
        new UpstreamLink(Role.ORIGINAL, early.wire(), early.endpoint(), connection, tools);
    early.wire().use(link);
    original = link;
    active = link;
  }

  /// The connection that was adopted had failed already.
  void originalFailed(WireUser.Ending how) {
    if (original != null) {
      original.closed(how);
    }
  }

  Destination route(ListenerBehaviour.Http http) {
    return Destination.of(tools.scanned, http, tools.clusters, original);
  }

  /// The connection to go by; null when there is no endpoint.
  @Nullable UpstreamLink open(Destination destination) {
    if (destination.isOriginal()) {
      active = original;
      return original;
    }
    Cluster cluster = destination.cluster();
    InetSocketAddress endpoint = cluster == null || cluster.speaksHttp2() ? null : cluster.pick();
    if (cluster == null || endpoint == null) {
      return null;
    }
    active = routed().computeIfAbsent(endpoint, to -> connect(cluster, to));
    return active;
  }

  private UpstreamLink connect(Cluster cluster, InetSocketAddress endpoint) {
    Wire wire = Wire.connect(cluster, endpoint, tools);
    UpstreamLink link = new UpstreamLink(Role.ROUTED, wire, endpoint, connection, tools);
    wire.use(link);
    return link;
  }

  private Map<InetSocketAddress, UpstreamLink> routed() {
    if (routed == null) {
      routed = new HashMap<>();
    }
    return routed;
  }

  void forget(UpstreamLink link) {
    if (routed != null) {
      routed.values().remove(link);
    }
  }

  void abandon(UpstreamLink link) {
    forget(link);
    link.abandon();
  }

  void flush() {
    if (active != null) {
      active.wire.flush();
    }
  }

  /// Whether what the client sends can be passed on.
  boolean writable() {
    return active == null || active.wire.writable();
  }

  void reading(boolean wanted) {
    if (active != null) {
      active.wire.reading(wanted);
    }
  }

  /// The client will send nothing more; only who serves nobody else is told.
  void endOutput() {
    if (original != null) {
      original.wire.endOutput();
    }
  }

  void close() {
    all().forEach(link -> link.wire.close());
  }

  void abort() {
    all().forEach(link -> link.wire.abort());
  }

  private List<UpstreamLink> all() {
    List<UpstreamLink> links = new ArrayList<>();
    if (original != null) {
      links.add(original);
    }
    if (routed != null) {
      links.addAll(routed.values());
    }
    return links;
  }
}
