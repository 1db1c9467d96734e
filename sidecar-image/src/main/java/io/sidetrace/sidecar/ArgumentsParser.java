package io.sidetrace.sidecar;

import io.sidetrace.sidecar.Arguments.LogLevel;
import io.sidetrace.sidecar.Arguments.Mode;
import io.sidetrace.sidecar.Arguments.Request;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.document.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one command line and keeps all that is wrong with it. Used once.
final class ArgumentsParser {
  /// More loops than any machine has threads would only be a slip of the finger.
  private static final int MOST_LOOPS = 1024;

  private final Map<Flag, String> values = new EnumMap<>(Flag.class);
  private final List<String> wrong = new ArrayList<>();

  Request parse(List<String> arguments) {
    collect(arguments.iterator());
    if (values.containsKey(Flag.HELP)) {
      return new Request.Help();
    }
    if (values.containsKey(Flag.VERSION)) {
      return new Request.Version();
    }
    Arguments parsed = arguments();
    if (parsed.config() == null && parsed.configYaml().isEmpty() && wrong.isEmpty()) {
      wrong.add("--config-path: missing (expected: the file of the bootstrap)");
    }
    return wrong.isEmpty() ? new Request.Run(parsed) : new Request.Wrong(wrong);
  }

  private void collect(Iterator<String> arguments) {
    while (arguments.hasNext()) {
      String argument = arguments.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String spelling = equals < 0 ? argument : argument.substring(0, equals);
      Optional<Flag> flag = Flag.of(spelling);
      if (flag.isEmpty()) {
        wrong.add(unknown(spelling));
      } else if (equals >= 0) {
        assigned(flag.get(), argument.substring(equals + 1));
      } else if (!flag.get().takesValue()) {
        keep(flag.get(), "");
      } else if (arguments.hasNext()) {
        keep(flag.get(), arguments.next());
      } else {
        wrong.add(spelling + ": no value (expected: one)");
      }
    }
  }

  private void assigned(Flag flag, String value) {
    if (flag.takesValue()) {
      keep(flag, value);
    } else {
      wrong.add(flag.full() + "=" + value + ": a value (expected: none)");
    }
  }

  private void keep(Flag flag, String value) {
    if (values.putIfAbsent(flag, value) != null) {
      wrong.add(flag.full() + ": given twice (expected: once)");
    }
  }

  private static String unknown(String spelling) {
    List<String> known =
        Stream.of(Flag.values()).flatMap(flag -> flag.spellings().stream()).toList();
    return spelling
        + ": unknown"
        + Nearest.to(spelling, known)
            .map(near -> " (did you mean " + near + "?)")
            .orElse(" (expected one of: " + String.join(", ", known) + ")");
  }

  private Arguments arguments() {
    return new Arguments(
        path(Flag.CONFIG_PATH),
        text(Flag.CONFIG_YAML),
        choice(Flag.MODE, Mode.SERVE),
        number(Flag.CONCURRENCY, MOST_LOOPS),
        new Node(text(Flag.SERVICE_NODE), text(Flag.SERVICE_CLUSTER), text(Flag.SERVICE_ZONE)),
        choice(Flag.LOG_LEVEL, LogLevel.INFO),
        number(Flag.STATUS_PORT, 65535),
        values.containsKey(Flag.AWAIT_CONFIG),
        path(Flag.INTERCEPTION_REPORT));
  }

  private String text(Flag flag) {
    return values.getOrDefault(flag, "");
  }

  private @Nullable Path path(Flag flag) {
    String value = values.get(flag);
    try {
      if (value == null || !value.isEmpty()) {
        return value == null ? null : Path.of(value);
      }
    } catch (InvalidPathException e) {
      // said below, with what is expected
    }
    wrong.add("%s: \"%s\" (expected: a file)".formatted(flag.full(), value));
    return null;
  }

  private OptionalInt number(Flag flag, int most) {
    String value = values.get(flag);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // said below, with what is expected
    }
    wrong.add("%s: %s (expected: 1..%d)".formatted(flag.full(), value, most));
    return OptionalInt.empty();
  }

  private <E extends Enum<E>> E choice(Flag flag, E otherwise) {
    String value = values.get(flag);
    if (value == null) {
      return otherwise;
    }
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    Optional<E> chosen =
        Arrays.stream(constants).filter(constant -> spelling(constant).equals(value)).findFirst();
    if (chosen.isEmpty()) {
      String expected =
          Arrays.stream(constants).map(ArgumentsParser::spelling).collect(Collectors.joining(", "));
      wrong.add("%s: %s (expected one of: %s)".formatted(flag.full(), value, expected));
    }
    return chosen.orElse(otherwise);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
