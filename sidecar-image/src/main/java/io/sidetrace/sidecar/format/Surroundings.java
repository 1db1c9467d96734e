package io.sidetrace.sidecar.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What formats may say of the process; it does not change while that lives.
///
/// @param hostname empty: unknown
public record Surroundings(String hostname, Map<String, String> environment) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  public static Surroundings ofProcess() {
    return new Surroundings(kernelHostname(), System.getenv());
  }

  /// The kernel's, in which a pod finds its name; the JDK would ask DNS.
  private static String kernelHostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
