package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// Reads the settings of [SkyWalking].
final class SkyWalkingReader {
  private static final Client DEFAULTS = new Client("", "", new MessageField.Source.Inline(""));

  private final OpenTelemetryReader services;

  /// @param services reads what Envoy calls a gRPC service
  SkyWalkingReader(OpenTelemetryReader services) {
    this.services = services;
  }

  SkyWalking read(Message message) {
    message.named("SkyWalkingConfig");
    OtlpService.Grpc service = message.field("grpc_service").requiredMessage(services::grpcService);
    @Nullable Client given = message.field("client_config").message(SkyWalkingReader::client);
    Client client = given == null ? DEFAULTS : given;
    return new SkyWalking(service, client.service(), client.instance(), client.token());
  }

  private record Client(String service, String instance, MessageField.Source.Inline token) {}

  private static Client client(Message message) {
    message.named("SkyWalkingConfig.client_config");
    // As with OpenTelemetry: batches are bounded by their bytes.
    message.field("max_cache_size").integer(0, Integer.MAX_VALUE, 0);
    return new Client(
        message.field("service_name").text(""),
        message.field("instance_name").text(""),
        token(message.field("backend_token")));
  }

  private static MessageField.Source.Inline token(Field field) {
    return field.isGiven() ? MessageFieldReader.inline(field) : DEFAULTS.token();
  }
}
