package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.Fields;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Takes the offer to go on in HTTP/2 (`Upgrade: h2c`) out of a request: accepted, it would turn
/// the connection into one whose requests nobody sees. Envoy does the same.
final class Http2Offer {
  private Http2Offer() {}

  static void strip(Fields head, HeaderEdits edits) {
    edits.remove("upgrade");
    edits.remove("http2-settings");
    String connection = head.first("connection");
    if (connection == null) {
      return;
    }
    String rest =
        Arrays.stream(connection.split(","))
            .map(String::strip)
            .filter(option -> !isOfTheOffer(option))
            .collect(Collectors.joining(", "));
    if (rest.isEmpty()) {
      edits.remove("connection");
    } else {
      edits.set("connection", rest);
    }
  }

  private static boolean isOfTheOffer(String option) {
    String lower = option.toLowerCase(Locale.ROOT);
    return lower.isEmpty() || lower.equals("upgrade") || lower.equals("http2-settings");
  }
}
