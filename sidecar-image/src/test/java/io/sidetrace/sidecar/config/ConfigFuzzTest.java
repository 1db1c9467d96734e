package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Examples with nodes deleted, renamed and replaced at random: whatever comes is read or refused,
/// never thrown at.
class ConfigFuzzTest {
  private static final List<Tree> EXAMPLES =
      List.of(
          Tree.example("everything.yaml"),
          Tree.example("envoy-2018.yaml"),
          Tree.example("front-proxy.yaml"));

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "text",
          "7",
          "-1",
          "1e300",
          "0.5",
          "[]",
          "{}",
          "[[]]",
          "{a: b}",
          "0s",
          "0.0000000001s",
          "\"99999999999999999999s\"",
          "UNSPECIFIED",
          "{\"@type\": x}",
          "[null]",
          "\"\\0\"",
          "\"::\"",
          "\"%REQ(\"",
          "\"a\\r\\nb: c\"",
          "{value: 1}",
          "[{}]",
          "[text, text]",
          "4294967296",
          "\"\\u0130\"");

  @Test
  void brokenExamples_areReadOrRefused() {
    Map<String, Integer> verdicts =
        new Fuzz("config", 600, ConfigFuzzTest::broken, ConfigFuzzTest::judge).run();
    int refused = verdicts.getOrDefault("REFUSED", 0);
    int read = verdicts.getOrDefault("READ", 0);
    assertThat(refused).as("%s", verdicts).isGreaterThan(read);
    assertThat(read).as("%s", verdicts).isPositive();
  }

  private static String broken(RandomGenerator random) {
    Tree tree = EXAMPLES.get(random.nextInt(EXAMPLES.size())).copy();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      change(tree, random);
    }
    return tree.json();
  }

  private static String judge(String document) {
    ReadResult result = Tree.read(document);
    if (result instanceof ReadResult.Refused(var refusals)) {
      assertThat(refusals).isNotEmpty();
      assertThat(refusals)
          .allSatisfy(refusal -> {
            assertThat(refusal.file()).isEqualTo("b.yaml");
            assertThat(refusal.path()).startsWith("$");
            assertThat(refusal.message()).isNotBlank();
          });
      return "REFUSED";
    }
    return result.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static void change(Tree tree, RandomGenerator random) {
    List<String> paths = tree.paths();
    String path = paths.get(random.nextInt(paths.size()));
    switch (random.nextInt(3)) {
      case 0 -> tree.remove(path);
      case 1 -> {
        tree.remove(path);
        tree.set(path.substring(0, path.lastIndexOf('.') + 1) + "renamed", "1");
      }
      default -> tree.set(path, VALUES.get(random.nextInt(VALUES.size())));
    }
  }
}
