package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Span;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The bounded ring between one event loop, which alone offers, and the reporter's loop, which
/// alone drains. Neither ever waits. Bounded in spans and in their text, because one header may be
/// as long as a head is allowed to be.
///
/// The producer publishes all that it counts as one word, accepted spans in the low half and
/// refused ones in the high half, so that a reader that reads once sees counts that fit together.
/// The halves wrap round; the consumer, which reads at least once a second, carries them on in
/// full.
public final class SpanQueue {
  /// The reporter is woken at [#WAKE_AT] spans, and is late by what else its loop does and by what
  /// else its processor does: at 10 000 spans a second this covers 100 ms. The heap may have to
  /// hold all of them, 1.5 MiB. A power of two, for the mask.
  static final int CAPACITY = 1_024;

  /// A span has some 600 characters of text; this lets a full queue have twice that on average.
  static final int TEXT_CAPACITY = CAPACITY * 1_200;

  /// Often enough that spans seldom outlive the young generation, seldom enough that a hand-over to
  /// another loop (a wake-up is some 5 µs) costs below 0.1 µs a span.
  static final int WAKE_AT = 64;

  private static final long ONE_REFUSED = 1L << 32;
  private static final long LOW_HALF = ONE_REFUSED - 1;
  private static final VarHandle OFFERED;
  private static final VarHandle TAKEN;
  private static final VarHandle TAKEN_TEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      OFFERED = lookup.findVarHandle(SpanQueue.class, "offered", long.class);
      TAKEN = lookup.findVarHandle(SpanQueue.class, "taken", int.class);
      TAKEN_TEXT = lookup.findVarHandle(SpanQueue.class, "takenText", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Span[] spans;
  private final @Nullable Destination<?>[] destinations;
  private final int[] texts = new int[CAPACITY];
  private final Runnable wake;

  // Written by the producer alone.
  private long offered;
  private long offeredText;

  // Written by the consumer alone.
  private int taken;
  private long takenText;
  private long acceptedTotal;
  private long refusedTotal;

  /// Whether a wake-up is under way. Both sides write it; when their writes cross, a wake-up is
  /// lost and the reporter's next tick makes up for it.
  private volatile boolean waking;

  SpanQueue(Runnable wake) {
    this.wake = wake;
    // Not where they are declared: javac 25 fails on annotated types in a field's initialiser.
    this.spans = new @Nullable Span[CAPACITY];
    this.destinations = new @Nullable Destination<?>[CAPACITY];
  }

  /// Takes the span for its destination, or counts it as refused. Producer only.
  public void offer(Span span, Destination<?> destination) {
    int accepted = (int) offered;
    int held = accepted - (int) TAKEN.getAcquire(this);
    int text = textOf(span);
    boolean room =
        held < CAPACITY && offeredText - (long) TAKEN_TEXT.getAcquire(this) + text <= TEXT_CAPACITY;
    if (!room) {
      OFFERED.setRelease(this, offered + ONE_REFUSED);
      return;
    }
    int slot = accepted & (CAPACITY - 1);
    spans[slot] = span;
    destinations[slot] = destination;
    texts[slot] = text;
    offeredText += text;
    OFFERED.setRelease(this, (offered & ~LOW_HALF) | ((accepted + 1) & LOW_HALF));
    if (held + 1 >= WAKE_AT && !waking) {
      waking = true;
      wake.run();
    }
  }

  /// Hands out all spans that are there now. Consumer only; `to` must not throw.
  void drain(BiConsumer<Span, Destination<?>> to) {
    waking = false;
    for (int left = read().held(); left > 0; left--) {
      int slot = taken & (CAPACITY - 1);
      Span span = spans[slot];
      Destination<?> destination = destinations[slot];
      spans[slot] = null;
      destinations[slot] = null;
      TAKEN_TEXT.setRelease(this, takenText + texts[slot]);
      TAKEN.setRelease(this, taken + 1);
      if (span != null && destination != null) {
        to.accept(span, destination);
      }
    }
  }

  /// Reads the producer's word once. Consumer only.
  Reading read() {
    long word = (long) OFFERED.getAcquire(this);
    acceptedTotal += (int) word - (int) acceptedTotal;
    refusedTotal += (int) (word >>> 32) - (int) refusedTotal;
    return new Reading(acceptedTotal, refusedTotal, (int) acceptedTotal - taken);
  }

  /// @param accepted spans ever taken in
  /// @param refused spans ever refused for want of room
  /// @param held spans that wait in the ring
  record Reading(long accepted, long refused, int held) {}

  private static int textOf(Span span) {
    int text = span.name().length();
    for (int i = 0; i < span.tags().size(); i++) {
      Span.Tag tag = span.tags().get(i);
      text += tag.key().length() + tag.value().length();
    }
    for (int i = 0; i < span.annotations().size(); i++) {
      text += span.annotations().get(i).value().length();
    }
    return text;
  }
}
