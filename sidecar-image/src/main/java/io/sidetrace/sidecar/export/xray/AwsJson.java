package io.sidetrace.sidecar.export.xray;

import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.export.JsonBuffer;

/// Writes what a configuration says of an AWS resource, as it stands there.
final class AwsJson {
  private AwsJson() {}

  static byte[] of(Value.Mapping aws) {
    var json = new JsonBuffer();
    write(aws, json);
    return json.toBytes();
  }

  private static void write(Value value, JsonBuffer json) {
    switch (value) {
      case Value.Text(var text) -> json.text(text);
      case Value.Numeral numeral -> json.raw(number(numeral.value()));
      case Value.Flag(var flag) -> json.raw(String.valueOf(flag));
      case Value.Nothing() -> json.raw("null");
      case Value.Sequence(var elements) -> {
        String before = "[";
        for (Value element : elements) {
          json.raw(before);
          write(element, json);
          before = ",";
        }
        json.raw(elements.isEmpty() ? "[]" : "]");
      }
      case Value.Mapping(var fields) -> {
        String before = "{";
        for (var field : fields.entrySet()) {
          json.raw(before).text(field.getKey()).raw(":");
          write(field.getValue(), json);
          before = ",";
        }
        json.raw(fields.isEmpty() ? "{}" : "}");
      }
    }
  }

  /// JSON knows no infinity.
  private static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
      return String.valueOf((long) number);
    }
    return Double.isFinite(number) ? String.valueOf(number) : "null";
  }
}
