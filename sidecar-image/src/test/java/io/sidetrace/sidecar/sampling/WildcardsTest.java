package io.sidetrace.sidecar.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WildcardsTest {
  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    "*, '', true",
    "*, /any/thing, true",
    "'', '', true",
    "'', a, false",
    "?, '', false",
    "?, a, true",
    "/api/*, /api/, true",
    "/api/*, /api/a/b?c=d, true",
    "/api/*, /apis, false",
    "*.example.com, a.b.example.com, true",
    "*.example.com, example.com, false",
    "GET, get, true",
    "a*b*c, abbbc, true",
    "a*b*c, acb, false",
    "/v?/a, /v1/a, true",
    "/v?/a, /v12/a, false",
    "**a**, bab, true",
    "ab*, ab, true",
    "*ab, aab, true"
  })
  void pattern_matchesAsInXRay(String pattern, String text, boolean matches) {
    assertThat(Wildcards.match(pattern, text)).isEqualTo(matches);
  }

  @Test
  @Timeout(5)
  void hostilePattern_takesNoLongerThanBothLengths() {
    assertThat(Wildcards.match("*a".repeat(100) + "b", "a".repeat(20_000))).isFalse();
  }
}
