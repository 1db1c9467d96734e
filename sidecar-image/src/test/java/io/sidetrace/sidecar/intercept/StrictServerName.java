package io.sidetrace.sidecar.intercept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The server name of a client's first bytes, read the plain way: all records joined, and then
/// field by field. What [ServerNameReader] must find as well, and nothing else.
final class StrictServerName {
  private static final int MOST_BYTES = 16 * 1024;
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

  private StrictServerName() {}

  static @Nullable String of(String bytes) {
    String known = bytes.substring(0, Math.min(bytes.length(), MOST_BYTES));
    try {
      return read(ByteBuffer.wrap(joined(known).getBytes(ISO_8859_1)));
    } catch (BufferUnderflowException e) {
      return null; // more is needed than there is
    }
  }

  /// What the records carry, up to the first that is none of a handshake's.
  private static String joined(String bytes) {
    var message = new StringBuilder();
    int at = 0;
    while (at + 5 <= bytes.length() && bytes.startsWith("\u0016\u0003", at)) {
      int length = bytes.charAt(at + 3) << 8 | bytes.charAt(at + 4);
      if (length == 0) {
        break;
      }
      message.append(bytes, at + 5, Math.min(bytes.length(), at + 5 + length));
      at += 5 + length;
    }
    return message.toString();
  }

  private static @Nullable String read(ByteBuffer in) {
    int type = in.get();
    int length = (in.get() & 0xff) << 16 | unsignedShort(in);
    if (type != 1 || length > MOST_BYTES) {
      return null;
    }
    int end = in.position() + length;
    skip(in, 34, end);
    skip(in, in.get() & 0xff, end);
    skip(in, unsignedShort(in), end);
    skip(in, in.get() & 0xff, end);
    int extensions = unsignedShort(in);
    if (in.position() + extensions != end) {
      return null;
    }
    while (in.position() < end) {
      int extension = unsignedShort(in);
      int size = unsignedShort(in);
      if (in.position() + size > end) {
        return null;
      }
      if (extension == 0) {
        return name(in, size);
      }
      skip(in, size, end);
    }
    return null;
  }

  private static @Nullable String name(ByteBuffer in, int size) {
    if (unsignedShort(in) != size - 2 || in.get() != 0) {
      return null;
    }
    int length = unsignedShort(in);
    if (length != size - 5) {
      return null;
    }
    byte[] name = new byte[length];
    in.get(name);
    String text = new String(name, ISO_8859_1);
    return HOST_NAME.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
  }

  private static void skip(ByteBuffer in, int bytes, int end) {
    if (bytes > in.remaining() || in.position() + bytes > end) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }

  private static int unsignedShort(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }
}
