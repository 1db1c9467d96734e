package io.sidetrace.sidecar.tracing;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The addresses of one family that begin with the same bits.
///
/// @param first any address of the range
/// @param prefixLength how many bits they have in common
public record AddressRange(InetAddress first, int prefixLength) {
  public AddressRange {
    int bits = first.getAddress().length * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "prefix length: " + prefixLength + " (expected: 0.." + bits + ")");
    }
  }

  boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    int whole = prefixLength / Byte.SIZE;
    int rest = prefixLength % Byte.SIZE;
    return own.length == other.length
        && Arrays.equals(own, 0, whole, other, 0, whole)
        && (rest == 0 || ((own[whole] ^ other[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
  }

  /// The address that a text is; null when it is none. No name is looked up, and `1.2` is none.
  static @Nullable InetAddress parse(String text) {
    if (text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
