package io.sidetrace.operator.render;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A short name of some contents.
final class Digest {
  private static final int BYTES = 8; // 16 hex digits: short enough to read out loud

  private Digest() {}

  static String of(byte[]... contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var content : contents) {
        digest.update(content);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
