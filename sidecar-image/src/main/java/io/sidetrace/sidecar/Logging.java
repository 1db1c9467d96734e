package io.sidetrace.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.sidetrace.sidecar.Arguments.LogLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/// The log: one line an event, on standard error, by the JDK's own loggers.
final class Logging {
  private Logging() {}

  /// Replaces what the process logs, and how, from now on.
  static void configure(LogLevel level) {
    // Read once, when the first of the JDK's loggers is made: that is below.
    System.setProperty("java.util.logging.manager", LogsUntilTheEnd.class.getName());
    // Netty would look for other loggers first, in every jar.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    String settings =
        """
        handlers=java.util.logging.ConsoleHandler
        .level=%s
        java.util.logging.ConsoleHandler.level=ALL
        java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format=[%%1$tF %%1$tT.%%1$tL][%%4$s][%%3$s] %%5$s%%6$s%%n
        """
            .formatted(name(level));
    try {
      LogManager.getLogManager()
          .readConfiguration(new ByteArrayInputStream(settings.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(LogLevel level) {
    return switch (level) {
      case TRACE -> "FINER";
      case DEBUG -> "FINE";
      case INFO -> "INFO";
      case WARN -> "WARNING";
      case ERROR, CRITICAL -> "SEVERE";
      case OFF -> "OFF";
    };
  }
}
