package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The form in which Envoy takes everything that can be one of several: a name, and beside it a
/// message that says of which type it is.
final class TypedConfig {
  private static final String TYPE_URL = "type.googleapis.com/";

  private TypedConfig() {}

  /// Names an extension and begins its message.
  ///
  /// @param message the type's full name, without the host before it
  /// @return the message, to be filled in
  static ObjectNode message(ObjectNode named, String name, String message) {
    return named.put("name", name).putObject("typed_config").put("@type", TYPE_URL + message);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
