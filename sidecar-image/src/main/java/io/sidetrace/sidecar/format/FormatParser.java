package io.sidetrace.sidecar.format;

import io.sidetrace.sidecar.format.Format.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one format string: text, `%%`, and operators `%NAME%`, `%NAME(PARAMETER)%` and
/// `%NAME(PARAMETER):LENGTH%`, as Envoy has them. Used once.
final class FormatParser {
  private static final Pattern OPERATOR =
      Pattern.compile("%([A-Z0-9_]+)(?:\\(([^)]*)\\))?(?::([0-9]+))?%");

  /// Field names, and the parts of a start line that are written like some. Looked at before it is
  /// brought into lower case: the Kelvin sign becomes a `k` then.
  private static final Pattern HEADER_NAME =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+|:(?i:authority|method|path|scheme|status)");

  /// As long as the longest head: no value is longer.
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final String text;
  private final Surroundings surroundings;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  FormatParser(String text, Surroundings surroundings) {
    this.text = text;
    this.surroundings = surroundings;
  }

  Parsed parse() {
    Matcher operators = OPERATOR.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '%') {
        literal.append(text.charAt(at++));
      } else if (text.startsWith("%%", at)) {
        literal.append('%');
        at += 2;
      } else if (!operators.find(at) || operators.start() != at) {
        return refused(
            at, "a % that begins no operator (expected: %NAME%, or %% for a percent sign)");
      } else {
        String wrong = read(new Operator(operators));
        if (wrong != null) {
          return refused(at, wrong);
        }
        at = operators.end();
      }
    }
    endLiteral();
    return new Parsed.Compiled(new Format(parts));
  }

  private static Parsed refused(int at, String reason) {
    return new Parsed.Refused("character " + (at + 1) + ": " + reason);
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(Utf8.octets(literal.toString())));
      literal.setLength(0);
    }
  }

  /// @return why the operator is refused; null when it was added
  private @Nullable String read(Operator operator) {
    return switch (operator.name) {
      case "REQ", "RESP", "REQ_WITHOUT_QUERY" -> header(operator);
      case "ENVIRONMENT" -> environment(operator);
      case "START_TIME" -> startTime(operator);
      case "HOSTNAME" -> {
        String hostname = surroundings.hostname();
        yield plain(operator, new Part.Constant(hostname.isEmpty() ? null : hostname));
      }
      default -> {
        Part part = fact(operator.name);
        yield part == null ? unknown(operator.name) : plain(operator, part);
      }
    };
  }

  private static @Nullable Part fact(String name) {
    for (TextFact fact : TextFact.values()) {
      if (fact.name().equals(name)) {
        return new Part.Text(fact);
      }
    }
    for (NumberFact fact : NumberFact.values()) {
      if (fact.name().equals(name)) {
        return new Part.Amount(fact);
      }
    }
    return null;
  }

  private @Nullable String header(Operator operator) {
    if (operator.parameter.isEmpty()) {
      return operator.written + " without a header (expected: %" + operator.name + "(NAME)%)";
    }
    String[] names = operator.parameter.split("\\?", -1);
    boolean fit = names.length <= 2;
    for (String name : names) {
      fit &= HEADER_NAME.matcher(name).matches();
    }
    if (!fit) {
      return operator.written + " (expected: the name of a header, or two with ? between them)";
    }
    var read =
        new Part.HeaderNames(
            names[0].toLowerCase(Locale.ROOT),
            names.length == 1 ? null : names[1].toLowerCase(Locale.ROOT));
    return add(
        switch (operator.name) {
          case "RESP" -> new Part.ResponseHeader(read, operator.length);
          case "REQ" -> new Part.RequestHeader(read, operator.length);
          default ->
              new Part.RequestHeaderWithoutQuery(new Part.RequestHeader(read, operator.length));
        });
  }

  private @Nullable String environment(Operator operator) {
    if (operator.parameter.isEmpty()) {
      return operator.written + " without a variable (expected: %ENVIRONMENT(NAME)%)";
    }
    String value = surroundings.environment().get(operator.parameter);
    if (value == null) {
      return add(new Part.Constant(null));
    }
    String octets = Utf8.octets(value);
    return add(new Part.Constant(octets.substring(0, Math.min(octets.length(), operator.length))));
  }

  private @Nullable String startTime(Operator operator) {
    if (operator.length != NO_LIMIT) {
      return operator.written + " with a length (expected: none)";
    }
    String pattern = operator.parameter.isEmpty() ? TimeFormat.DEFAULT : operator.parameter;
    return switch (TimeFormat.parse(Utf8.octets(pattern))) {
      case TimeFormat.Parsed.Compiled(var format) -> add(new Part.StartTime(format));
      case TimeFormat.Parsed.Refused(var reason) -> operator.written + ": " + reason;
    };
  }

  private @Nullable String plain(Operator operator, Part part) {
    if (!operator.parameter.isEmpty() || operator.length != NO_LIMIT) {
      return operator.written + " (expected: neither parameter nor length)";
    }
    return add(part);
  }

  private @Nullable String add(Part part) {
    endLiteral();
    parts.add(part);
    return null;
  }

  private static String unknown(String name) {
    String names =
        Stream.of(
                Stream.of("ENVIRONMENT", "HOSTNAME", "REQ", "REQ_WITHOUT_QUERY", "RESP"),
                Stream.of("START_TIME"),
                Arrays.stream(TextFact.values()).map(Enum::name),
                Arrays.stream(NumberFact.values()).map(Enum::name))
            .flatMap(each -> each)
            .sorted()
            .collect(Collectors.joining(", "));
    return "%" + name + "% is not supported (expected one of: " + names + ")";
  }

  /// What stands between two percent signs.
  private static final class Operator {
    final String written;
    final String name;
    final String parameter;
    final int length;

    Operator(Matcher match) {
      written = match.group();
      name = String.valueOf(match.group(1));
      parameter = match.group(2) == null ? "" : match.group(2);
      length = match.group(3) == null ? NO_LIMIT : length(match.group(3));
    }

    /// A length that fits into no int limits nothing.
    private static int length(String digits) {
      return digits.length() > 9 ? NO_LIMIT - 1 : Integer.parseInt(digits);
    }
  }
}
