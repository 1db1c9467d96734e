package io.sidetrace.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.Arguments.LogLevel;
import io.sidetrace.sidecar.Arguments.Mode;
import io.sidetrace.sidecar.Arguments.Request;
import io.sidetrace.sidecar.config.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final Arguments ONLY_FILE =
      new Arguments(
          Path.of("b.json"),
          "",
          Mode.SERVE,
          OptionalInt.empty(),
          new Node("", "", ""),
          LogLevel.INFO,
          OptionalInt.empty(),
          false,
          null);

  @Test
  void file_alone_leavesDefaults() {
    assertThat(parse("-c b.json")).isEqualTo(new Request.Run(ONLY_FILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c b.json", "--config-path b.json", "--config-path=b.json"})
  void configPath_hasEnvoysSpellings(String line) {
    assertThat(parse(line)).isEqualTo(new Request.Run(ONLY_FILE));
  }

  @Test
  void everyFlag_isRead() {
    Request request =
        parse(
            "-c /etc/b.json --config-yaml={} --mode validate --concurrency 2 --service-node n"
                + " --service-cluster c --service-zone z -l critical --status-port 15020"
                + " --await-config --interception-report /run/report");

    assertThat(request)
        .isEqualTo(
            new Request.Run(
                new Arguments(
                    Path.of("/etc/b.json"),
                    "{}",
                    Mode.VALIDATE,
                    OptionalInt.of(2),
                    new Node("n", "c", "z"),
                    LogLevel.CRITICAL,
                    OptionalInt.of(15020),
                    true,
                    Path.of("/run/report"))));
  }

  @Test
  void value_maySpellAFlag() {
    assertThat(parse("--service-node --help --config-yaml={}"))
        .isInstanceOfSatisfying(
            Request.Run.class, run -> assertThat(run.arguments().node().id()).isEqualTo("--help"));
  }

  @Test
  void helpAndVersion_winOverWhatElseIsMissing() {
    assertThat(parse("--help")).isEqualTo(new Request.Help());
    assertThat(parse("-h --bogus")).isEqualTo(new Request.Help());
    assertThat(parse("--version")).isEqualTo(new Request.Version());
  }

  @Test
  void usage_namesEveryFlag() {
    assertThat(Arguments.usage())
        .contains(Stream.of(Flag.values()).flatMap(flag -> flag.spellings().stream()).toList());
  }

  @ParameterizedTest
  @MethodSource
  void wrongArguments_areAllNamed(String line, List<String> messages) {
    assertThat(parse(line)).isEqualTo(new Request.Wrong(messages));
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> wrongArguments_areAllNamed() {
    return Stream.of(
        argumentSet(
            "no file", "", List.of("--config-path: missing (expected: the file of the bootstrap)")),
        argumentSet(
            "near miss",
            "-c b --service-clustr x",
            List.of(
                "--service-clustr: unknown (did you mean --service-cluster?)",
                "x: unknown (expected one of: -c, --config-path, --config-yaml, --mode,"
                    + " --concurrency, --service-node, --service-cluster, --service-zone, -l,"
                    + " --log-level, --status-port, --await-config, --interception-report, -h,"
                    + " --help, --version)")),
        argumentSet("no value", "-c", List.of("-c: no value (expected: one)")),
        argumentSet(
            "value of a switch",
            "-c b --await-config=yes",
            List.of("--await-config=yes: a value (expected: none)")),
        argumentSet("twice", "-c b -c c", List.of("--config-path: given twice (expected: once)")),
        argumentSet(
            "several at once",
            "-c b --mode dance --concurrency 0 -l loud --status-port 65536",
            List.of(
                "--mode: dance (expected one of: serve, validate)",
                "--concurrency: 0 (expected: 1..1024)",
                "--log-level: loud (expected one of: trace, debug, info, warn, error, critical,"
                    + " off)",
                "--status-port: 65536 (expected: 1..65535)")),
        argumentSet(
            "no number",
            "-c b --concurrency two",
            List.of("--concurrency: two (expected: 1..1024)")),
        argumentSet(
            "empty path", "--config-path=", List.of("--config-path: \"\" (expected: a file)")));
  }

  private static Request parse(String line) {
    return Arguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }
}
