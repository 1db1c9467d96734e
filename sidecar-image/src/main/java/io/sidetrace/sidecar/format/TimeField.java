package io.sidetrace.sidecar.format;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A part of a date in UTC, by its letter in `strftime`.
enum TimeField {
  YEAR("Y"),
  YEAR_OF_CENTURY("y"),
  MONTH("m"),
  DAY("d"),
  DAY_BLANK("e"),
  DAY_OF_YEAR("j"),
  HOUR("H"),
  HOUR_12("I"),
  MINUTE("M"),
  SECOND("S"),
  AM_OR_PM("p"),
  EPOCH_SECOND("s"),
  WEEKDAY("a"),
  WEEKDAY_NAME("A"),
  MONTH_ABBREVIATION("b"),
  MONTH_NAME("B"),
  OFFSET("z"),
  OFFSET_COLON("Ez"),
  ZONE("Z");

  private static final int DAY_SECONDS = 86_400;

  private static final String[] WEEKDAYS = {
    "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"
  };

  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private final String letter;

  TimeField(String letter) {
    this.letter = letter;
  }

  static @Nullable TimeField of(String letter) {
    for (TimeField field : values()) {
      if (field.letter.equals(letter)) {
        return field;
      }
    }
    return null;
  }

  /// All conversions, for a message.
  static String all() {
    return Arrays.stream(values())
        .map(field -> "%" + field.letter)
        .collect(Collectors.joining(" "));
  }

  void append(long second, StringBuilder out) {
    long day = Math.floorDiv(second, DAY_SECONDS);
    int ofDay = (int) Math.floorMod(second, (long) DAY_SECONDS);
    switch (this) {
      case YEAR -> out.append(year(day));
      case YEAR_OF_CENTURY -> two(year(day) % 100, '0', out);
      case MONTH -> two(month(day), '0', out);
      case DAY -> two(dayOfMonth(day), '0', out);
      case DAY_BLANK -> two(dayOfMonth(day), ' ', out);
      case DAY_OF_YEAR -> {
        int ordinal = (int) (day - firstDay(year(day))) + 1;
        out.append((char) ('0' + ordinal / 100));
        two(ordinal % 100, '0', out);
      }
      case HOUR -> two(ofDay / 3600, '0', out);
      case HOUR_12 -> two((ofDay / 3600 + 11) % 12 + 1, '0', out);
      case MINUTE -> two(ofDay / 60 % 60, '0', out);
      case SECOND -> two(ofDay % 60, '0', out);
      case AM_OR_PM -> out.append(ofDay < DAY_SECONDS / 2 ? "AM" : "PM");
      case EPOCH_SECOND -> out.append(second);
      case WEEKDAY -> out.append(weekday(day), 0, 3);
      case WEEKDAY_NAME -> out.append(weekday(day));
      case MONTH_ABBREVIATION -> out.append(MONTHS[month(day) - 1], 0, 3);
      case MONTH_NAME -> out.append(MONTHS[month(day) - 1]);
      case OFFSET -> out.append("+0000");
      case OFFSET_COLON -> out.append("+00:00");
      case ZONE -> out.append("UTC");
    }
  }

  private static void two(int number, char padding, StringBuilder out) {
    out.append(number < 10 ? padding : (char) ('0' + number / 10))
        .append((char) ('0' + number % 10));
  }

  private static String weekday(long day) {
    return WEEKDAYS[(int) Math.floorMod(day, 7L)];
  }

  private static int year(long day) {
    return civil(day) >> 9;
  }

  private static int month(long day) {
    return civil(day) >> 5 & 0xf;
  }

  private static int dayOfMonth(long day) {
    return civil(day) & 0x1f;
  }

  /// The Gregorian date of a day since 1970: the year, four bits of the month, five of the day. In
  /// numbers and not as a `LocalDate`, so that a log line makes no garbage.
  private static int civil(long day) {
    long sinceMarch = day + 719_468; // days since 0000-03-01: leap days end a year that begins then
    int era = (int) Math.floorDiv(sinceMarch, 146_097L);
    int ofEra = (int) Math.floorMod(sinceMarch, 146_097L);
    int year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * year + year / 4 - year / 100);
    int month = (5 * ofYear + 2) / 153;
    int ofMonth = ofYear - (153 * month + 2) / 5 + 1;
    boolean nextYear = month >= 10;
    int number = nextYear ? month - 9 : month + 3;
    return (era * 400 + year + (nextYear ? 1 : 0)) << 9 | number << 5 | ofMonth;
  }

  private static long firstDay(int year) {
    int before = year - 1;
    // 477 leap days came before 1970
    return 365L * (year - 1970) + before / 4 - before / 100 + before / 400 - 477;
  }
}
