package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.ProviderReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forms of 2018 that Envoy has since dropped and that live on in what was written about it.
///
/// Others are read where their successors are: `hosts`, `config`, older extension names and
/// enumerations in lower case.
final class LegacyForms {
  private LegacyForms() {}

  /// The bootstrap's `tracing`: `http` with `name` and `config`, or before that with `driver`.
  static @Nullable Provider provider(Message message, ProviderReader providers) {
    message.named("Tracing");
    return message.field("http").<@Nullable Provider>requiredMessage(http -> http(http, providers));
  }

  private static @Nullable Provider http(Message message, ProviderReader providers) {
    message.named("Tracing.Http");
    Field driver = message.field("driver");
    @Nullable Provider driven = driver.message(inner -> driver(inner, providers));
    return driver.isGiven() ? driven : providers.read(message);
  }

  private static Provider driver(Message message, ProviderReader providers) {
    message.named("Tracing.Http.Driver");
    message.field("type").choice(Driver.ZIPKIN);
    return message.field("config").requiredMessage(providers::zipkin);
  }

  /// `tracing.operation_name`, which said what a listener's `traffic_direction` says now.
  static TrafficDirection operationName(Message tracing) {
    Field field = tracing.field("operation_name");
    if (!field.isGiven()) {
      return TrafficDirection.UNSPECIFIED;
    }
    return switch (field.choice(OperationName.INGRESS)) {
      case INGRESS -> TrafficDirection.INBOUND;
      case EGRESS -> TrafficDirection.OUTBOUND;
    };
  }

  /// `request_headers_for_tags`: tags named as the headers that they are taken from.
  static List<CustomTag> requestHeadersForTags(Message tracing) {
    return tracing.field("request_headers_for_tags").texts().stream()
        .<CustomTag>map(header -> new CustomTag.RequestHeader(header, header, ""))
        .toList();
  }

  private enum Driver {
    ZIPKIN
  }

  private enum OperationName {
    INGRESS,
    EGRESS
  }
}
