package io.sidetrace.sidecar.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The paths of one port.
record Endpoints(List<Endpoint> all) {
  Endpoints {
    all = List.copyOf(all);
  }

  /// The endpoint of a path; for any other path or method one that says so.
  Endpoint find(HttpMethod method, String path) {
    for (Endpoint endpoint : all) {
      if (endpoint.serves(path)) {
        return method.equals(HttpMethod.GET) ? endpoint : refusing(method, path);
      }
    }
    return missing(path);
  }

  /// With `/`, which lists all others.
  Endpoints withListing() {
    var listed = new ArrayList<Endpoint>(all);
    listed.add(Endpoint.of("/", "this list", () -> Answer.ok(listing())));
    return new Endpoints(listed);
  }

  private static Endpoint refusing(HttpMethod method, String path) {
    return Endpoint.of(
        path, "", () -> Answer.text(METHOD_NOT_ALLOWED, "method: " + method + " (expected: GET)"));
  }

  private Endpoint missing(String path) {
    return Endpoint.of(
        path,
        "",
        () -> Answer.text(NOT_FOUND, "path: " + path + " (expected: one of these)\n" + listing()));
  }

  private String listing() {
    return all.stream()
        .map(endpoint -> "  " + endpoint.path() + ": " + endpoint.description())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
