package io.sidetrace.sidecar.format;

import org.jspecify.annotations.Nullable;

/// One piece of a format: text, or an operator. Immutable.
sealed interface Part {

  /// Appends what it has to say.
  ///
  /// @return false when there is nothing, and nothing was appended
  boolean append(ExchangeFacts facts, StringBuilder out);

  /// Text that stands in the format.
  record Literal(String text) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      out.append(text);
      return true;
    }
  }

  /// An operator about the process, known once and for all.
  ///
  /// @param value null: the process has none
  record Constant(@Nullable String value) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      return cut(value, Integer.MAX_VALUE, out);
    }
  }

  /// `REQ`.
  record RequestHeader(HeaderNames names, int length) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      return cut(value(facts), length, out);
    }

    @Nullable String value(ExchangeFacts facts) {
      String value = facts.requestHeader(names.main());
      return value == null && names.other() != null ? facts.requestHeader(names.other()) : value;
    }
  }

  /// `REQ_WITHOUT_QUERY`.
  record RequestHeaderWithoutQuery(RequestHeader header) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      String value = header.value(facts);
      int query = value == null ? -1 : value.indexOf('?');
      return cut(value, query < 0 ? header.length : Math.min(query, header.length), out);
    }
  }

  /// `RESP`.
  record ResponseHeader(HeaderNames names, int length) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      String value = facts.responseHeader(names.main());
      return cut(
          value == null && names.other() != null ? facts.responseHeader(names.other()) : value,
          length,
          out);
    }
  }

  record Text(TextFact fact) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      return cut(facts.text(fact), Integer.MAX_VALUE, out);
    }
  }

  record Amount(NumberFact fact) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      long number = facts.number(fact);
      if (number == NumberFact.ABSENT) {
        return false;
      }
      out.append(number);
      return true;
    }
  }

  record StartTime(TimeFormat format) implements Part {
    @Override
    public boolean append(ExchangeFacts facts, StringBuilder out) {
      format.append(facts.startMicros(), out);
      return true;
    }
  }

  /// Which field is read.
  ///
  /// @param other stands in for the main one where that is absent; null: nothing does
  record HeaderNames(String main, @Nullable String other) {}

  private static boolean cut(@Nullable String value, int length, StringBuilder out) {
    if (value == null) {
      return false;
    }
    out.append(value, 0, Math.min(value.length(), length));
    return true;
  }
}
