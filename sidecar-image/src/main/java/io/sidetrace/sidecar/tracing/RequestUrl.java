package io.sidetrace.sidecar.tracing;

/// The tag `http.url`: scheme, authority and path, of which the path is cut to a length.
record RequestUrl(int maxPathLength) {

  String of(TracedRequest request) {
    String scheme = request.first(Headers.FORWARDED_PROTO);
    String path = path(request);
    return new StringBuilder()
        .append(scheme == null ? "http" : scheme)
        .append("://")
        .append(request.authority())
        .append(path, 0, Math.min(path.length(), maxPathLength))
        .toString();
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
