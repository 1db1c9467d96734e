package io.sidetrace.sidecar.export.xray;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What X-Ray's public documentation of segment documents demands, stricter than any emulator.
final class SegmentDocument {
  private static final String HEAD = "{\"format\":\"json\",\"version\":1}\n";
  private static final int MOST_BYTES = 64_000;
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}\\p{Z}_.:/%&#=+\\\\\\-@]{1,200}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern TRACE_ID = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "id",
          "trace_id",
          "start_time",
          "end_time",
          "parent_id",
          "http",
          "annotations",
          "origin",
          "aws",
          "fault",
          "error",
          "throttle",
          "type");
  private static final Set<String> REQUEST =
      Set.of("method", "url", "user_agent", "client_ip", "x_forwarded_for");
  private static final Set<String> RESPONSE = Set.of("status", "content_length");

  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Value> fields;

  private SegmentDocument(Map<String, Value> fields) {
    this.fields = fields;
  }

  /// Everything that is wrong with a datagram.
  static List<String> complaints(String datagram) {
    if (!datagram.startsWith(HEAD)) {
      return List.of("head");
    }
    String json = datagram.substring(HEAD.length());
    if (!(DocumentParser.parse(json) instanceof Parsed.Document(Value.Mapping(var fields)))) {
      return List.of("no JSON: " + json);
    }
    var document = new SegmentDocument(fields);
    document.expect(json.length() <= MOST_BYTES, "size");
    document.check();
    return document.complaints;
  }

  private void check() {
    expect(KNOWN.containsAll(fields.keySet()), "unknown field in " + fields.keySet());
    expect(NAME.matcher(text(fields, "name")).matches(), "name");
    expect(ID.matcher(text(fields, "id")).matches(), "id");
    expect(TRACE_ID.matcher(text(fields, "trace_id")).matches(), "trace_id");
    expect(time("start_time").compareTo(time("end_time")) <= 0, "times");
    if (fields.containsKey("parent_id")) {
      expect(ID.matcher(text(fields, "parent_id")).matches(), "parent_id");
    }
    boolean subsegment = fields.containsKey("type");
    expect(!subsegment || text(fields, "type").equals("subsegment"), "type");
    expect(!subsegment || fields.containsKey("parent_id"), "subsegment without parent_id");
    expect(!subsegment || !fields.containsKey("origin"), "origin of a subsegment");
    for (String flag : List.of("fault", "error", "throttle")) {
      expect(!fields.containsKey(flag) || fields.get(flag) instanceof Value.Flag, flag);
    }
    expect(!fields.containsKey("aws") || fields.get("aws") instanceof Value.Mapping, "aws");
    http();
    annotations();
  }

  private BigDecimal time(String field) {
    if (fields.get(field) instanceof Value.Numeral numeral) {
      return new BigDecimal(numeral.written());
    }
    complaints.add(field);
    return BigDecimal.ZERO;
  }

  private void http() {
    Map<String, Value> http = mapping(fields, "http");
    Map<String, Value> request = mapping(http, "request");
    expect(REQUEST.containsAll(request.keySet()), "http.request: " + request.keySet());
    request.forEach((name, value) -> {
      boolean flag = name.equals("x_forwarded_for");
      expect(flag ? value instanceof Value.Flag : value instanceof Value.Text, name);
    });
    if (http.containsKey("response")) {
      Map<String, Value> response = mapping(http, "response");
      expect(RESPONSE.containsAll(response.keySet()), "http.response: " + response.keySet());
      response.values().forEach(value -> expect(value instanceof Value.Numeral, "http.response"));
    }
  }

  private void annotations() {
    mapping(fields, "annotations")
        .forEach((key, value) -> {
          expect(!key.isEmpty() && key.length() <= 500, "annotation " + key);
          expect(
              value instanceof Value.Text(var text) && text.length() <= 1_000, "annotation " + key);
        });
  }

  private Map<String, Value> mapping(Map<String, Value> from, String field) {
    if (from.get(field) instanceof Value.Mapping(var inner)) {
      return inner;
    }
    complaints.add(field + " is no object");
    return Map.of();
  }

  private static String text(Map<String, Value> from, String field) {
    return from.get(field) instanceof Value.Text(var text) ? text : "";
  }

  private void expect(boolean holds, String complaint) {
    if (!holds) {
      complaints.add(complaint);
    }
  }
}
