package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.TracedRequest;
import org.jspecify.annotations.Nullable;

/// A request's fields, and its start line under the names that HTTP/2 has for it. Valid as long as
/// the request's head.
record RequestFields(TracedRequest head) implements HeaderReader {
  @Override
  public @Nullable String first(String name) {
    return switch (name) {
      case ":method" -> head.method();
      case ":path" -> head.path();
      case ":authority" -> head.authority().isEmpty() ? null : head.authority();
      case "host" -> {
        String host = head.first(name);
        yield host == null ? first(":authority") : host;
      }
      case ":scheme" -> {
        String forwarded = head.first("x-forwarded-proto");
        yield forwarded == null ? "http" : forwarded;
      }
      default -> head.first(name);
    };
  }
}
