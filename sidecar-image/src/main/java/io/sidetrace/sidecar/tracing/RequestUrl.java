package io.sidetrace.sidecar.tracing;

/// The tag `http.url`: scheme, authority and path, of which the path is cut to a length.
record RequestUrl(int maxPathLength) {

  String of(TracedRequest request) {
    String path = path(request);
    return new StringBuilder()
        .append(scheme(request))
        .append("://")
        .append(request.authority())
        .append(path, 0, Math.min(path.length(), maxPathLength))
        .toString();
  }

  /// A field that names no scheme of HTTP does not count, as in Envoy.
  private static String scheme(TracedRequest request) {
    String forwarded = request.first(Headers.FORWARDED_PROTO);
    String scheme = request.scheme() == null ? forwarded : request.scheme();
    return "https".equalsIgnoreCase(scheme) ? "https" : "http";
  }

  /// The path before any rewriting, which says `x-envoy-original-path`. A target in absolute form
  /// (`GET http://host/path`) loses its scheme and authority.
  private static String path(TracedRequest request) {
    String original = request.first(Headers.ORIGINAL_PATH);
    String target = original == null ? request.path() : original;
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }
}
