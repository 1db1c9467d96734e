package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.propagation.HeaderReader;
import org.jspecify.annotations.Nullable;

/// A response of our own as HTTP/2 carries it: a head and no body, since the client's windows are
/// its upstream's to spend. A gRPC call is told in the fields that its client reads.
///
/// @param grpc whether the request was a gRPC call
record Http2Answer(LocalReply reply, boolean grpc) implements HeaderReader {
  private static final int OK = 200;

  int status() {
    return grpc ? OK : reply.status();
  }

  /// The status that gRPC has for it, as its specification maps those of HTTP.
  private String grpcStatus() {
    return switch (reply.status()) {
      case 404 -> "12";
      case 503, 504 -> "14";
      default -> "2";
    };
  }

  /// What tracing and formats read of it.
  @Override
  public @Nullable String first(String name) {
    if (!grpc) {
      return null;
    }
    return switch (name) {
      case "content-type" -> "application/grpc";
      case "grpc-status" -> grpcStatus();
      case "grpc-message" -> reply.body().isEmpty() ? null : reply.body();
      default -> null;
    };
  }

  /// Adds its fields behind those that the configuration adds.
  void describe(HttpConnectionManager http, HeaderEdits edits) {
    if (grpc) {
      addUnlessNull(edits, "content-type");
      addUnlessNull(edits, "grpc-status");
      addUnlessNull(edits, "grpc-message");
    }
    LocalReply.describeOrigin(http, edits);
  }

  private void addUnlessNull(HeaderEdits edits, String name) {
    String value = first(name);
    if (value != null) {
      edits.setIfAbsent(name, value);
    }
  }
}
