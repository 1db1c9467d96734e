package io.sidetrace.sidecar.export.skywalking;

import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.List;

/// What SkyWalking has fields for and spans have tags for. Reused from span to span; confined to
/// one thread.
final class SpanFacts {
  private String url = "";
  private String peerAddress = "";
  private String upstreamAddress = "";
  private boolean http;
  private boolean grpc;
  private boolean error;

  void read(List<Tag> tags) {
    url = "";
    peerAddress = "";
    upstreamAddress = "";
    http = false;
    grpc = false;
    error = false;
    for (int i = 0; i < tags.size(); i++) {
      String value = tags.get(i).value();
      switch (tags.get(i).key()) {
        case "http.url" -> url = value;
        case "peer.address" -> peerAddress = value;
        case "upstream_address" -> upstreamAddress = value;
        case "http.status_code" -> http = true;
        case "grpc.path", "grpc.status_code" -> grpc = true;
        case "error" -> error = value.equals("true");
        default -> {}
      }
    }
  }

  /// SkyWalking's name for the kind of protocol; 0: it is not known.
  int layer() {
    if (grpc) {
      return Fields.RPC_FRAMEWORK;
    }
    return http ? Fields.HTTP : 0;
  }

  boolean error() {
    return error;
  }

  /// The path that was asked for, with its query, as in Envoy: decorators name no operation.
  /// Without a path, the span's name.
  String operation(Span span) {
    int path = path();
    if (path >= 0) {
      return url.substring(path);
    }
    return span.name().isEmpty() ? "-" : span.name();
  }

  /// Who is on the other side: the client of an entry; for an exit, whom the request asks for, as
  /// `sw8` says it too, so that the server knows both for the same.
  String peer(Span span) {
    return switch (span.kind()) {
      case SERVER -> peerAddress;
      case CLIENT -> {
        int path = path();
        int authority = url.indexOf("://") + 3;
        if (path > authority) {
          yield url.substring(authority, path);
        }
        yield upstreamAddress.isEmpty() ? peerAddress : upstreamAddress;
      }
    };
  }

  private int path() {
    int scheme = url.indexOf("://");
    return scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
  }
}
