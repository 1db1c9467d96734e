package io.sidetrace.sidecar.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// Reads regular expressions of RE2, which take linear time whatever they are matched against.
final class RegexReader {
  /// Matches what is refused anyway.
  private static final Pattern PLACEHOLDER = Pattern.compile("");

  private RegexReader() {}

  static Pattern pattern(Field field) {
    @Nullable Pattern pattern = field.message(RegexReader::regex);
    return pattern == null ? PLACEHOLDER : pattern;
  }

  private static Pattern regex(Message message) {
    message.named("RegexMatcher");
    message.field("google_re2").message(RegexReader::engine);
    Field regex = message.field("regex");
    String text = regex.requiredText();
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      regex.refuse(
          "%s: %s (expected: an expression of RE2)"
              .formatted(regex.describe(), e.getDescription()));
      return PLACEHOLDER;
    }
  }

  /// The only engine there is, in the form of 2020.
  private static Pattern engine(Message message) {
    message.named("GoogleRE2");
    message.unsupported("max_program_size", "dropped by Envoy");
    return PLACEHOLDER;
  }
}
