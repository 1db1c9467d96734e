package io.sidetrace.operator.sidecars;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.Target;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes round the sidecars at a bounded rate, for as long as it is open. Thread-safe: a virtual
/// thread of its own starts one for each question.
public final class Rounds implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  /// A question costs about half a millisecond of CPU here and there, so this is a twentieth of a
  /// core; 2,000 settled sidecars are asked as often as they are due.
  private static final Duration PACE = Duration.ofMillis(10); // 100 a second

  /// So many hold their question for the whole limit before others have to wait for them.
  private static final int MOST_AT_ONCE = 64;

  /// New targets are noticed after this at the latest.
  private static final Duration LOOK = Duration.ofMillis(100);

  /// How a pod is asked.
  public interface Asking {
    Reading ask(InetAddress pod) throws InterruptedException;
  }

  private final Asking asking;
  private final Consumer<String> changed;
  private final Schedule schedule = new Schedule(); // guarded by itself
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong silent = new AtomicLong();
  private final Thread thread;

  private Rounds(Asking asking, Consumer<String> changed) {
    this.asking = asking;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("rounds").unstarted(this::run);
  }

  /// Goes round from now on.
  ///
  /// @param changed is told the namespace of a pod whose sidecar says something else than before
  public static Rounds start(Asking asking, Consumer<String> changed) {
    var rounds = new Rounds(asking, changed);
    rounds.thread.start();
    return rounds;
  }

  /// Makes these the targets of their namespace.
  public void follow(String namespace, List<Target> targets) {
    synchronized (schedule) {
      schedule.follow(namespace, targets, System.nanoTime());
    }
  }

  /// What the sidecar of a pod said last; null while it has not been asked.
  public @Nullable Reading reading(String uid) {
    synchronized (schedule) {
      return schedule.reading(uid);
    }
  }

  /// Whether each target has been asked.
  public boolean isComplete() {
    synchronized (schedule) {
      return schedule.unasked() == 0;
    }
  }

  /// Prometheus text.
  public String metrics() {
    int targets;
    synchronized (schedule) {
      targets = schedule.size();
    }
    return """
    # HELP sidetrace_controller_sidecars Sidecars that are asked for their status.
    # TYPE sidetrace_controller_sidecars gauge
    sidetrace_controller_sidecars %d
    # HELP sidetrace_controller_status_reads_total Sidecars asked for their status, by what came.
    # TYPE sidetrace_controller_status_reads_total counter
    sidetrace_controller_status_reads_total{outcome="answered"} %d
    sidetrace_controller_status_reads_total{outcome="silent"} %d
    """
        .formatted(targets, answered.get(), silent.get());
  }

  private void run() {
    try {
      while (true) {
        Target target = next();
        slots.acquire();
        Thread.ofVirtual().name("sidecar").start(() -> ask(target));
        Thread.sleep(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private Target next() throws InterruptedException {
    while (true) {
      Duration wait;
      synchronized (schedule) {
        long now = System.nanoTime();
        Target target = schedule.next(now);
        if (target != null) {
          return target;
        }
        wait = schedule.untilNext(now, LOOK);
      }
      Thread.sleep(wait);
    }
  }

  private void ask(Target target) {
    try {
      said(target, asked(target));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      slots.release();
    }
  }

  private Reading asked(Target target) throws InterruptedException {
    InetAddress address = PodAddress.parse(target.address());
    if (address == null) {
      return new Reading.Silent("its pod has no address that can be asked");
    }
    try {
      return asking.ask(address);
    } catch (RuntimeException e) {
      // One that is never said would never be asked again.
      log.warn("asking the sidecar at {} failed", address, e);
      return new Reading.Silent("its sidecar cannot be asked");
    }
  }

  private void said(Target target, Reading reading) {
    (reading instanceof Reading.Answered ? answered : silent).incrementAndGet();
    boolean isNew;
    synchronized (schedule) {
      isNew = schedule.said(target, reading, System.nanoTime());
    }
    if (isNew) {
      changed.accept(target.namespace());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
