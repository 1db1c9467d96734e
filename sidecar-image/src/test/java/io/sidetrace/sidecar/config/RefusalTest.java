package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A complete example with one value changed, by tables beside it: what is still accepted, and what
/// is refused with which messages.
class RefusalTest {
  /// From the longest path to the shortest.
  private static final List<Name> NAMES = names();

  @ParameterizedTest
  @MethodSource
  void wrongValue_isRefused(String path, String yaml, List<String> refusals) {
    assertThat(formatted(Tree.example("everything.yaml").set(path, yaml).read()))
        .containsExactlyElementsOf(refusals);
  }

  static Stream<Arguments> wrongValue_isRefused() throws IOException {
    return table("refusals.txt");
  }

  @ParameterizedTest
  @MethodSource
  void otherWriting_isAccepted(String path, String yaml, List<String> refusals) {
    assertThat(formatted(Tree.example("everything.yaml").set(path, yaml).read()))
        .containsExactlyElementsOf(refusals);
  }

  static Stream<Arguments> otherWriting_isAccepted() throws IOException {
    return table("accepted.txt");
  }

  private static Stream<Arguments> table(String file) throws IOException {
    List<Arguments> rows = new ArrayList<>();
    List<String> refusals = List.of();
    for (String line : Files.readAllLines(Tree.EXAMPLES.resolve(file))) {
      if (line.startsWith("  ")) {
        refusals.add(line.strip());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        String[] change = line.split(" = ", 2);
        refusals = new ArrayList<>();
        rows.add(argumentSet(line, full(change[0]), change[1], refusals));
      }
    }
    assertThat(rows).isNotEmpty();
    return rows.stream();
  }

  private static List<String> formatted(ReadResult result) {
    return switch (result) {
      case ReadResult.Refused(var refusals) ->
          refusals.stream()
              .map(refusal -> brief(refusal.path()) + ": " + refusal.message())
              .toList();
      case ReadResult.Read _ -> List.of();
      case ReadResult.Waiting(var missing) -> List.of("waiting for " + missing);
    };
  }

  private record Name(String name, String path) {}

  private static List<Name> names() {
    String listener = "$.static_resources.listeners[0]";
    String manager = listener + ".filter_chains[0].filters[0].typed_config";
    String host = manager + ".route_config.virtual_hosts[0]";
    return List.of(
        new Name("ZIPKIN", manager + ".tracing.provider.typed_config"),
        new Name("TRACING", manager + ".tracing"),
        new Name("ROUTE", host + ".routes[0]"),
        new Name("HOST", host),
        new Name("MANAGER", manager),
        new Name("LISTENER", listener),
        new Name("STATIC", "$.static_resources.clusters[1]"),
        new Name("CLUSTER", "$.static_resources.clusters[0]"));
  }

  private static String full(String brief) {
    for (Name name : NAMES) {
      if (brief.startsWith(name.name())) {
        return name.path() + brief.substring(name.name().length());
      }
    }
    return brief;
  }

  private static String brief(String full) {
    for (Name name : NAMES) {
      if (full.startsWith(name.path())) {
        return name.name() + full.substring(name.path().length());
      }
    }
    return full;
  }
}
