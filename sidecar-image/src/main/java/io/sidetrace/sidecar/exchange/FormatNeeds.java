package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.accesslog.AccessLogger;
import io.sidetrace.sidecar.config.HeaderMutations;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.propagation.HeaderReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which fields the formats of a connection manager will ask for when the heads are gone.
/// Immutable.
final class FormatNeeds {
  private final String[] request;
  private final String[] response;

  private FormatNeeds(Set<String> request, Set<String> response) {
    this.request = request.toArray(String[]::new);
    this.response = response.toArray(String[]::new);
  }

  static FormatNeeds of(HttpConnectionManager http, AccessLogger log) {
    HttpTracing tracing = http.tracing();
    List<Format> all =
        Stream.of(
                log.formats(),
                tracing == null ? Stream.<Format>empty() : tracing.formats(),
                http.virtualHosts().stream()
                    .flatMap(host -> host.routes().stream())
                    .flatMap(FormatNeeds::ofRoute))
            .flatMap(formats -> formats)
            .toList();
    Set<String> request = new TreeSet<>();
    Set<String> response = new TreeSet<>();
    all.forEach(format -> request.addAll(format.requestHeaders()));
    all.forEach(format -> response.addAll(format.responseHeaders()));
    return new FormatNeeds(request, response);
  }

  private static Stream<Format> ofRoute(Route route) {
    Route.RouteTracing tracing = route.tracing();
    return Stream.concat(
        tracing == null ? Stream.empty() : tracing.formats(),
        route.mutations().stream().flatMap(HeaderMutations::responseFormats));
  }

  /// What must be kept of a request's head; without formats nothing is.
  HeaderReader keepRequest(HeaderReader head) {
    return keep(request, head);
  }

  /// What must be kept of a response's head.
  HeaderReader keepResponse(HeaderReader head) {
    return keep(response, head);
  }

  private static HeaderReader keep(String[] names, HeaderReader head) {
    return names.length == 0 ? KeptFields.NONE : new KeptFields(names, head);
  }
}
