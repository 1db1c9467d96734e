package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Finds the end of a head whose bytes come in pieces, looking at no byte twice. Event-loop
/// confined; one per connection and direction.
public final class HeadFinder {
  /// The answer while the end has not come.
  public static final int INCOMPLETE = 0;

  /// The answer when [#malformation()] says why there will be no head.
  public static final int REFUSED = -1;

  /// Bytes behind the reader index that were looked at.
  private int examined;

  private int lineStart;
  private boolean startLineSeen;
  private @Nullable Malformation malformation;

  /// Looks for the head that begins at the reader index; until it is found, later calls must come
  /// with the same bytes there, and more behind them. Bytes behind the limit are not looked at, so
  /// that the answer does not depend on how the bytes were cut; the limit may change in between.
  ///
  /// @return the length of the head with its empty line and with empty lines before it, or
  ///   [#INCOMPLETE] or [#REFUSED]
  public int find(ByteBuf in, int limit) {
    int base = in.readerIndex();
    int end = Math.min(in.writerIndex(), base + limit);
    while (true) {
      int lineFeed = examined > limit ? -1 : in.indexOf(base + examined, end, Octets.LF);
      if (lineFeed < 0) {
        examined = end - base;
        return in.readableBytes() > limit ? refuse(Malformation.HEAD_TOO_LARGE) : INCOMPLETE;
      }
      if (lineFeed == base + lineStart || in.getByte(lineFeed - 1) != Octets.CR) {
        return refuse(Malformation.BARE_LINE_FEED);
      }
      boolean empty = lineFeed - 1 == base + lineStart;
      lineStart = lineFeed + 1 - base;
      examined = lineStart;
      if (empty && startLineSeen) {
        return found();
      }
      startLineSeen |= !empty;
    }
  }

  /// Why the latest call answered [#REFUSED].
  public Malformation malformation() {
    return malformation == null ? Malformation.START_LINE : malformation;
  }

  private int found() {
    int length = examined;
    reset();
    return length;
  }

  private int refuse(Malformation why) {
    reset();
    malformation = why;
    return REFUSED;
  }

  private void reset() {
    examined = 0;
    lineStart = 0;
    startLineSeen = false;
  }
}
