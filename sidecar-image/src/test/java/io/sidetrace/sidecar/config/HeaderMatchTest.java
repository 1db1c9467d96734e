package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.TextMatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderMatchTest {
  @ParameterizedTest
  @CsvSource({
    "exact, red, false, red, true",
    "exact, red, false, blue, false",
    "exact, red, false, , false",
    "exact, red, true, blue, true",
    "exact, red, true, , false",
    "present, '', false, blue, true",
    "present, '', false, , false",
    "present, '', true, , true",
    "prefix, re, false, red, true",
    "suffix, ed, false, red, true",
    "contains, e, true, red, false",
    "regex, r.d, false, red, true",
    "regex, r.d, false, redder, false",
    "regex, r.d, true, redder, true",
    "regex, r.d, true, , false",
  })
  void headerMatch_failsForAnAbsentFieldTurnedRoundOrNot(
      String kind, String text, boolean invert, @Nullable String value, boolean expected) {
    TextMatch match =
        switch (kind) {
          case "exact" -> new TextMatch.Exact(text);
          case "prefix" -> new TextMatch.Prefix(text);
          case "suffix" -> new TextMatch.Suffix(text);
          case "contains" -> new TextMatch.Contains(text);
          case "regex" -> new TextMatch.Regex(Pattern.compile(text));
          default -> new TextMatch.Present();
        };

    assertThat(new HeaderMatch("x-team", match, invert).matches(value)).isEqualTo(expected);
  }
}
