package io.sidetrace.sidecar.export.xray;

import io.sidetrace.sidecar.export.JsonBuffer;
import io.sidetrace.sidecar.trace.Span;
import org.jspecify.annotations.Nullable;

/// What of a span's tags X-Ray has fields for. Filled anew for each span; confined to one thread.
final class HttpFields {
  /// X-Ray's limit of an annotation; what comes from a request's head may be as long as that.
  private static final int MOST_CHARACTERS = 1_000;

  /// Digits of a number that X-Ray is sure to read.
  private static final int MOST_DIGITS = 15;

  private static final int TOO_MANY_REQUESTS = 429;

  private @Nullable String method;
  private @Nullable String url;
  private @Nullable String userAgent;
  private @Nullable String clientIp;
  private @Nullable String status;
  private @Nullable String contentLength;
  private boolean error;

  void clear() {
    method = null;
    url = null;
    userAgent = null;
    clientIp = null;
    status = null;
    contentLength = null;
    error = false;
  }

  /// Keeps the tag where there is a field for it; false: it is an annotation.
  boolean take(Span.Tag tag) {
    String value = tag.value();
    switch (tag.key()) {
      case "http.method" -> method = value;
      case "http.url" -> url = value;
      case "user_agent" -> userAgent = value;
      case "peer.address" -> clientIp = value;
      case "error" -> error = value.equals("true");
      case "http.status_code" -> {
        if (!isNumber(value)) {
          return false;
        }
        status = value;
      }
      case "response_size" -> {
        if (!isNumber(value)) {
          return false;
        }
        contentLength = value;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  void writeTo(JsonBuffer json) {
    json.raw(",\"http\":{\"request\":{\"x_forwarded_for\":false");
    text(json, ",\"method\":", method);
    text(json, ",\"url\":", url);
    text(json, ",\"user_agent\":", userAgent);
    text(json, ",\"client_ip\":", clientIp);
    json.raw("}");
    if (status != null || contentLength != null) {
      json.raw(",\"response\":{");
      json.raw(status == null ? "" : "\"status\":" + status);
      json.raw(status == null || contentLength == null ? "" : ",");
      json.raw(contentLength == null ? "" : "\"content_length\":" + contentLength);
      json.raw("}");
    }
    json.raw("}");
    flags(json);
  }

  /// A client's mistake is an `error`, a server's a `fault`.
  private void flags(JsonBuffer json) {
    int code = status == null ? 0 : (int) Long.parseLong(status);
    if (code >= 400 && code < 500) {
      json.raw(",\"error\":true");
    }
    if (code == TOO_MANY_REQUESTS) {
      json.raw(",\"throttle\":true");
    }
    if (code >= 500 || error) {
      json.raw(",\"fault\":true");
    }
  }

  private static void text(JsonBuffer json, String key, @Nullable String value) {
    if (value != null) {
      json.raw(key).text(cut(value));
    }
  }

  static String cut(String value) {
    return value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS);
  }

  private static boolean isNumber(String text) {
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
