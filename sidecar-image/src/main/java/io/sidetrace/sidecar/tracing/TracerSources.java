package io.sidetrace.sidecar.tracing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Where a tracer's identifiers and times come from. Event-loop confined.
public record TracerSources(RandomGenerator random, SpanClock clock) {

  public static TracerSources system() {
    return new TracerSources(new SplittableRandom(seed()), SpanClock.system());
  }

  /// The kernel's randomness, read directly: a clock would give sidecars that start together the
  /// same identifiers, and `SecureRandom` loads all security providers into a process that needs
  /// none.
  private static long seed() {
    try (var random = new DataInputStream(Files.newInputStream(Path.of("/dev/urandom")))) {
      return random.readLong();
    } catch (IOException e) {
      return System.nanoTime() ^ (ProcessHandle.current().pid() << 32) ^ System.currentTimeMillis();
    }
  }
}
