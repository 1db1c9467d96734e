package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.ClusterDefinition.Http;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads which version of HTTP a cluster's endpoints are spoken to in. Original destinations get
/// the one that their client speaks, all others HTTP/1 unless something else is said.
final class ProtocolOptionsReader {
  private static final String HTTP = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private final ClusterDefinition.Type type;
  private final Extensions<Http> types = new Extensions<Http>().with(HTTP, this::http);

  private ProtocolOptionsReader(ClusterDefinition.Type type) {
    this.type = type;
  }

  static Http read(Field options, ClusterDefinition.Type type) {
    ProtocolOptionsReader reader = new ProtocolOptionsReader(type);
    @Nullable Http given = options.message(reader::byExtension);
    return given == null ? reader.expected() : given;
  }

  private boolean original() {
    return type == ClusterDefinition.Type.ORIGINAL_DST;
  }

  private Http expected() {
    return original() ? Http.OF_CLIENT : Http.HTTP1;
  }

  private Http byExtension(Message message) {
    message.named("typed_extension_protocol_options");
    return message.oneOf(expected(), List.of(new Alternative<>(HTTP, this::typed)));
  }

  private Http typed(Field field) {
    @Nullable Http read = types.readTyped(field);
    return read == null ? expected() : read;
  }

  private Http http(Message message) {
    message.named("Cluster.HttpProtocolOptions");
    message.unsupported("auto_config", "the version is not negotiated by TLS");
    return message.oneOf(
        expected(),
        List.of(
            new Alternative<>("use_downstream_protocol_config", this::ofClient),
            new Alternative<>("explicit_http_config", this::explicit)));
  }

  private Http ofClient(Field field) {
    if (field.isGiven() && !original()) {
      field.refuse("with type %s (expected: explicit_http_config)".formatted(type));
    }
    field.message(message -> {
      message.named("UseDownstreamHttpConfig");
      message.field("http_protocol_options").message(ProtocolOptionsReader::defaults);
      message.field("http2_protocol_options").message(ProtocolOptionsReader::defaults);
      return Http.OF_CLIENT;
    });
    return Http.OF_CLIENT;
  }

  private Http explicit(Field field) {
    if (field.isGiven() && original()) {
      field.refuse("with type %s (expected: use_downstream_protocol_config)".formatted(type));
    }
    @Nullable Http version = field.message(ProtocolOptionsReader::explicit);
    return version == null ? Http.HTTP1 : version;
  }

  private static Http explicit(Message message) {
    message.named("ExplicitHttpConfig");
    return message.oneOf(
        Http.HTTP1,
        List.of(
            new Alternative<>("http_protocol_options", field -> version(field, Http.HTTP1)),
            new Alternative<>("http2_protocol_options", field -> version(field, Http.HTTP2))));
  }

  private static Http version(Field field, Http version) {
    field.message(ProtocolOptionsReader::defaults);
    return version;
  }

  /// A message whose fields all have their defaults.
  private static Http defaults(Message message) {
    message.named("Http1ProtocolOptions, Http2ProtocolOptions");
    return Http.OF_CLIENT;
  }
}
