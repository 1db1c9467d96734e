package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Examples with nodes deleted, renamed and replaced at random: whatever comes is read or refused,
/// never thrown at.
class ConfigFuzzTest {
  private static final long SEED = 20180915;
  private static final int ROUNDS = 150;

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
          "\"99999999999999999999s\"",
          "UNSPECIFIED",
          "{\"@type\": x}",
          "[null]",
          "\"\\0\"",
          "\"::\"",
          "{value: 1}",
          "[{}]",
          "[text, text]");

  @ParameterizedTest
  @ValueSource(strings = {"everything.yaml", "envoy-2018.yaml", "front-proxy.yaml"})
  void brokenExample_isReadOrRefused(String example) {
    var random = new Random(SEED);
    int refused = 0;
    Tree whole = Tree.example(example);
    for (int round = 0; round < ROUNDS; round++) {
      Tree tree = whole.copy();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutate(tree, random);
      }
      refused += judged(tree);
    }
    assertThat(refused).isBetween(ROUNDS / 2, ROUNDS - 1);
  }

  private static int judged(Tree tree) {
    ReadResult result = tree.read();
    if (result instanceof ReadResult.Refused(var refusals)) {
      assertThat(refusals).as(tree::json).isNotEmpty();
      assertThat(refusals)
          .as(tree::json)
          .allSatisfy(refusal -> {
            assertThat(refusal.file()).isEqualTo("b.yaml");
            assertThat(refusal.path()).startsWith("$");
            assertThat(refusal.message()).isNotBlank();
          });
      return 1;
    }
    assertThat(result).as(tree::json).isInstanceOf(ReadResult.Read.class);
    return 0;
  }

  private static void mutate(Tree tree, Random random) {
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
