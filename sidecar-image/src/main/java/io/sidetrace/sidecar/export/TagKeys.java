package io.sidetrace.sidecar.export;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tag keys as a format writes them: they are nearly always the same few constants, so that each is
/// written once. Confined to one thread.
public final class TagKeys {
  /// Envoy's thirty tags and as many custom ones.
  private static final int MOST_KEPT = 64;

  /// Half empty, so that a key is found in one or two steps; a power of two, for the mask.
  private static final int SLOTS = 2 * MOST_KEPT;

  private final @Nullable String[] keys;
  private final byte[][] written = new byte[SLOTS][];
  private final Function<String, byte[]> writer;
  private int kept;

  /// @param writer gives a key's bytes
  public TagKeys(Function<String, byte[]> writer) {
    this.keys = new @Nullable String[SLOTS];
    this.writer = writer;
  }

  /// Compares by identity: a key that is made anew each time is only written again.
  @SuppressWarnings("ReferenceEquality")
  public byte[] of(String key) {
    int slot = key.hashCode() & (SLOTS - 1);
    while (keys[slot] != null) {
      if (keys[slot] == key) {
        return written[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    byte[] bytes = writer.apply(key);
    if (kept < MOST_KEPT) {
      keys[slot] = key;
      written[slot] = bytes;
      kept++;
    }
    return bytes;
  }
}
