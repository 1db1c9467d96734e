package io.sidetrace.sidecar.codec.http2;

import org.jspecify.annotations.Nullable;

/// A dynamic table of HPACK (RFC 7541 section 2.3.2): the newest fields, the oldest of which make
/// room. Insertions are numbered, so that an entry is found by the number that it went in with.
/// Event-loop confined.
final class HeaderTable {
  private static final int INITIAL_ENTRIES = 16;

  /// A ring whose length is a power of two: insertion n stands at n modulo its length.
  private @Nullable TableEntry[] ring = {};

  private int count;
  private long inserted;
  private int size;
  private int maxSize;

  HeaderTable(int maxSize) {
    this.maxSize = maxSize;
  }

  int maxSize() {
    return maxSize;
  }

  void resize(int bytes) {
    maxSize = bytes;
    evictTo(bytes);
  }

  /// Inserts the entry, for which old ones make room.
  ///
  /// @return the number of the insertion; the entry may have been too large, then the table is
  ///   empty
  long add(TableEntry entry) {
    evictTo(maxSize - entry.size());
    if (entry.size() <= maxSize) {
      if (count == ring.length) {
        grow();
      }
      ring[slot(inserted)] = entry;
      count++;
      size += entry.size();
    }
    return inserted++;
  }

  private void evictTo(int bytes) {
    while (count > 0 && size > bytes) {
      int oldest = slot(inserted - count);
      TableEntry evicted = ring[oldest];
      size -= evicted == null ? 0 : evicted.size();
      ring[oldest] = null;
      count--;
    }
  }

  private void grow() {
    @Nullable TableEntry[] larger = new TableEntry[Math.max(INITIAL_ENTRIES, ring.length * 2)];
    for (long number = inserted - count; number < inserted; number++) {
      larger[(int) number & (larger.length - 1)] = ring[slot(number)];
    }
    ring = larger;
  }

  private int slot(long number) {
    return (int) number & (ring.length - 1);
  }

  /// The entry that so many have followed; null when there is none.
  @Nullable TableEntry get(int age) {
    return age < count ? ring[slot(inserted - 1 - age)] : null;
  }

  /// How many have followed the insertion of that number; -1 when it is not there any more.
  int ageOf(long number) {
    return number >= inserted - count ? (int) (inserted - 1 - number) : -1;
  }
}
