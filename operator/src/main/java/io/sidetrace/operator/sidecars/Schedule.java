package io.sidetrace.operator.sidecars;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom to ask next. A sidecar that says what is expected is asked again after a while; one that
/// does not is asked soon, and then ever later. Moments are nanoseconds of one clock. Not
/// thread-safe.
final class Schedule {

  /// How old what is known of a settled sidecar gets, as long as the rate allows it.
  static final Duration SETTLED = Duration.ofSeconds(20);

  /// An edit takes about two seconds to get into a pod.
  static final Duration SOON = Duration.ofSeconds(1);

  /// Whoever does not answer costs the most, so it is asked the least.
  static final Duration SILENT = Duration.ofSeconds(60);

  private final Map<String, Entry> entries = new HashMap<>();
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(entry -> entry.due));

  /// Makes these the targets of their namespace. One whose expectation changed is due at once.
  void follow(String namespace, List<Target> targets, long now) {
    Set<String> wanted = new HashSet<>();
    for (Target target : targets) {
      wanted.add(target.uid());
      Entry entry = entries.get(target.uid());
      if (entry == null) {
        entry = new Entry(target);
        entries.put(target.uid(), entry);
        enqueue(entry, now);
      } else if (!target.equals(entry.target)) {
        entry.target = target;
        entry.pause = Duration.ZERO;
        if (!entry.isUnderWay) {
          queue.remove(entry);
          enqueue(entry, now);
        }
      }
    }
    entries
        .values()
        .removeIf(entry -> {
          boolean isGone =
              entry.target.namespace().equals(namespace) && !wanted.contains(entry.target.uid());
          if (isGone) {
            queue.remove(entry);
          }
          return isGone;
        });
  }

  /// Who is due, from now on under way until it is `said`; null where nobody is.
  @Nullable Target next(long now) {
    Entry first = queue.peek();
    if (first == null || first.due - now > 0) {
      return null;
    }
    queue.remove();
    first.isUnderWay = true;
    return first.target;
  }

  /// How long nobody is due, at most as long as given.
  Duration untilNext(long now, Duration most) {
    Entry first = queue.peek();
    Duration wait = first == null ? most : Duration.ofNanos(Math.max(0, first.due - now));
    return wait.compareTo(most) < 0 ? wait : most;
  }

  /// What the target said; whether that differs from before in anything that is told.
  boolean said(Target target, Reading reading, long now) {
    Entry entry = entries.get(target.uid());
    if (entry == null) {
      return false; // gone while it was asked
    }
    Reading before = entry.reading;
    entry.reading = reading.after(before);
    entry.isUnderWay = false;
    entry.pause = pause(entry);
    enqueue(entry, now + entry.pause.toNanos());
    return !entry.reading.tellsTheSameAs(before);
  }

  private static Duration pause(Entry entry) {
    boolean isSettled =
        entry.reading instanceof Reading.Answered(var report)
            && report.applied() != null
            && report.applied().equals(entry.target.hash());
    if (isSettled) {
      return SETTLED;
    }
    Duration most = entry.reading instanceof Reading.Silent ? SILENT : SETTLED;
    Duration longer = entry.pause.multipliedBy(2);
    Duration soon = longer.compareTo(SOON) < 0 ? SOON : longer;
    return soon.compareTo(most) < 0 ? soon : most;
  }

  private void enqueue(Entry entry, long due) {
    entry.due = due;
    queue.add(entry);
  }

  @Nullable Reading reading(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.reading;
  }

  /// How many have not said anything yet, because they were not asked.
  int unasked() {
    return (int) entries.values().stream().filter(entry -> entry.reading == null).count();
  }

  int size() {
    return entries.size();
  }

  private static final class Entry {
    private Target target;
    private @Nullable Reading reading;
    private Duration pause = Duration.ZERO;
    private boolean isUnderWay;
    private long due;

    Entry(Target target) {
      this.target = target;
    }
  }
}
