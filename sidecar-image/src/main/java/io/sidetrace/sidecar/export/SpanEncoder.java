package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.trace.Span;

/// Writes spans in one collector's format. Confined to the reporter's loop, so that it may keep a
/// scratch buffer.
public interface SpanEncoder {
  String contentType();

  /// Begins a message; `out` is empty. A format whose lengths or counts stand first leaves room for
  /// them here.
  void open(ByteBuf out);

  /// Adds one span.
  ///
  /// @param index how many spans of the message stand before it
  void encode(Span span, int index, ByteBuf out);

  /// Ends the message, and fills in what was left open.
  void close(int spans, ByteBuf out);
}
