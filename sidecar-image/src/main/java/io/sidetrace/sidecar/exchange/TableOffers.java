package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.HpackDecoder;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.codec.http2.Violation;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The sizes of its compression's table that a receiver has offered, each with its SETTINGS, and
/// the sender has not acknowledged yet. Event-loop confined.
final class TableOffers {
  /// A peer answers SETTINGS within a round trip, and says them a few times in its life.
  private static final int MOST_UNACKNOWLEDGED = 100;

  private final ArrayDeque<Long> offers = new ArrayDeque<>(2);

  /// Notes SETTINGS that went to the sender.
  ///
  /// @param table [SettingsCaps#ABSENT] where they say nothing of it
  @Nullable Violation add(long table) {
    offers.add(table);
    return offers.size() > MOST_UNACKNOWLEDGED ? Violation.SETTINGS_IGNORED : null;
  }

  boolean isEmpty() {
    return offers.isEmpty();
  }

  /// From here on the sender heeds the oldest offer, and so do we on its behalf.
  void acknowledged(HpackDecoder fromSender, HpackEncoder toReceiver) {
    long table = offers.remove();
    if (table != SettingsCaps.ABSENT) {
      int size = (int) Math.min(table, HpackDecoder.TABLE_BYTES);
      fromSender.limitTable(size);
      toReceiver.resizeTable(size);
    }
  }
}
