package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.trace.Span;

/// Writes spans in one collector's format. Confined to the reporter's loop, so that it may keep a
/// scratch buffer.
public interface SpanEncoder {
  String contentType();

  /// What stands around the spans of one message.
  Framing framing();

  void encode(Span span, ByteBuf out);

  /// The text before the first span, between two, and after the last.
  record Framing(String open, String between, String close) {
    public static final Framing JSON_ARRAY = new Framing("[", ",", "]");
  }
}
