package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a gRPC request adds to its span.
final class GrpcRequest {
  private static final String CONTENT_TYPE = "application/grpc";

  private GrpcRequest() {}

  static void addTo(List<Tag> tags, TracedRequest request) {
    String contentType = request.first("content-type");
    if (contentType == null || !isGrpc(contentType)) {
      return;
    }
    tags.add(new Tag("grpc.path", request.path()));
    tags.add(new Tag("grpc.authority", request.authority()));
    tags.add(new Tag("grpc.content_type", contentType));
    addIfThere(tags, "grpc.timeout", request.first("grpc-timeout"));
  }

  /// `application/grpc` alone or with a message format; `application/grpc-web` is something else.
  private static boolean isGrpc(String contentType) {
    return contentType.startsWith(CONTENT_TYPE)
        && (contentType.length() == CONTENT_TYPE.length()
            || contentType.charAt(CONTENT_TYPE.length()) == '+');
  }

  private static void addIfThere(List<Tag> tags, String key, @Nullable String value) {
    if (value != null) {
      tags.add(new Tag(key, value));
    }
  }
}
