package io.sidetrace.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.Arguments.Request;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Command lines, an argument on each line: read or refused with what was expected, and alike
/// however a value is joined to its flag.
final class ArgumentsFuzzTest {
  private static final List<String> EXAMPLES =
      Corpus.of("command-line").stream().map(Corpus.Entry::input).toList();

  private static final Mutator MUTATOR =
      new Mutator(
          Stream.concat(
                  Stream.of(Flag.values()).flatMap(flag -> flag.spellings().stream()),
                  Stream.of("\n", "=", "--", "\n-c\n/x", "\n--mode\nvalidate", "1", "2147483648"))
              .toList(),
          "\n=- ./0129azAZ\u0000\u00e9\u0130\uff11\ud800");

  @Test
  void commandLines_areReadOrRefused() {
    Map<String, Integer> verdicts =
        new Fuzz("command-line", 30_000, ArgumentsFuzzTest::lines, ArgumentsFuzzTest::judge).run();
    assertThat(verdicts).as("%s", verdicts).containsKeys("Run", "Wrong", "Help", "Version");
    assertThat(verdicts.get("Run")).as("%s", verdicts).isGreaterThan(1_000);
  }

  private static String lines(RandomGenerator random) {
    String good = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
    return MUTATOR.mutate(good, EXAMPLES.get(random.nextInt(EXAMPLES.size())), random);
  }

  private static String judge(String lines) {
    List<String> arguments = List.of(lines.split("\n", -1));
    Request request = Arguments.parse(arguments);
    if (request instanceof Request.Wrong(var messages)) {
      assertThat(messages).isNotEmpty().allMatch(message -> message.matches("(?s).*\\(.*\\)"));
    } else {
      assertThat(Arguments.parse(apart(arguments))).isEqualTo(request);
    }
    return request.getClass().getSimpleName();
  }

  /// Each `--flag=value` as two arguments, where it stands for a flag and not for a value.
  private static List<String> apart(List<String> arguments) {
    var apart = new ArrayList<String>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (equals >= 0 && takesValue(argument.substring(0, equals))) {
        apart.add(argument.substring(0, equals));
        apart.add(argument.substring(equals + 1));
      } else {
        apart.add(argument);
        if (takesValue(argument) && i + 1 < arguments.size()) {
          apart.add(arguments.get(++i));
        }
      }
    }
    return apart;
  }

  private static boolean takesValue(String spelling) {
    return Flag.of(spelling).filter(Flag::takesValue).isPresent();
  }
}
