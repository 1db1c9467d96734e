package io.sidetrace.sidecar.exchange;

import org.jspecify.annotations.Nullable;

/// Envoy's letters for what went wrong with an exchange.
final class ResponseFlag {
  static final String NONE = "-";
  static final String NO_ROUTE = "NR";
  static final String NO_CLUSTER = "NC";
  static final String NO_HEALTHY_UPSTREAM = "UH";
  static final String UPSTREAM_CONNECTION_FAILURE = "UF";
  static final String UPSTREAM_CONNECTION_TERMINATION = "UC";
  static final String UPSTREAM_REQUEST_TIMEOUT = "UT";
  static final String UPSTREAM_PROTOCOL_ERROR = "UPE";
  static final String DOWNSTREAM_CONNECTION_TERMINATION = "DC";
  static final String DOWNSTREAM_PROTOCOL_ERROR = "DPE";
  static final String DOWNSTREAM_REMOTE_RESET = "DR";
  static final String UPSTREAM_REMOTE_RESET = "UR";
  static final String STREAM_IDLE_TIMEOUT = "SI";

  private ResponseFlag() {}

  /// The flag of an upstream connection that ended under an exchange. A response that is cut short
  /// by an orderly end breaks the protocol, as Envoy sees it.
  static String ofLoss(@Nullable HttpExchange exchange, WireUser.Ending how) {
    return exchange != null && exchange.responseStarted && how == WireUser.Ending.CLOSED
        ? UPSTREAM_PROTOCOL_ERROR
        : LocalReply.upstreamLost(how).flag();
  }
}
