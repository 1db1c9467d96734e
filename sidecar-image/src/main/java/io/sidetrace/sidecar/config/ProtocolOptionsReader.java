package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.util.List;

/// Reads which version of HTTP a cluster's endpoints are spoken to in. Original destinations get
/// the one that their client speaks, and all that can be said of them is just that.
final class ProtocolOptionsReader {
  private static final String HTTP = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private static final Extensions<Version> TYPES =
      new Extensions<Version>().with(HTTP, ProtocolOptionsReader::http);

  private ProtocolOptionsReader() {}

  private enum Version {
    OF_CLIENT
  }

  static void read(Field options, ClusterDefinition.Type type) {
    options.message(ProtocolOptionsReader::byExtension);
    if (options.isGiven() && type != ClusterDefinition.Type.ORIGINAL_DST) {
      options.refuse(
          "given with type %s (expected: ORIGINAL_DST; other endpoints are spoken to in HTTP/1)"
              .formatted(type));
    }
  }

  private static Version byExtension(Message message) {
    message.named("typed_extension_protocol_options");
    return message.oneOf(
        Version.OF_CLIENT, List.of(new Alternative<>(HTTP, ProtocolOptionsReader::typed)));
  }

  private static Version typed(Field field) {
    TYPES.readTyped(field);
    return Version.OF_CLIENT;
  }

  private static Version http(Message message) {
    message.named("HttpProtocolOptions");
    message.unsupported("explicit_http_config", "original destinations get the client's version");
    message.unsupported("auto_config", "TLS to clusters is not supported yet");
    return message.oneOf(
        Version.OF_CLIENT,
        List.of(
            new Alternative<>("use_downstream_protocol_config", ProtocolOptionsReader::ofClient)));
  }

  private static Version ofClient(Field field) {
    field.message(ProtocolOptionsReader::ofClient);
    return Version.OF_CLIENT;
  }

  private static Version ofClient(Message message) {
    message.named("UseDownstreamHttpConfig");
    message.field("http_protocol_options").message(ProtocolOptionsReader::defaults);
    message.field("http2_protocol_options").message(ProtocolOptionsReader::defaults);
    return Version.OF_CLIENT;
  }

  /// A message whose fields all have their defaults.
  private static Version defaults(Message message) {
    message.named("Http1ProtocolOptions, Http2ProtocolOptions");
    return Version.OF_CLIENT;
  }
}
