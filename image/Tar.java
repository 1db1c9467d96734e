import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// GNU tar as a process, and the temporary folders that it packs and unpacks.
final class Tar {
  private Tar() {}

  static void run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("exit code of " + command + ": " + code + " (expected: 0)");
    }
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
