package io.sidetrace.sidecar.accesslog;

import io.sidetrace.sidecar.config.AccessLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// All access logs of the process and the one thread that writes them, so that no event loop ever
/// waits for a disk or a reader. Thread-safe.
public final class AccessLogs {
  /// How long a line may wait, unless its buffer is half full: long enough to write many at once,
  /// and no longer than a person waits who reads along.
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(1);

  private final Map<AccessLog.Destination, LineSink> sinks = new ConcurrentHashMap<>();
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Duration interval;
  private volatile @Nullable Thread writer;
  private volatile boolean closing;

  public AccessLogs() {
    this(WRITE_INTERVAL);
  }

  AccessLogs(Duration interval) {
    this.interval = interval;
  }

  /// A logger for one event loop; nothing is written for it before the first line. Where there is
  /// no log, there is no thread.
  public AccessLogger logger(List<AccessLog> logs) {
    List<AccessLogger.Output> outputs =
        logs.stream()
            .map(log -> new AccessLogger.Output(log.layout(), sink(log.destination())))
            .toList();
    return new AccessLogger(outputs, this);
  }

  private LineSink sink(AccessLog.Destination destination) {
    startWriter();
    return sinks.computeIfAbsent(destination, LineSink::new);
  }

  private synchronized void startWriter() {
    if (writer == null) {
      writer = Thread.ofPlatform().daemon().name("access-log").start(this::run);
    }
  }

  /// Lines handed to the system.
  public long written() {
    return written.sum();
  }

  /// Lines that never came to be written, because the writer could not keep up or failed.
  public long dropped() {
    return dropped.sum();
  }

  void add(LineSink sink, StringBuilder line) {
    switch (sink.buffer.add(line)) {
      case QUIETLY -> {}
      case URGENTLY -> wake();
      case NOT -> dropped.increment();
    }
  }

  void countDropped() {
    dropped.increment();
  }

  private void wake() {
    LockSupport.unpark(writer);
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(interval.toNanos());
      writeAll();
    }
    writeAll();
    sinks.values().forEach(LineSink::close);
  }

  private void writeAll() {
    for (LineSink sink : sinks.values()) {
      LineSink.Lines lines = sink.write();
      written.add(lines.written());
      dropped.add(lines.lost());
    }
  }

  /// Writes what is left, for at most that long, and ends.
  public void close(Duration limit) throws InterruptedException {
    Thread running;
    synchronized (this) {
      closing = true;
      running = writer;
    }
    if (running != null) {
      LockSupport.unpark(running);
      running.join(limit);
    }
  }
}
