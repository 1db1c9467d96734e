package io.sidetrace.operator.resolve;

import java.util.List;

/// Which traffic is led through the sidecar.
///
/// @param includeInboundPorts only these; empty: all
public record Redirection(
    List<Integer> includeInboundPorts,
    List<Integer> excludeInboundPorts,
    List<Integer> excludeOutboundPorts,
    List<String> excludeOutboundCidrs) {
  public Redirection {
    includeInboundPorts = List.copyOf(includeInboundPorts);
    excludeInboundPorts = List.copyOf(excludeInboundPorts);
    excludeOutboundPorts = List.copyOf(excludeOutboundPorts);
    excludeOutboundCidrs = List.copyOf(excludeOutboundCidrs);
  }

  /// Everything.
  public static final Redirection ALL = new Redirection(List.of(), List.of(), List.of(), List.of());
}
