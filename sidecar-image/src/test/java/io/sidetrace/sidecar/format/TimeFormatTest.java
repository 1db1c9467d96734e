package io.sidetrace.sidecar.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeFormatTest {
  /// Date, pattern, text.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-25T10:32:16.805123Z | %Y/%m/%d %H:%M:%S %z %Z %j %a %b %p %e %E3S | 2026/11/25 10:32:16 +0000 UTC 329 Wed Nov AM 25 16.805
          2026-01-02T03:04:05.000007Z | %F %T %D %R                  | 2026-01-02 03:04:05 01/02/26 03:04
          2026-01-02T03:04:05.000007Z | %f %1f %6f %9f %E6S          | 000007000 0 000007 000007000 05.000007
          2026-01-02T03:04:05Z        | %e.%B %A %I%p %y %Ez 100%%   | ' 2.January Friday 03AM 26 +00:00 100%'
          2026-01-02T00:00:00Z        | %I %p                        | 12 AM
          2026-01-02T12:59:59Z        | %I %p                        | 12 PM
          2026-01-02T23:59:59Z        | %I %p %%F                    | 11 PM %F
          2024-02-29T00:00:00Z        | %F %j                        | 2024-02-29 060
          2024-12-31T00:00:00Z        | %F %j                        | 2024-12-31 366
          2000-02-29T00:00:00Z        | %F %j                        | 2000-02-29 060
          1969-12-31T23:59:59.5Z      | %F %T %s %1f                 | 1969-12-31 23:59:59 -1 5
          """)
  void date_isWrittenAsStrftimeWould(Instant date, String pattern, String text) {
    assertThat(write(pattern, date)).isEqualTo(text);
  }

  @Test
  void everyDay_isTheCalendars() {
    RandomGenerator random = new SplittableRandom(1);
    DateTimeFormatter jdk = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss DDD EEE", Locale.US);
    for (int round = 0; round < 20_000; round++) {
      Instant date = Instant.ofEpochSecond(random.nextLong(-30_610_224_000L, 253_402_300_800L));
      assertThat(write("%Y-%m-%d %H:%M:%S %j %a", date))
          .isEqualTo(jdk.format(LocalDateTime.ofInstant(date, ZoneOffset.UTC)));
    }
  }

  @ParameterizedTest
  @CsvSource({"%Q, %Q", "%, %", "%0f, %0", "%E3X, %E3X", "%n, %n", "%E3, %E3"})
  void unknownConversion_isRefused(String pattern, String named) {
    assertThat(TimeFormat.parse(pattern))
        .isInstanceOfSatisfying(
            TimeFormat.Parsed.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith(named + " is no part of a date (expected one of: %Y %y "));
  }

  private static String write(String pattern, Instant date) {
    var out = new StringBuilder();
    switch (TimeFormat.parse(pattern)) {
      case TimeFormat.Parsed.Compiled(var format) ->
          format.append(date.getEpochSecond() * 1_000_000 + date.getNano() / 1_000, out);
      case TimeFormat.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    }
    return out.toString();
  }
}
