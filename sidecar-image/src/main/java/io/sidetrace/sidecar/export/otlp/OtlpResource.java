package io.sidetrace.sidecar.export.otlp;

import io.sidetrace.sidecar.export.protobuf.ProtobufBuffer;
import java.util.Map;

/// Whose spans they are, and what recorded them.
///
/// @param attributes of the resource
/// @param version of this program
record OtlpResource(Map<String, String> attributes, String version) {
  private static final String SCOPE = "sidetrace";

  OtlpResource {
    attributes = Map.copyOf(attributes);
  }

  /// As a field of `ResourceSpans`, attributes in alphabetical order.
  byte[] encoded() {
    ProtobufBuffer buffer = new ProtobufBuffer();
    int resource = buffer.open(Fields.RESOURCE_SPANS_RESOURCE);
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(attribute -> {
          int field = buffer.open(Fields.RESOURCE_ATTRIBUTE);
          int value = buffer.text(Fields.KEY, attribute.getKey()).open(Fields.VALUE);
          buffer.text(Fields.STRING_VALUE, attribute.getValue()).close(value).close(field);
        });
    return buffer.close(resource).toBytes();
  }

  /// As a field of `ScopeSpans`.
  byte[] encodedScope() {
    ProtobufBuffer buffer = new ProtobufBuffer();
    int scope = buffer.open(Fields.SCOPE_SPANS_SCOPE);
    buffer.text(Fields.SCOPE_NAME, SCOPE).text(Fields.SCOPE_VERSION, version);
    return buffer.close(scope).toBytes();
  }
}
