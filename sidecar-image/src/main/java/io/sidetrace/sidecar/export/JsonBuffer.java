package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON text in UTF-8, written front to back into an array that is kept for the next span: plain
/// stores into an array are what the compiler is best at, and the one copy at the end is cheap.
///
/// Confined to one thread.
public final class JsonBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /// The ASCII characters that stand for themselves.
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    Arrays.fill(PLAIN, 0x20, 0x80, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  /// The most bytes that one char can take: `\u001f`.
  private static final int WIDEST = 6;

  /// Of a long that is not negative.
  private static final int LONGEST_DECIMAL = 19;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int FRACTION_DIGITS = 6;

  /// A span of ordinary size fits.
  private static final int FIRST_BYTES = 2 * 1024;

  /// A larger array, left behind by one span with an enormous header, is not kept.
  private static final int MOST_KEPT_BYTES = 64 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /// Text that is JSON already, in ASCII.
  @SuppressWarnings("deprecation") // the byte-for-char copy is exact for ASCII, and the fastest
  public JsonBuffer raw(String ascii) {
    reserve(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, length);
    length += ascii.length();
    return this;
  }

  public JsonBuffer raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /// The text as a JSON string. Half a surrogate pair has no UTF-8 form and becomes U+FFFD.
  public JsonBuffer text(String text) {
    reserve(text.length() * WIDEST + 2);
    byte[] to = bytes;
    int at =
        length; // locals: the first-tier compiler would load and store the fields for each char
    to[at++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && PLAIN[c]) {
        to[at++] = (byte) c;
      } else {
        length = at;
        i += unusual(text, i, c);
        at = length;
      }
    }
    to[at++] = '"';
    length = at;
    return this;
  }

  /// Writes a char that is not plain; answers how many more it took.
  private int unusual(String text, int i, char c) {
    if (c < 0x80) {
      escape(c);
    } else if (!Character.isSurrogate(c)) {
      twoOrThreeBytes(c);
    } else if (Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
      fourBytes(Character.toCodePoint(c, text.charAt(i + 1)));
      return 1;
    } else {
      twoOrThreeBytes('\ufffd');
    }
    return 0;
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    if (c == '"' || c == '\\') {
      bytes[length++] = (byte) c;
      return;
    }
    bytes[length++] = 'u';
    bytes[length++] = '0';
    bytes[length++] = '0';
    bytes[length++] = HEX[c >> 4];
    bytes[length++] = HEX[c & 0xf];
  }

  private void twoOrThreeBytes(char c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | (c >> 6));
    } else {
      bytes[length++] = (byte) (0xe0 | (c >> 12));
      following(c >> 6);
    }
    following(c);
  }

  private void fourBytes(int codePoint) {
    bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
    following(codePoint >> 12);
    following(codePoint >> 6);
    following(codePoint);
  }

  private void following(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  /// The word as a JSON string of 16 hexadecimal digits.
  public JsonBuffer hex(long word) {
    raw("\"");
    hexDigits(word);
    return raw("\"");
  }

  /// Both words as one JSON string; the high one is left out when it is zero.
  public JsonBuffer hex(long high, long low) {
    raw("\"");
    if (high != 0) {
      hexDigits(high);
    }
    hexDigits(low);
    return raw("\"");
  }

  /// The 8 hexadecimal digits of the word's low half, within a text that was begun.
  public JsonBuffer hexWord(long word) {
    reserve(8);
    for (int shift = 28; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (word >>> shift) & 0xf];
    }
    return this;
  }

  /// The word's 16 hexadecimal digits, within a text that was begun.
  public void hexDigits(long word) {
    reserve(16);
    for (int shift = 60; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (word >>> shift) & 0xf];
    }
  }

  /// A number of microseconds.
  public JsonBuffer decimal(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("number: " + number + " (expected: >= 0)");
    }
    reserve(LONGEST_DECIMAL);
    int count = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      count++;
    }
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + number % 10);
      number /= 10;
    }
    length += count;
    return this;
  }

  /// Microseconds of the epoch as seconds with a fraction: `1700000000.000250`.
  public JsonBuffer seconds(long micros) {
    decimal(micros / MICROS_PER_SECOND).raw(".");
    reserve(FRACTION_DIGITS);
    long rest = micros % MICROS_PER_SECOND;
    for (int at = length + FRACTION_DIGITS - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += FRACTION_DIGITS;
    return this;
  }

  /// How many bytes were written.
  public int length() {
    return length;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Appends what was written to `out` and begins anew.
  public void moveTo(ByteBuf out) {
    out.writeBytes(bytes, 0, length);
    clear();
  }

  /// Forgets what was written, by a span that failed half-way perhaps.
  public void clear() {
    length = 0;
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }
}
