package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.ReadResult.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files changed in every way in which they are changed, and what the watcher makes of it.
class ConfigWatcherTest {
  /// No test lasts that long: what is seen was notified.
  private static final Duration NO_POLL = Duration.ofHours(1);

  private final BlockingQueue<ReadResult> results = new LinkedBlockingQueue<>();
  @TempDir private Path directory;
  private @Nullable ConfigWatcher watcher;

  @AfterEach
  void close() throws IOException {
    if (watcher != null) {
      watcher.close();
    }
  }

  @Test
  void writtenFile_isReadAgain() throws Exception {
    Path file = Files.writeString(directory.resolve("b.yaml"), bootstrap("a"));
    watch(file, NO_POLL);

    Files.writeString(file, bootstrap("b"));

    awaitCluster("b");
  }

  @Test
  void renamedFile_isReadAgain() throws Exception {
    Path file = Files.writeString(directory.resolve("b.yaml"), bootstrap("a"));
    watch(file, NO_POLL);

    Path next = Files.writeString(directory.resolve("next"), bootstrap("b"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

    awaitCluster("b");
  }

  @Test
  void kubeletsLink_isFollowed() throws Exception {
    publish("1", "a");
    Path file = directory.resolve("b.yaml");
    Files.createSymbolicLink(file, Path.of("..data", "b.yaml"));
    watch(file, NO_POLL);

    publish("2", "b");
    awaitCluster("b");
    publish("3", "c");
    awaitCluster("c");
  }

  @Test
  void resourceFile_isWatchedInItsDirectory() throws Exception {
    Path resources = Files.createDirectory(directory.resolve("xds"));
    Path cds = Files.writeString(resources.resolve("cds.yaml"), response("a"));
    Path file =
        Files.writeString(
            directory.resolve("b.yaml"),
            """
            dynamic_resources:
              cds_config:
                path_config_source: {path: "%s", watched_directory: {path: "%s"}}
            """
                .formatted(cds, resources));
    watch(file, NO_POLL);

    Files.writeString(cds, response("b"));

    awaitCluster("b");
  }

  @Test
  void brokenFile_isReportedAndItsMendingToo() throws Exception {
    Path file = Files.writeString(directory.resolve("b.yaml"), bootstrap("a"));
    watch(file, NO_POLL);

    Files.writeString(file, "static_resources: 7");
    assertThat(next()).isInstanceOf(ReadResult.Refused.class);
    Files.writeString(file, bootstrap("a"));

    awaitCluster("a");
  }

  @Test
  void sameContent_isNoChange() throws Exception {
    Path file = Files.writeString(directory.resolve("b.yaml"), bootstrap("a"));
    watch(file, NO_POLL);

    Files.writeString(directory.resolve("next"), bootstrap("a"));
    Files.move(directory.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(directory.resolve("next"), bootstrap("b"));
    Files.move(directory.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);

    awaitCluster("b");
    assertThat(results).isEmpty();
  }

  @Test
  void absentDirectory_isPolledFor() throws Exception {
    Path later = directory.resolve("later");
    watch(later.resolve("b.yaml"), Duration.ofMillis(20));

    Path made = Files.createDirectory(directory.resolve("making"));
    Files.writeString(made.resolve("b.yaml"), bootstrap("a"));
    Files.move(made, later);

    awaitCluster("a");
  }

  @Test
  void failingListener_hearsTheNextChange() throws Exception {
    Path file = Files.writeString(directory.resolve("b.yaml"), bootstrap("a"));
    ConfigReader reader = new ConfigReader(file, "", new Node("", "", ""));
    watcher =
        ConfigWatcher.start(
            reader,
            reader.read(),
            NO_POLL,
            result -> {
              results.add(result);
              throw new IllegalStateException("thrown by the test");
            });

    Files.writeString(file, bootstrap("b"));
    awaitCluster("b");
    Files.writeString(file, bootstrap("c"));

    awaitCluster("c");
  }

  private void watch(Path file, Duration poll) throws IOException {
    ConfigReader reader = new ConfigReader(file, "", new Node("", "", ""));
    watcher = ConfigWatcher.start(reader, reader.read(), poll, results::add);
  }

  /// As the kubelet does it: a new directory, and a link to it that is renamed over the old one.
  private void publish(String version, String cluster) throws IOException {
    Path data = Files.createDirectory(directory.resolve("..v" + version));
    Files.writeString(data.resolve("b.yaml"), bootstrap(cluster));
    Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), data.getFileName());
    Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  /// A file that is written in place may be seen half written, so results on the way are passed by.
  private void awaitCluster(String name) throws InterruptedException {
    ReadResult result = next();
    while (!(result instanceof Read read)
        || !read.configuration().clusters().getFirst().name().equals(name)) {
      result = next();
    }
  }

  private ReadResult next() throws InterruptedException {
    ReadResult result = results.poll(30, TimeUnit.SECONDS);
    assertThat(result).as("a change within 30 s").isNotNull();
    return result;
  }

  private static String bootstrap(String cluster) {
    return "static_resources: {clusters: [{name: %s}]}".formatted(cluster);
  }

  private static String response(String cluster) {
    return """
    version_info: %1$s
    resources: [{"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %1$s}]
    """
        .formatted(cluster);
  }
}
