package io.sidetrace.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The process as a whole.
final class MainTest {
  /// Generous: the JVM of a busy build machine ends late.
  private static final long END_SECONDS = 10;

  @Test
  void sigterm_endsItWithTheAccountOfItsSpans() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                Main.class.getName(),
                "--config-yaml",
                "{node: {id: a, cluster: b}}")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader log = process.errorReader(UTF_8)) {
      awaitServing(log);

      process.toHandle().destroy(); // SIGTERM; of the process itself it would close the streams too

      assertThat(log.lines().collect(Collectors.joining("\n")))
          .contains("ended with 0 spans started, 0 exported, 0 queued, dropped: {");
      assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitServing(BufferedReader log) throws IOException {
    String line;
    do {
      line = log.readLine();
      assertThat(line).as("the sidecar ended before it served").isNotNull();
    } while (!line.endsWith(" serves"));
  }
}
