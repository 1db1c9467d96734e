package io.sidetrace.operator.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A real Envoy on a bootstrap file, with its admin port wherever one is free.
final class EnvoyProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Process process;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private EnvoyProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static boolean isInstalled() {
    return binary() != null;
  }

  /// The variable's, else the first on the PATH.
  private static @Nullable String binary() {
    var given = System.getenv("SIDETRACE_ENVOY");
    if (given != null && !given.isEmpty()) {
      return given;
    }
    var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(":", -1))
        .map(directory -> Path.of(directory, "envoy"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  static EnvoyProcess start(Path bootstrap) throws IOException {
    var directory = Objects.requireNonNull(bootstrap.getParent());
    var builder =
        new ProcessBuilder(
                Objects.requireNonNull(binary()),
                "-c",
                bootstrap.toString(),
                "--reject-unknown-dynamic-fields", // else it warns of them only
                "--use-dynamic-base-id",
                "-l",
                "warn",
                "--concurrency",
                "1",
                "--service-node",
                "pod.shop",
                "--service-cluster",
                "service1",
                "--admin-address-path",
                directory.resolve("admin").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().put("OTEL_RESOURCE_ATTRIBUTES", "k8s.pod.name=pod"); // as in a pod
    return new EnvoyProcess(builder.start(), directory);
  }

  /// Whether `/ready` says so before patience ends.
  boolean awaitLive() throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (get("/ready").strip().equals("LIVE")) {
        return true;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  Map<String, Long> stats(String filter) throws InterruptedException {
    var stats = new TreeMap<String, Long>();
    get("/stats?filter=" + filter.replace("|", "%7C"))
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(parts -> stats.put(parts[0], Long.valueOf(parts[1])));
    return stats;
  }

  /// Empty while Envoy does not answer yet.
  private String get(String path) throws InterruptedException {
    try {
      var admin = Files.readString(directory.resolve("admin")).strip();
      var request = HttpRequest.newBuilder(URI.create("http://" + admin + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | IllegalArgumentException _) {
      return "";
    }
  }

  String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    client.close();
  }
}
