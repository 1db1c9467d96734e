package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads listeners.
final class ListenerReader {
  /// Envoy's, for the first bytes.
  private static final Duration LISTENER_FILTERS_TIMEOUT = Duration.ofSeconds(15);

  private static final Extensions<ListenerFilter> LISTENER_FILTERS =
      new Extensions<ListenerFilter>()
          .with(
              "envoy.extensions.filters.listener.original_dst.v3.OriginalDst",
              filter("OriginalDst", ListenerFilter.ORIGINAL_DESTINATION),
              "envoy.filters.listener.original_dst",
              "envoy.listener.original_dst")
          .with(
              "envoy.extensions.filters.listener.http_inspector.v3.HttpInspector",
              filter("HttpInspector", ListenerFilter.HTTP_INSPECTOR),
              "envoy.filters.listener.http_inspector",
              "envoy.listener.http_inspector")
          .with(
              "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector",
              filter("TlsInspector", ListenerFilter.TLS_INSPECTOR),
              "envoy.filters.listener.tls_inspector",
              "envoy.listener.tls_inspector");

  private final FilterChainReader chains;
  private final UniqueNames names = new UniqueNames();

  ListenerReader(FilterChainReader chains) {
    this.chains = chains;
  }

  Listener listener(Message message) {
    message.named("Listener");
    message.unsupported(
        "access_log", "not here (expected: in http_connection_manager or tcp_proxy)");
    message.field("bind_to_port").only(true, "listeners hand no connections to each other");
    message.field("per_connection_buffer_limit_bytes").integer(0, Integer.MAX_VALUE, 0);
    List<SocketAddress> addresses = addresses(message);
    Field name = message.field("name");
    List<ListenerFilter> filters = message.field("listener_filters").messages(this::listenerFilter);
    FilterChainReader.Served served =
        chains.read(message, filters.contains(ListenerFilter.HTTP_INSPECTOR));
    boolean useOriginalDestination = message.field("use_original_dst").flag(false);
    return new Listener(
        names.claim(name, name.text(addresses.getFirst().format())),
        addresses,
        direction(message.field("traffic_direction"), served),
        useOriginalDestination || filters.contains(ListenerFilter.ORIGINAL_DESTINATION),
        served.detection(),
        detectTimeout(message, served),
        served.http() == null ? null : served.http().manager(),
        served.tcp());
  }

  private static List<SocketAddress> addresses(Message message) {
    List<SocketAddress> addresses = new ArrayList<>();
    addresses.add(message.field("address").requiredMessage(AddressReader::ip));
    addresses.addAll(message.field("additional_addresses").messages(ListenerReader::additional));
    return addresses;
  }

  private static SocketAddress additional(Message message) {
    message.named("AdditionalAddress");
    return message.field("address").requiredMessage(AddressReader::ip);
  }

  private static TrafficDirection direction(Field field, FilterChainReader.Served served) {
    TrafficDirection direction = field.choice(TrafficDirection.UNSPECIFIED);
    return direction == TrafficDirection.UNSPECIFIED && served.http() != null
        ? served.http().operationName()
        : direction;
  }

  /// Envoy closes a connection whose client stays silent unless it is told to continue. Here such a
  /// connection always continues, so a configuration that wants it closed is refused.
  private static Duration detectTimeout(Message message, FilterChainReader.Served served) {
    Duration timeout = message.field("listener_filters_timeout").duration(LISTENER_FILTERS_TIMEOUT);
    Field goesOn = message.field("continue_on_listener_filters_timeout");
    if (!goesOn.flag(false) && served.detection() != Detection.NONE && !timeout.isZero()) {
      goesOn.refuse(
          "false (expected: true, or listener_filters_timeout 0s; silent clients are not closed)");
    }
    return timeout;
  }

  private @Nullable ListenerFilter listenerFilter(Message message) {
    message.named("ListenerFilter");
    return LISTENER_FILTERS.read(message);
  }

  private static Reader<ListenerFilter> filter(String type, ListenerFilter filter) {
    return message -> {
      message.named(type);
      return filter;
    };
  }

  private enum ListenerFilter {
    ORIGINAL_DESTINATION,
    HTTP_INSPECTOR,
    /// Accepted because it changes nothing: no chain can be chosen by what it finds.
    TLS_INSPECTOR
  }
}
