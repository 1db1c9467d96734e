package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.SegmentId;
import io.sidetrace.sidecar.trace.TraceId;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Other readers of the formats, written another way than those that they judge: by regular
/// expressions, by splitting, by the JDK's decoders. Each says `trace/span` in hexadecimal, or null
/// where there is no context.
final class Judges {
  private static final String HEX = "[0-9a-fA-F]";
  private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?", Pattern.DOTALL);
  private static final Pattern MEMBER =
      Pattern.compile("[a-z0-9][a-z0-9_*/@-]{0,255}=[ -~&&[^,=]]{0,255}[!-~&&[^,=]]");
  private static final String COLON = "(?::|%3[aA])";
  private static final Pattern JAEGER =
      Pattern.compile(
          "(%s{1,32})%s(%s{1,16})%s%s{0,16}%s%s{1,2}"
              .formatted(HEX, COLON, HEX, COLON, HEX, COLON, HEX));
  private static final Pattern ROOT = Pattern.compile("1-(%s{8})-(%s{24})".formatted(HEX, HEX));

  private Judges() {}

  static @Nullable String traceparent(String text) {
    Matcher matcher = TRACEPARENT.matcher(text);
    if (!matcher.matches() || (matcher.group(1).equals("00") && matcher.group(4) != null)) {
      return null;
    }
    return context(matcher.group(2), matcher.group(3));
  }

  static boolean tracestate(String text) {
    int members = 0;
    for (String part : text.split(",")) {
      String member = part.replaceAll("^[ \t]+|[ \t]+$", "");
      if (!member.isEmpty() && !MEMBER.matcher(member).matches()) {
        return false;
      }
      members += member.isEmpty() ? 0 : 1;
    }
    return members >= 1 && members <= 32;
  }

  static @Nullable String jaeger(String text) {
    Matcher matcher = JAEGER.matcher(text);
    return matcher.matches() ? context(matcher.group(1), matcher.group(2)) : null;
  }

  static @Nullable String ottrace(String traceId, String spanId) {
    boolean hex = traceId.matches(HEX + "{1,32}") && spanId.matches(HEX + "{1,16}");
    return hex ? context(traceId, spanId) : null;
  }

  /// A parent of zero is none.
  static @Nullable String datadog(String traceId, String parentId, String tags) {
    if (!traceId.matches("[0-9]{1,20}") || !parentId.matches("[0-9]{1,20}")) {
      return null;
    }
    var low = new BigInteger(traceId);
    var span = new BigInteger(parentId);
    if (low.compareTo(LARGEST) > 0 || span.compareTo(LARGEST) > 0 || span.signum() == 0) {
      return null;
    }
    String high = "0";
    for (String tag : tags.split(",")) {
      if (tag.startsWith("_dd.p.tid=")) {
        high = tag.matches("_dd[.]p[.]tid=[0-9a-f]{16}") ? tag.substring(10) : "0";
        break;
      }
    }
    return low.signum() == 0 ? null : context(high + "%016x".formatted(low), span.toString(16));
  }

  /// @return null too for a trace without a span
  static @Nullable String xray(String text) {
    String root = null;
    String parent = null;
    if (text.isEmpty() || text.length() > 2048) {
      return null;
    }
    for (String part : text.split(";")) {
      String field = part.strip();
      Matcher matcher = ROOT.matcher(field.startsWith("Root=") ? field.substring(5) : "");
      if (field.startsWith("Root=")) {
        if (!matcher.matches() || isZero(field.substring(7))) {
          return null;
        }
        root = matcher.group(1) + matcher.group(2);
      } else if (field.startsWith("Parent=")) {
        parent = field.substring(7);
        if (!parent.matches(HEX + "{16}") || isZero(parent)) {
          return null;
        }
      } else if (!field.isEmpty() && field.indexOf('=') < 1) {
        return null;
      }
    }
    return root == null || parent == null ? null : context(root, parent);
  }

  static @Nullable String sw8(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 8
        || text.length() > 2048
        || !parts[0].matches("[01]")
        || !parts[3].matches("[0-9]{1,9}")) {
      return null;
    }
    for (int i : new int[] {1, 2, 4, 5, 6, 7}) {
      byte[] bytes = base64(parts[i]);
      if (bytes == null || (i < 3 && bytes.length == 0)) {
        return null;
      }
      parts[i] = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
    TraceId traceId = SegmentId.traceId(parts[1]);
    long spanId = SegmentId.spanId(traceId, parts[2], Integer.parseInt(parts[3]));
    return context(traceId.format(), Long.toHexString(spanId));
  }

  static @Nullable String lightstep(String text) {
    byte[] bytes = text.isEmpty() || text.length() > 8192 ? null : base64(text);
    if (bytes == null) {
      return null;
    }
    try {
      var carrier = new WireReader(bytes);
      carrier.read();
      return context(Long.toHexString(carrier.traceId()), Long.toHexString(carrier.spanId()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isZero(String text) {
    return text.matches("[0-]+");
  }

  private static @Nullable String context(String traceId, String spanId) {
    var trace = new BigInteger(traceId, 16);
    var span = new BigInteger(spanId, 16);
    return trace.signum() == 0 || span.signum() == 0
        ? null
        : trace.toString(16) + '/' + span.toString(16);
  }
}
