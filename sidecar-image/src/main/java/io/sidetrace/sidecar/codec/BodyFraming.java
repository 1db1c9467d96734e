package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;

/// Where a body ends, without touching its bytes. Reused from message to message. Event-loop
/// confined; one per connection and direction.
public final class BodyFraming {
  private enum Kind {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  private final ChunkedFraming chunks = new ChunkedFraming();
  private Kind kind = Kind.LENGTH;
  private long remaining;
  private long bodyBytes;

  /// The body has that many bytes, perhaps none.
  public void startLength(long length) {
    kind = Kind.LENGTH;
    remaining = length;
    bodyBytes = 0;
  }

  public void startChunked() {
    kind = Kind.CHUNKED;
    chunks.start();
  }

  public void startUntilClose() {
    kind = Kind.UNTIL_CLOSE;
    bodyBytes = 0;
  }

  /// How many of the readable bytes belong to this body, its framing included. The reader index
  /// stays. Afterwards [#ended()] and [#malformed()] say how it stands; the bytes counted were
  /// well-formed in any case.
  public int take(ByteBuf in) {
    int readable = in.readableBytes();
    return switch (kind) {
      case LENGTH -> {
        int taken = (int) Math.min(remaining, readable);
        remaining -= taken;
        bodyBytes += taken;
        yield taken;
      }
      case CHUNKED -> chunks.take(in);
      case UNTIL_CLOSE -> {
        bodyBytes += readable;
        yield readable;
      }
    };
  }

  public boolean ended() {
    return switch (kind) {
      case LENGTH -> remaining == 0;
      case CHUNKED -> chunks.ended();
      case UNTIL_CLOSE -> false;
    };
  }

  public boolean malformed() {
    return kind == Kind.CHUNKED && chunks.malformed();
  }

  /// Whether the body ends where the connection does.
  public boolean endsWithConnection() {
    return kind == Kind.UNTIL_CLOSE;
  }

  /// Bytes of the body so far, without chunk lines and trailers.
  public long bodyBytes() {
    return kind == Kind.CHUNKED ? chunks.bodyBytes() : bodyBytes;
  }
}
