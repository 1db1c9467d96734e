package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a gRPC call ended, as its response's trailers say, or its head where there are none.
///
/// @param code null: the response is none of gRPC's
record GrpcStatus(@Nullable String code, @Nullable String message) {
  static final GrpcStatus NONE = new GrpcStatus(null, null);

  static GrpcStatus of(HeaderReader response) {
    String code = response.first("grpc-status");
    return code == null ? NONE : new GrpcStatus(code, response.first("grpc-message"));
  }

  /// This status, unless the trailers bring another.
  GrpcStatus or(HeaderReader trailers) {
    GrpcStatus last = of(trailers);
    return last.code == null ? this : last;
  }

  void addTo(List<Tag> tags) {
    if (code == null) {
      return;
    }
    tags.add(new Tag("grpc.status_code", code));
    if (message != null && !message.isEmpty()) {
      tags.add(new Tag("grpc.message", message));
    }
    if (isError(code)) {
      CustomTags.put(tags, SpanTags.ERROR);
    }
  }

  /// The codes that blame the server: UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED,
  /// UNIMPLEMENTED, INTERNAL, UNAVAILABLE and DATA_LOSS.
  private static boolean isError(String code) {
    return switch (code) {
      case "2", "4", "8", "12", "13", "14", "15" -> true;
      default -> false;
    };
  }
}
