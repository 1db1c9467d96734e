package io.sidetrace.operator.validate;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The forms of what goes into requests: paths, header fields, durations, regular expressions. The
/// schema's rules say the same.
final class Forms {
  static final String DURATION_EXPECTED = "a duration above 0 in ms, s or m, such as 1s or 250ms";
  static final String FIELD_NAME_EXPECTED =
      "the name of a header in lower case, none of those that HTTP itself uses, and no binary"
          + " metadata";

  private static final Pattern DURATION = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?(ms|s|m)");
  private static final Pattern NOT_ZERO = Pattern.compile(".*[1-9].*");
  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");
  private static final Pattern BARE_PATH = Pattern.compile("/[\\x21-\\x7e&&[^#?]]*");

  /// A token of RFC 9110.
  private static final Pattern TOKEN = Pattern.compile("[\\p{Alnum}!#$%&'*+.^_`|~-]{1,256}");

  private static final Pattern FIELD_NAME = Pattern.compile("[a-z0-9!#$&*+.^_`|~-]{1,128}");
  private static final Pattern FIELD_VALUE =
      Pattern.compile("[\\x21-\\x7e&&[^%]]([\\x20-\\x7e&&[^%]]*[\\x21-\\x7e&&[^%]])?");
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// What Java has and RE2 has not: lookaround, atomic groups, possessive quantifiers, references
  /// to groups.
  private static final Pattern NOT_RE2 =
      Pattern.compile("\\(\\?<?[=!]|\\(\\?>|[*+?}]\\+|\\\\[1-9k]|&&");

  private Forms() {}

  static boolean isDuration(String text) {
    return DURATION.matcher(text).matches() && NOT_ZERO.matcher(text).matches();
  }

  static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }

  /// Without query.
  static boolean isBarePath(String text) {
    return BARE_PATH.matcher(text).matches();
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /// One that a user may set in messages to a collector.
  static boolean isFieldName(String text) {
    return FIELD_NAME.matcher(text).matches()
        && !text.startsWith("grpc-")
        && !text.endsWith("-bin")
        && !RESERVED.contains(text);
  }

  static boolean isFieldValue(String text) {
    return FIELD_VALUE.matcher(text).matches();
  }

  /// As far as Java can tell; the API server, whose engine it is, tells exactly.
  static boolean isRegex(String text) {
    try {
      Pattern.compile(text);
      return !NOT_RE2.matcher(text).find();
    } catch (PatternSyntaxException _) {
      return false;
    }
  }

  /// Whether a number has no more than so many digits behind the point.
  static boolean isInSteps(double number, int digits) {
    var steps = number * Math.pow(10, digits);
    return Math.abs(steps - Math.rint(steps)) < 1e-6; // 33.33 * 100 is not exact
  }
}
