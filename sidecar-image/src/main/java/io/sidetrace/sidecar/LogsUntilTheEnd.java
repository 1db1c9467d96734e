package io.sidetrace.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/// The JDK's logs, but they do not end when the process is told to: by then the last requests and
/// spans are still under way, and what becomes of them is logged.
///
/// Public, as the JDK makes it by its name. Thread-safe.
public final class LogsUntilTheEnd extends LogManager {
  private volatile boolean configured;

  @Override
  public void readConfiguration(InputStream settings) throws IOException {
    configured = false; // it begins with a reset of what was there
    super.readConfiguration(settings);
    configured = true;
  }

  /// The JDK calls this in a shutdown hook, beside ours.
  @Override
  public void reset() {
    if (!configured) {
      super.reset();
    }
  }
}
