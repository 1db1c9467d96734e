package io.sidetrace.sidecar.exchange;

import org.jspecify.annotations.Nullable;

/// A request and its response on an HTTP/2 connection. Event-loop confined.
final class Http2Stream extends HttpExchange {
  final int id;
  private final String upstreamAddress;

  /// Whether the request has gone on to the upstream.
  boolean sent;

  /// Whether it is a gRPC call.
  boolean grpc;

  /// When a frame of it was last seen, of either side.
  long lastEventNanos;

  /// @param upstreamAddress `ip:port` of where all streams of the connection go
  Http2Stream(
      int id,
      ListenerBehaviour.Http http,
      ClientAddresses addresses,
      String upstreamAddress,
      long startedNanos) {
    super(http, "HTTP/2", addresses, startedNanos);
    this.id = id;
    this.upstreamAddress = upstreamAddress;
    this.lastEventNanos = startedNanos;
  }

  boolean ended() {
    return requestEnded && responseEnded;
  }

  @Override
  @Nullable String upstreamAddress() {
    return sent ? upstreamAddress : null;
  }
}
