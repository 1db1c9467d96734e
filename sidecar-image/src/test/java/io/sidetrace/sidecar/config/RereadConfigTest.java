package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same reader asked again: what did not change is not parsed again, which shows in that the
/// very same result comes back; what changed is never missed.
class RereadConfigTest {
  private static final Path BOOTSTRAP = Path.of("b.json");
  private static final Path CLUSTERS = Path.of("/x/cds.json");

  private final Map<Path, String> files =
      new HashMap<>(Map.of(BOOTSTRAP, "{dynamic_resources: {cds_config: {path: /x/cds.json}}}"));
  private @Nullable IOException failure;
  private final ConfigReader reader =
      new ConfigReader(BOOTSTRAP, "", new Node("", "", ""), this::bytes);

  @Test
  void unchangedFiles_giveTheSameResult() {
    files.put(CLUSTERS, clusters("1"));

    assertThat(reader.read()).isInstanceOf(ReadResult.Read.class).isSameAs(reader.read());
  }

  @Test
  void changedFile_isReadAgain() {
    files.put(CLUSTERS, clusters("1"));
    ReadResult before = reader.read();
    files.put(CLUSTERS, clusters("2"));

    assertThat(reader.read()).isNotEqualTo(before);
  }

  @Test
  void missingFile_isFoundWhenItComes() {
    assertThat(reader.read()).isInstanceOf(ReadResult.Waiting.class).isSameAs(reader.read());
    files.put(CLUSTERS, clusters("1"));

    assertThat(reader.read()).isInstanceOf(ReadResult.Read.class);
  }

  @Test
  void lostFile_isMissed() {
    files.put(CLUSTERS, clusters("1"));
    reader.read();
    files.remove(CLUSTERS);

    assertThat(reader.read()).isEqualTo(new ReadResult.Waiting(CLUSTERS));
  }

  @Test
  void fileThatCouldNotBeRead_isTriedAgain() {
    files.put(CLUSTERS, clusters("1"));
    failure = new IOException("device error");
    assertThat(reader.read()).isInstanceOf(ReadResult.Refused.class);
    failure = null;

    assertThat(reader.read()).isInstanceOf(ReadResult.Read.class);
  }

  @Test
  void fileThatCannotBeReadAnyMore_isRefused() {
    files.put(CLUSTERS, "");
    reader.read();
    failure = new IOException("device error");

    assertThat(reader.read()).isInstanceOf(ReadResult.Refused.class);
  }

  private byte[] bytes(Path path) throws IOException {
    if (failure != null) {
      throw failure;
    }
    String text = files.get(path);
    if (text == null) {
      throw new NoSuchFileException(path.toString());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String clusters(String seconds) {
    return """
    {resources: [{'@type': type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a,
      type: STATIC, connect_timeout: %ss, load_assignment: {cluster_name: a}}]}
    """
        .formatted(seconds);
  }
}
