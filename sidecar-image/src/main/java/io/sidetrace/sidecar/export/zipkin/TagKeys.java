package io.sidetrace.sidecar.export.zipkin;

import org.jspecify.annotations.Nullable;

/// The JSON of tag keys, which are nearly always the same few constants. Confined to one thread.
final class TagKeys {
  /// Envoy's thirty tags and as many custom ones.
  private static final int MOST_KEPT = 64;

  /// Half empty, so that a key is found in one or two steps; a power of two, for the mask.
  private static final int SLOTS = 2 * MOST_KEPT;

  private final @Nullable String[] keys;
  private final byte[][] json = new byte[SLOTS][];
  private final String before;
  private final String after;
  private int kept;

  /// Writes each key between two texts that are JSON already.
  TagKeys(String before, String after) {
    this.keys = new @Nullable String[SLOTS];
    this.before = before;
    this.after = after;
  }

  /// Compares by identity: a key that is made anew each time is only written again.
  @SuppressWarnings("ReferenceEquality")
  byte[] of(String key) {
    int slot = key.hashCode() & (SLOTS - 1);
    while (keys[slot] != null) {
      if (keys[slot] == key) {
        return json[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    byte[] written = new JsonBuffer().raw(before).text(key).raw(after).toBytes();
    if (kept < MOST_KEPT) {
      keys[slot] = key;
      json[slot] = written;
      kept++;
    }
    return written;
  }
}
