package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Reader;
import java.util.List;

/// Reads a file of resources of one type, in the form in which xDS would send them.
final class DiscoveryReader<T> {
  private final Extensions<T> types;
  private final String type;

  /// @param type the full name of the resources' message
  DiscoveryReader(String type, Reader<T> resource) {
    this.type = "type.googleapis.com/" + type;
    this.types = new Extensions<T>().with(type, resource);
  }

  /// @param version empty where the file says none
  record Response<T>(String version, List<T> resources) {}

  Response<T> response(Message message) {
    message.named("DiscoveryResponse");
    var typeUrl = message.field("type_url");
    if (!typeUrl.text(type).equals(type)) {
      typeUrl.refuse("%s (expected: %s)".formatted(typeUrl.describe(), type));
    }
    return new Response<>(
        message.field("version_info").text(""),
        message.field("resources").<T>elements(types::readTyped));
  }
}
