package io.sidetrace.sidecar.format;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A format string, compiled. Immutable; formats of the same meaning are equal.
public final class Format {
  /// Envoy's, for logs that name none.
  public static final Format DEFAULT_LOG =
      known(
          "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
              + " %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
              + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\""
              + " \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\""
              + " \"%UPSTREAM_HOST%\"\n");

  /// In which the client's address may stand.
  private static final String FORWARDED_FOR = "x-forwarded-for";

  private final List<Part> parts;

  Format(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// What became of a text.
  public sealed interface Parsed {
    record Compiled(Format format) implements Parsed {}

    /// The text is no format.
    ///
    /// @param reason where it breaks, what came and what was expected
    record Refused(String reason) implements Parsed {}
  }

  /// Reads a format; `surroundings` answers the operators that ask for them.
  public static Parsed parse(String text, Surroundings surroundings) {
    return new FormatParser(text, surroundings).parse();
  }

  private static Format known(String text) {
    return switch (parse(text, new Surroundings("", Map.of()))) {
      case Parsed.Compiled(var format) -> format;
      case Parsed.Refused(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /// Appends the octets of the format for one exchange, one a character.
  public void append(ExchangeFacts facts, Absent absent, StringBuilder out) {
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).append(facts, out)) {
        out.append(absent.text());
      }
    }
  }

  /// The octets as a string of their own; what is absent leaves nothing.
  public String format(ExchangeFacts facts) {
    var out = new StringBuilder();
    append(facts, Absent.EMPTY, out);
    return out.toString();
  }

  /// As [#format], but in characters: octets that are UTF-8 are read as such.
  public String characters(ExchangeFacts facts) {
    return Utf8.characters(format(facts));
  }

  /// The only part; null when there are several, or none.
  @Nullable Part single() {
    return parts.size() == 1 ? parts.getFirst() : null;
  }

  /// The fields of the request that it reads, which must be kept until it is written.
  public Set<String> requestHeaders() {
    Set<String> names = new TreeSet<>();
    for (Part part : parts) {
      switch (part) {
        case Part.RequestHeader header -> add(header.names(), names);
        case Part.Text(TextFact fact) -> {
          if (isForwarded(fact)) {
            names.add(FORWARDED_FOR);
          }
        }
        case Part.RequestHeaderWithoutQuery(var header) -> add(header.names(), names);
        case Part.ResponseHeader _,
            Part.Literal _,
            Part.Constant _,
            Part.Amount _,
            Part.StartTime _ -> {}
      }
    }
    return names;
  }

  private static boolean isForwarded(TextFact fact) {
    return fact == TextFact.DOWNSTREAM_REMOTE_ADDRESS
        || fact == TextFact.DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT;
  }

  /// The fields of the response that it reads.
  public Set<String> responseHeaders() {
    Set<String> names = new TreeSet<>();
    for (Part part : parts) {
      if (part instanceof Part.ResponseHeader(var header, _)) {
        add(header, names);
      }
    }
    return names;
  }

  private static void add(Part.HeaderNames header, Set<String> names) {
    names.add(header.main());
    if (header.other() != null) {
      names.add(header.other());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Format format && parts.equals(format.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
