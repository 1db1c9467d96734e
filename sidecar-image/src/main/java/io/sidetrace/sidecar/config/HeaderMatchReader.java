package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.TextMatch;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads how routes match header fields.
final class HeaderMatchReader {
  private HeaderMatchReader() {}

  /// Without any comparison a field only has to be there.
  static HeaderMatch headerMatch(Message message) {
    message.named("HeaderMatcher");
    message.unsupported(
        "safe_regex_match", "dropped by Envoy (expected: string_match with safe_regex)");
    message.unsupported("range_match", "not yet (expected: string_match)");
    message.field("treat_missing_header_as_empty").only(false, "an absent header matches nothing");
    String name = message.field("name").requiredText().toLowerCase(Locale.ROOT);
    boolean invert = message.field("invert_match").flag(false);
    boolean present = message.field("present_match").flag(true);
    return new HeaderMatch(name, comparison(message), invert == present);
  }

  private static TextMatch comparison(Message message) {
    return message.<TextMatch>atMostOneOf(
        new TextMatch.Present(),
        List.of(
            new Alternative<>("present_match", _ -> new TextMatch.Present()),
            new Alternative<>("string_match", HeaderMatchReader::stringMatch),
            new Alternative<>("exact_match", field -> new TextMatch.Exact(field.text(""))),
            new Alternative<>("prefix_match", field -> new TextMatch.Prefix(field.requiredText())),
            new Alternative<>("suffix_match", field -> new TextMatch.Suffix(field.requiredText())),
            new Alternative<>(
                "contains_match", field -> new TextMatch.Contains(field.requiredText()))));
  }

  private static TextMatch stringMatch(Field field) {
    @Nullable TextMatch match = field.message(HeaderMatchReader::stringMatch);
    return match == null ? new TextMatch.Present() : match;
  }

  private static TextMatch stringMatch(Message message) {
    message.named("StringMatcher");
    message.field("ignore_case").only(false, "values are compared as they are");
    return message.<TextMatch>oneOf(
        new TextMatch.Present(),
        List.of(
            new Alternative<>("exact", field -> new TextMatch.Exact(field.text(""))),
            new Alternative<>("prefix", field -> new TextMatch.Prefix(field.requiredText())),
            new Alternative<>("suffix", field -> new TextMatch.Suffix(field.requiredText())),
            new Alternative<>("contains", field -> new TextMatch.Contains(field.requiredText())),
            new Alternative<>(
                "safe_regex", field -> new TextMatch.Regex(RegexReader.pattern(field)))));
  }
}
