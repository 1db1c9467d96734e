package io.sidetrace.sidecar.config;

import java.util.List;

/// The routes of the hosts that match `domains` (`*`, `*.suffix`, `prefix.*` or exact, in any
/// case).
public record VirtualHost(String name, List<String> domains, List<Route> routes) {
  public VirtualHost {
    domains = List.copyOf(domains);
    routes = List.copyOf(routes);
  }
}
