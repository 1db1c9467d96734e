package io.sidetrace.sidecar.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the configuration again when its files change, and says so when the result differs.
///
/// Directories are watched and not files, because files are replaced: by renaming, and by the
/// kubelet through a symbolic link beside them. A slow poll covers what is not notified:
/// directories that are not there yet, links that lead elsewhere, file systems without
/// notification.
///
/// Thread-safe. Its work is done, and its listener called, on one thread of its own; a virtual one
/// would start a pool of threads for nobody else.
public final class ConfigWatcher implements AutoCloseable {
  /// Writers make several events of one change; the last of them is waited for.
  private static final Duration QUIET = Duration.ofMillis(50);

  private static final WatchEvent.Kind<?>[] EVENTS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final ConfigReader reader;
  private final Duration poll;
  private final Consumer<ReadResult> changed;
  private final WatchService watches;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private ReadResult last;

  private ConfigWatcher(
      ConfigReader reader, ReadResult known, Duration poll, Consumer<ReadResult> changed)
      throws IOException {
    this.reader = reader;
    this.last = known;
    this.poll = poll;
    this.changed = changed;
    this.watches = FileSystems.getDefault().newWatchService();
  }

  /// Begins to watch.
  ///
  /// @param known the result that the caller has already
  /// @param poll how often files are read without being told of a change
  /// @param changed gets every result that differs from the one before; keeping the last good
  ///   configuration is its business
  public static ConfigWatcher start(
      ConfigReader reader, ReadResult known, Duration poll, Consumer<ReadResult> changed)
      throws IOException {
    var watcher = new ConfigWatcher(reader, known, poll, changed);
    Thread.ofPlatform().name("config-watcher").daemon().start(watcher::watch);
    return watcher;
  }

  private void watch() {
    try {
      while (true) {
        ConfigReader.Pass pass = reader.pass();
        // A change between that reading and the beginning of a watch is seen by reading again.
        if (!register(pass.directories())) {
          report(pass.result());
          awaitChange();
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // closed: nothing is watched any more
    }
  }

  /// A failing listener is not the end of watching.
  private void report(ReadResult result) {
    if (Objects.equals(result, last)) { // mostly they are one object, which this asks first
      return;
    }
    last = result;
    try {
      changed.accept(result);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void awaitChange() throws InterruptedException {
    @Nullable WatchKey key = watches.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        keys.values().remove(key);
      }
      key = watches.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Follows the directories of the last reading, and tells whether one is new among them. One that
  /// cannot be watched is left to the poll.
  private boolean register(Set<Path> directories) {
    boolean added = false;
    for (Path directory : directories) {
      if (!keys.containsKey(directory)) {
        try {
          keys.put(directory, directory.register(watches, EVENTS));
          added = true;
        } catch (IOException e) {
          // not there yet, or no directory: the poll reads what it will hold
        }
      }
    }
    keys.entrySet().removeIf(entry -> forgotten(entry, directories));
    return added;
  }

  private static boolean forgotten(Map.Entry<Path, WatchKey> entry, Set<Path> directories) {
    if (directories.contains(entry.getKey())) {
      return false;
    }
    entry.getValue().cancel();
    return true;
  }

  /// Ends the watching; a call of the listener that has begun goes on.
  @Override
  public void close() throws IOException {
    watches.close();
  }
}
