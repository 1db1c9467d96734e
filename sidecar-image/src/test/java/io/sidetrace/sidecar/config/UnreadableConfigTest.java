package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Configurations that are not there yet, or not whole: the first are waited for, of the others all
/// that is wrong is told.
class UnreadableConfigTest {
  private static final Path EXAMPLES = Tree.EXAMPLES;
  private static final Node NOBODY = new Node("", "", "");

  @Test
  void brokenCommandLineText_isRefusedUnderItsName() {
    assertThat(new ConfigReader(null, "{", NOBODY).read())
        .isInstanceOfSatisfying(
            ReadResult.Refused.class,
            refused ->
                assertThat(refused.refusals().getFirst().format())
                    .startsWith("--config-yaml $: line 1, column 2: not JSON or YAML:"));
  }

  @Test
  void missingFile_isWaitedFor() {
    Path missing = EXAMPLES.resolve("none.json");

    assertThat(new ConfigReader(missing, "", NOBODY).read())
        .isEqualTo(new ReadResult.Waiting(missing));
  }

  @Test
  void refusals_areOfAllFiles() {
    Map<Path, String> files =
        Map.of(
            Path.of("b"),
            "{dynamic_resources: {lds_config: {path: /x/lds.json}, cds_config: {path: /x/cds.json}}}",
            Path.of("/x/lds.json"),
            "{version_info: v, resources: [{'@type': a}]}",
            Path.of("/x/cds.json"),
            "{resources: [{'@type': type.googleapis.com/envoy.config.cluster.v3.Cluster}]}");

    assertThat(refusals(files))
        .containsExactly(
            "lds.json $.resources[0]: @type is \"a\" (expected one of:"
                + " type.googleapis.com/envoy.config.listener.v3.Listener)",
            "cds.json $.resources[0].name: missing (expected: text)");
  }

  @Test
  void missingFile_doesNotHideARefusal() {
    Map<Path, String> files =
        Map.of(
            Path.of("b"),
            "{dynamic_resources: {lds_config: {path: /x/lds.json}, cds_config: {path: /x/cds.json}}}",
            Path.of("/x/cds.json"),
            "]");

    assertThat(refusals(files)).singleElement().asString().startsWith("cds.json $: line 1");
  }

  @Test
  void directory_isRefusedAsAFile() {
    assertThat(new ConfigReader(EXAMPLES, "", NOBODY).read())
        .isInstanceOfSatisfying(
            ReadResult.Refused.class,
            refused ->
                assertThat(refused.refusals().getFirst().format())
                    .isEqualTo("config $: cannot be read: Is a directory"));
  }

  private static List<String> refusals(Map<Path, String> files) {
    FileSource source =
        path -> {
          String text = files.get(path);
          if (text == null) {
            throw new NoSuchFileException(path.toString());
          }
          return text.getBytes(StandardCharsets.UTF_8);
        };
    return switch (new ConfigReader(Path.of("b"), "", NOBODY, source).read()) {
      case ReadResult.Refused(var refusals) -> refusals.stream().map(Refusal::format).toList();
      case ReadResult.Read read -> throw new AssertionError(read);
      case ReadResult.Waiting waiting -> throw new AssertionError(waiting);
    };
  }
}
