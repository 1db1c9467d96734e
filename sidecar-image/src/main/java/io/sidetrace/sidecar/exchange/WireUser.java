package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;

/// Who is told what happens on a [Wire]; always on its event loop.
interface WireUser {
  /// The connection stands; what was written before goes out now.
  default void opened() {}

  /// Bytes came; the user owns them.
  void read(ByteBuf bytes);

  /// Nothing more to read for now: the moment to flush what was written meanwhile.
  void readComplete();

  /// The peer will send nothing more (FIN). It may still receive.
  void inputEnded();

  /// What was written has drained, or has piled up; [Wire#writable()] tells which.
  default void writabilityChanged() {}

  /// The connection is gone, or never came to stand. The last call of all, made once.
  void closed(Ending ending);

  /// How a connection ended.
  enum Ending {
    /// Closed by either side, all bytes delivered.
    CLOSED,
    /// Reset by the peer, or aborted here.
    RESET,
    /// Never opened: refused, unreachable.
    REFUSED,
    /// Never opened within the connect timeout.
    TIMED_OUT
  }
}
