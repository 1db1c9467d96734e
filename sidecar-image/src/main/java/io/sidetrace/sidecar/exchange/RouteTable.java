package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.VirtualHost;
import io.sidetrace.sidecar.tracing.RouteOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request: the virtual host by its Host field, then the first route that
/// matches. Texts are compared as bytes, so that routing a request makes no string. Immutable.
final class RouteTable {
  private final List<Host> hosts;

  /// The only host, where it takes any name: then nobody has to read the request's.
  private final @Nullable Host any;

  private RouteTable(List<Host> hosts) {
    this.hosts = hosts;
    boolean takesAny = hosts.size() == 1 && hosts.getFirst().domain().kind() == Domain.Kind.ANY;
    this.any = takesAny ? hosts.getFirst() : null;
  }

  static RouteTable of(List<VirtualHost> hosts, Function<Route, @Nullable RouteOverride> override) {
    List<Host> compiled = new ArrayList<>();
    for (VirtualHost host : hosts) {
      List<RouteEntry> entries =
          host.routes().stream()
              .map(route -> new RouteEntry(route, override.apply(route)))
              .toList();
      for (String domain : host.domains()) {
        compiled.add(new Host(Domain.parse(domain), entries));
      }
    }
    // Envoy's order: exact, then the longest suffix, then the longest prefix, then any.
    compiled.sort((a, b) -> a.domain().compareTo(b.domain()));
    return new RouteTable(List.copyOf(compiled));
  }

  /// The route of the request; null when none matches.
  @Nullable RouteEntry match(RoutedRequest request) {
    Host host = any == null ? hostOf(request.authority()) : any;
    return host == null ? null : host.match(request);
  }

  /// The cluster of the first route; null when there is no route.
  @Nullable String anyCluster() {
    return hosts.stream()
        .flatMap(host -> host.routes().stream())
        .map(RouteEntry::cluster)
        .findFirst()
        .orElse(null);
  }

  /// The cluster that all routes name; null where they name several, or there is none.
  @Nullable String onlyCluster() {
    String first = anyCluster();
    boolean only =
        hosts.stream()
            .flatMap(host -> host.routes().stream())
            .allMatch(route -> route.cluster().equals(first));
    return only ? first : null;
  }

  /// Of all routes' timeouts, in nanoseconds; zero: there is none.
  long shortestTimeout() {
    return hosts.stream()
        .flatMap(host -> host.routes().stream())
        .mapToLong(RouteEntry::timeoutNanos)
        .reduce(0, TimeLimits::shorter);
  }

  private @Nullable Host hostOf(String authority) {
    String name = authority.toLowerCase(Locale.ROOT);
    for (Host host : hosts) {
      if (host.domain().matches(name)) {
        return host;
      }
    }
    return null;
  }

  private record Host(Domain domain, List<RouteEntry> routes) {
    @Nullable RouteEntry match(RoutedRequest request) {
      RequestPath path = request.routedPath();
      for (int i = 0; i < routes.size(); i++) { // by index, as an iterator is an object per request
        if (routes.get(i).matches(path, request)) {
          return routes.get(i);
        }
      }
      return null;
    }
  }

  /// One of a virtual host's `domains`.
  private record Domain(Kind kind, String text) implements Comparable<Domain> {
    private enum Kind {
      EXACT,
      SUFFIX,
      PREFIX,
      ANY
    }

    static Domain parse(String domain) {
      String lower = domain.toLowerCase(Locale.ROOT);
      if (lower.equals("*")) {
        return new Domain(Kind.ANY, "");
      }
      if (lower.startsWith("*")) {
        return new Domain(Kind.SUFFIX, lower.substring(1));
      }
      return lower.endsWith("*")
          ? new Domain(Kind.PREFIX, lower.substring(0, lower.length() - 1))
          : new Domain(Kind.EXACT, lower);
    }

    boolean matches(String name) {
      return switch (kind) {
        case EXACT -> name.equals(text);
        case SUFFIX -> name.length() > text.length() && name.endsWith(text);
        case PREFIX -> name.length() > text.length() && name.startsWith(text);
        case ANY -> true;
      };
    }

    @Override
    public int compareTo(Domain other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : Integer.compare(other.text.length(), text.length());
    }
  }
}
