package io.sidetrace.sidecar.codec;

import static io.sidetrace.sidecar.codec.Octets.CR;
import static io.sidetrace.sidecar.codec.Octets.LF;
import static io.sidetrace.sidecar.codec.Octets.isBlank;
import static io.sidetrace.sidecar.codec.Octets.isToken;

import io.netty.buffer.ByteBuf;

/// Follows a chunked body byte by byte through its lines, and in leaps through its data. As strict
/// as RFC 9112 section 7.1 lets a recipient be: what two parsers could read in two ways is
/// malformed.
final class ChunkedFraming {
  /// 60 bits: no chunk is longer, and the count cannot overflow.
  private static final int SIZE_DIGITS = 15;

  /// Longest line of a size with its extensions: 4 KiB, as Netty's decoder has it.
  private static final int SIZE_LINE_BYTES = 4096;

  /// All trailer lines together: 64 KiB, Envoy's default for a whole head.
  private static final int TRAILER_BYTES = 65536;

  private enum State {
    SIZE_START,
    SIZE,
    SIZE_BLANK,
    EXTENSION_START,
    EXTENSION_NAME,
    EXTENSION_NAME_BLANK,
    EXTENSION_VALUE_START,
    EXTENSION_VALUE,
    EXTENSION_QUOTED,
    EXTENSION_ESCAPE,
    EXTENSION_QUOTED_END,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    ENDED,
    MALFORMED
  }

  private State state = State.ENDED;
  private long remaining;
  private int lineBytes;
  private int digits;
  private long bodyBytes;

  void start() {
    bodyBytes = 0;
    state = startSize();
  }

  boolean ended() {
    return state == State.ENDED;
  }

  boolean malformed() {
    return state == State.MALFORMED;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  int take(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    int at = start;
    while (at < end && state != State.ENDED) {
      if (state == State.DATA) {
        at += takeData(end - at);
        continue;
      }
      state = next(in.getByte(at));
      if (state == State.MALFORMED) {
        break;
      }
      at++;
    }
    return at - start;
  }

  private int takeData(int available) {
    int taken = (int) Math.min(remaining, available);
    remaining -= taken;
    bodyBytes += taken;
    if (remaining == 0) {
      state = State.DATA_CR;
    }
    return taken;
  }

  private State next(byte octet) {
    return switch (state) {
      case SIZE_START, SIZE, SIZE_BLANK -> inSize(octet);
      case EXTENSION_START,
          EXTENSION_NAME,
          EXTENSION_NAME_BLANK,
          EXTENSION_VALUE_START,
          EXTENSION_VALUE,
          EXTENSION_QUOTED,
          EXTENSION_ESCAPE,
          EXTENSION_QUOTED_END ->
          ++lineBytes > SIZE_LINE_BYTES ? State.MALFORMED : inExtension(octet);
      case SIZE_LF -> octet == LF ? afterSizeLine() : State.MALFORMED;
      case DATA_CR -> octet == CR ? State.DATA_LF : State.MALFORMED;
      case DATA_LF -> octet == LF ? startSize() : State.MALFORMED;
      case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF, LAST_LF ->
          ++lineBytes > TRAILER_BYTES ? State.MALFORMED : inTrailer(octet);
      case DATA, ENDED, MALFORMED -> State.MALFORMED;
    };
  }

  private State startSize() {
    remaining = 0;
    digits = 0;
    lineBytes = 0;
    return State.SIZE_START;
  }

  private State inSize(byte octet) {
    int digit = Octets.hexDigit(octet);
    if (digit >= 0 && state != State.SIZE_BLANK) {
      remaining = remaining << 4 | digit;
      return ++digits > SIZE_DIGITS ? State.MALFORMED : State.SIZE;
    }
    if (state == State.SIZE_START) {
      return State.MALFORMED;
    }
    if (octet == ';') {
      return State.EXTENSION_START;
    }
    if (isBlank(octet)) {
      return ++lineBytes > SIZE_LINE_BYTES ? State.MALFORMED : State.SIZE_BLANK;
    }
    return octet == CR && state == State.SIZE ? State.SIZE_LF : State.MALFORMED;
  }

  private State inExtension(byte octet) {
    return switch (state) {
      case EXTENSION_START ->
          isToken(octet) ? State.EXTENSION_NAME : blankOr(octet, State.EXTENSION_START);
      case EXTENSION_NAME -> isToken(octet) ? State.EXTENSION_NAME : afterName(octet);
      case EXTENSION_NAME_BLANK ->
          octet == '=' ? State.EXTENSION_VALUE_START : blankOr(octet, State.EXTENSION_NAME_BLANK);
      case EXTENSION_VALUE_START -> {
        if (octet == '"') {
          yield State.EXTENSION_QUOTED;
        }
        yield isToken(octet) ? State.EXTENSION_VALUE : blankOr(octet, State.EXTENSION_VALUE_START);
      }
      case EXTENSION_VALUE -> isToken(octet) ? State.EXTENSION_VALUE : afterValue(octet);
      case EXTENSION_QUOTED -> inQuoted(octet);
      case EXTENSION_ESCAPE -> isPlain(octet) ? State.EXTENSION_QUOTED : State.MALFORMED;
      case EXTENSION_QUOTED_END -> afterValue(octet);
      default -> State.MALFORMED;
    };
  }

  private static State afterName(byte octet) {
    return switch (octet) {
      case '=' -> State.EXTENSION_VALUE_START;
      case ' ', '\t' -> State.EXTENSION_NAME_BLANK;
      default -> afterValue(octet);
    };
  }

  private static State afterValue(byte octet) {
    return switch (octet) {
      case ';' -> State.EXTENSION_START;
      case '\r' -> State.SIZE_LF;
      default -> State.MALFORMED;
    };
  }

  private static State blankOr(byte octet, State blank) {
    return when(isBlank(octet), blank);
  }

  private static State when(boolean legal, State next) {
    return legal ? next : State.MALFORMED;
  }

  private static State inQuoted(byte octet) {
    return switch (octet) {
      case '"' -> State.EXTENSION_QUOTED_END;
      case '\\' -> State.EXTENSION_ESCAPE;
      default -> isPlain(octet) ? State.EXTENSION_QUOTED : State.MALFORMED;
    };
  }

  /// ASCII that is no control. Bytes above it are legal here and refused by Netty all the same.
  private static boolean isPlain(byte octet) {
    return octet > 0 && Octets.isValue(octet);
  }

  private State afterSizeLine() {
    lineBytes = 0;
    return remaining == 0 ? State.TRAILER_START : State.DATA;
  }

  private State inTrailer(byte octet) {
    return switch (state) {
      case TRAILER_START -> octet == CR ? State.LAST_LF : when(isToken(octet), State.TRAILER_NAME);
      case TRAILER_NAME ->
          octet == ':' ? State.TRAILER_VALUE : when(isToken(octet), State.TRAILER_NAME);
      case TRAILER_VALUE ->
          octet == CR ? State.TRAILER_LF : when(Octets.isValue(octet), State.TRAILER_VALUE);
      case TRAILER_LF -> octet == LF ? State.TRAILER_START : State.MALFORMED;
      case LAST_LF -> octet == LF ? State.ENDED : State.MALFORMED;
      default -> State.MALFORMED;
    };
  }
}
