package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.trace.Span;
import java.util.List;

/// Writes spans in one collector's format, and reads its answers. Confined to the reporter's loop,
/// so that it may keep a scratch buffer.
public interface SpanEncoder {
  /// Of messages by HTTP; gRPC has its own.
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

  /// Fields that say something of the message that was closed last.
  default List<MessageFields.Field> closedFields() {
    return List.of();
  }

  /// Reads what the collector answered that took a message, in the same format.
  ///
  /// @param answer perhaps cut off; in most formats it says nothing
  default Delivery.Accepted accepted(byte[] answer) {
    return new Delivery.Accepted();
  }
}
