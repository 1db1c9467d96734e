package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
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

  /// Writes the fields, and what the edits add.
  void write(HttpConnectionManager http, HeaderEdits edits, HpackEncoder encoder, ByteBuf out) {
    encoder.literal(":status", Integer.toString(status()), out);
    write("content-type", first("content-type"), edits, encoder, out);
    write("grpc-status", first("grpc-status"), edits, encoder, out);
    write("grpc-message", first("grpc-message"), edits, encoder, out);
    write("date", LocalReply.date(), edits, encoder, out);
    if (http.serverHeader() != HttpConnectionManager.ServerHeader.PASS_THROUGH) {
      edits.set("server", http.serverName());
    }
    edits.writeAdded(encoder, out);
  }

  /// Writes a field that the configuration may replace.
  private static void write(
      String name, @Nullable String value, HeaderEdits edits, HpackEncoder encoder, ByteBuf out) {
    if (value != null && !edits.replaces(name)) {
      encoder.literal(name, value, out);
    }
  }
}
