package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.HpackDecoder;
import io.sidetrace.sidecar.codec.http2.Setting;
import java.nio.ByteBuffer;

/// What a peer's SETTINGS may offer at most on their way to the other one, because what is offered
/// is used towards us. Immutable.
///
/// @param setting the one that is limited, beside the size of the compression's table
/// @param cap its largest value here, which is said where the peer says nothing
/// @param legal its largest value at all: what exceeds it is left to its receiver to refuse
record SettingsCaps(int setting, int cap, int legal) {
  /// No server pushes: it would answer requests that nobody made, and that no trace could show.
  static final SettingsCaps OF_CLIENT = new SettingsCaps(Setting.ENABLE_PUSH, 0, 1);

  static final SettingsCaps OF_UPSTREAM =
      new SettingsCaps(Setting.MAX_CONCURRENT_STREAMS, Http2Streams.MAX_OPEN, Integer.MAX_VALUE);

  static final long ABSENT = -1;

  /// The largest number of settings in a frame: six are defined, and greasing adds a few.
  static final int MAX_SETTINGS = 64;

  /// The first SETTINGS of a peer, which say what it left open.
  byte[] first(byte[] payload) {
    byte[] capped = apply(payload);
    if (indexOf(setting, capped) >= 0) {
      return capped;
    }
    return ByteBuffer.allocate(capped.length + Setting.BYTES)
        .put(capped)
        .putShort((short) setting)
        .putInt(cap)
        .array();
  }

  byte[] apply(byte[] payload) {
    ByteBuffer capped = ByteBuffer.wrap(payload.clone());
    for (int at = 0; at < payload.length; at += Setting.BYTES) {
      int identifier = capped.getShort(at) & 0xffff;
      int value = capped.getInt(at + Short.BYTES);
      capped.putInt(at + Short.BYTES, capped(identifier, value));
    }
    return capped.array();
  }

  private int capped(int identifier, int value) {
    if (identifier == Setting.HEADER_TABLE_SIZE) {
      return unsignedMin(value, HpackDecoder.TABLE_BYTES);
    }
    boolean limited = identifier == setting && Integer.compareUnsigned(value, legal) <= 0;
    return limited ? unsignedMin(value, cap) : value;
  }

  private static int unsignedMin(int a, int b) {
    return Integer.compareUnsigned(a, b) < 0 ? a : b;
  }

  /// The value of the setting that counts, which is its last; [#ABSENT] when it is not there.
  static long value(int setting, byte[] payload) {
    int at = indexOf(setting, payload);
    return at < 0 ? ABSENT : ByteBuffer.wrap(payload).getInt(at + Short.BYTES) & 0xffff_ffffL;
  }

  private static int indexOf(int setting, byte[] payload) {
    ByteBuffer settings = ByteBuffer.wrap(payload);
    for (int at = payload.length - Setting.BYTES; at >= 0; at -= Setting.BYTES) {
      if ((settings.getShort(at) & 0xffff) == setting) {
        return at;
      }
    }
    return -1;
  }
}
