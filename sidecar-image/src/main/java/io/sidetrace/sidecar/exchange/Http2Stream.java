package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.tracing.Outcome;
import io.sidetrace.sidecar.tracing.RequestTrace;
import org.jspecify.annotations.Nullable;

/// One request and its response on an HTTP/2 connection: everything that is known of them.
/// Event-loop confined.
final class Http2Stream {
  final int id;

  /// The configuration under which it began; a change does not touch it.
  final ListenerBehaviour.Http http;

  final String cluster;
  final long startedNanos;
  @Nullable RequestTrace trace;
  boolean requestEnded;
  boolean responseStarted;
  boolean responseEnded;
  int status;
  long requestBytes;
  long responseBytes;
  String flag = ResponseFlag.NONE;

  Http2Stream(int id, ListenerBehaviour.Http http, String cluster, long startedNanos) {
    this.id = id;
    this.http = http;
    this.cluster = cluster;
    this.startedNanos = startedNanos;
  }

  boolean ended() {
    return requestEnded && responseEnded;
  }

  /// Ends the stream and its span; called once.
  void finish(LoopTools tools, String upstreamAddress) {
    tools.counters.decrement(Counter.REQUESTS_ACTIVE);
    if (trace != null) {
      tools.tracing.finish(
          trace, new Outcome(status, requestBytes, responseBytes, flag, cluster, upstreamAddress));
    }
  }
}
