package io.sidetrace.sidecar.tracing;

/// What verbose spans note the time of.
public enum Moment {
  LAST_DOWNSTREAM_RX_BYTE_RECEIVED("last_downstream_rx_byte_received", Side.DOWNSTREAM),
  FIRST_UPSTREAM_TX_BYTE_SENT("first_upstream_tx_byte_sent", Side.UPSTREAM),
  LAST_UPSTREAM_TX_BYTE_SENT("last_upstream_tx_byte_sent", Side.UPSTREAM),
  FIRST_UPSTREAM_RX_BYTE_RECEIVED("first_upstream_rx_byte_received", Side.UPSTREAM),
  LAST_UPSTREAM_RX_BYTE_RECEIVED("last_upstream_rx_byte_received", Side.UPSTREAM),
  FIRST_DOWNSTREAM_TX_BYTE_SENT("first_downstream_tx_byte_sent", Side.DOWNSTREAM),
  LAST_DOWNSTREAM_TX_BYTE_SENT("last_downstream_tx_byte_sent", Side.DOWNSTREAM);

  private final String annotation;
  private final Side side;

  Moment(String annotation, Side side) {
    this.annotation = annotation;
    this.side = side;
  }

  /// Envoy's name of the moment.
  String annotation() {
    return annotation;
  }

  boolean isUpstream() {
    return side == Side.UPSTREAM;
  }

  private enum Side {
    DOWNSTREAM,
    UPSTREAM
  }
}
