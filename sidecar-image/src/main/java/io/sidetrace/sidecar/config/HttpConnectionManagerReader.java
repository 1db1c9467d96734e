package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.HttpConnectionManager.CidrRange;
import io.sidetrace.sidecar.config.HttpConnectionManager.RequestIds;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads HTTP connection managers.
final class HttpConnectionManagerReader {
  private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);
  private static final Duration STREAM_IDLE_TIMEOUT = Duration.ofMinutes(5);
  private static final int MAX_REQUEST_HEADERS_KB = 60;

  /// Envoy's own bound.
  private static final int MOST_REQUEST_HEADERS_KB = 8192;

  private static final Extensions<PackedReason> REQUEST_IDS =
      new Extensions<PackedReason>()
          .with(
              "envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig",
              HttpConnectionManagerReader::uuid,
              "envoy.request_id.uuid");

  private final RouteReader routes;
  private final TracingReader tracing;
  private final AccessLogReader accessLogs;

  HttpConnectionManagerReader(
      RouteReader routes, TracingReader tracing, AccessLogReader accessLogs) {
    this.routes = routes;
    this.tracing = tracing;
    this.accessLogs = accessLogs;
  }

  NetworkFilter.Http manager(Message message) {
    message.named("HttpConnectionManager");
    refuseUnsupported(message);
    NetworkFilter.Codec codec = message.field("codec_type").choice(NetworkFilter.Codec.AUTO);
    List<List<HeaderMatch>> healthChecks =
        HttpFilterReader.healthChecks(message.field("http_filters"));
    TracingReader.@Nullable Tracing traced =
        message.field("tracing").message(inner -> tracing.tracing(inner, healthChecks));
    var manager =
        new HttpConnectionManager(
            message.field("stat_prefix").requiredText(),
            message.field("route_config").requiredMessage(routes::routeConfiguration),
            requestIds(message),
            message.field("server_header_transformation").choice(ServerHeader.OVERWRITE),
            message.field("server_name").text("envoy"),
            idleTimeout(message.field("common_http_protocol_options")),
            message.field("stream_idle_timeout").duration(STREAM_IDLE_TIMEOUT),
            message.field("request_headers_timeout").duration(Duration.ZERO),
            message
                .field("max_request_headers_kb")
                .integer(1, MOST_REQUEST_HEADERS_KB, MAX_REQUEST_HEADERS_KB),
            traced == null ? null : traced.http(),
            accessLogs.accessLogs(message.field("access_log")));
    return new NetworkFilter.Http(
        manager, codec, traced == null ? TrafficDirection.UNSPECIFIED : traced.operationName());
  }

  private static void refuseUnsupported(Message message) {
    message.unsupported("rds", "routes are not discovered (expected: route_config)");
    message.unsupported("scoped_routes", "not yet (expected: route_config)");
    message.unsupported("upgrade_configs", "upgrades are not supported yet");
    message.unsupported("http2_protocol_options", "limits of HTTP/2 connections cannot be set yet");
    message.field("xff_num_trusted_hops").integer(0, 0, 0);
  }

  private static RequestIds requestIds(Message message) {
    boolean useRemoteAddress = message.field("use_remote_address").flag(false);
    Field skip = message.field("skip_xff_append");
    if (!skip.flag(false) && useRemoteAddress) {
      skip.refuse(
          "false with use_remote_address (expected: true; x-forwarded-for is never written)");
    }
    @Nullable PackedReason packed =
        message
            .field("request_id_extension")
            .message(HttpConnectionManagerReader::requestIdExtension);
    PackedReason reason = packed == null ? new PackedReason(true, true) : packed;
    return new RequestIds(
        message.field("generate_request_id").flag(true),
        message.field("preserve_external_request_id").flag(false),
        message.field("always_set_request_id_in_response").flag(false),
        reason.pack(),
        reason.useForSampling(),
        useRemoteAddress,
        internalAddresses(message.field("internal_address_config")));
  }

  private static List<CidrRange> internalAddresses(Field config) {
    @Nullable List<CidrRange> ranges =
        config.message(message -> {
          message.named("InternalAddressConfig");
          message.field("unix_sockets").only(false, "connections come over TCP");
          return message.field("cidr_ranges").messages(HttpConnectionManagerReader::cidrRange);
        });
    return ranges == null ? List.of() : ranges;
  }

  private static CidrRange cidrRange(Message message) {
    message.named("CidrRange");
    InetAddress address = message.field("address_prefix").ipAddress();
    int bits = address.getAddress().length * Byte.SIZE;
    return new CidrRange(address, message.field("prefix_len").integer(0, bits, 0));
  }

  private static @Nullable PackedReason requestIdExtension(Message message) {
    message.named("RequestIDExtension");
    return REQUEST_IDS.read(message);
  }

  private record PackedReason(boolean pack, boolean useForSampling) {}

  private static PackedReason uuid(Message message) {
    message.named("UuidRequestIdConfig");
    return new PackedReason(
        message.field("pack_trace_reason").flag(true),
        message.field("use_request_id_for_trace_sampling").flag(true));
  }

  private static Duration idleTimeout(Field options) {
    @Nullable Duration timeout =
        options.message(message -> {
          message.named("HttpProtocolOptions");
          return message.field("idle_timeout").duration(IDLE_TIMEOUT);
        });
    return timeout == null ? IDLE_TIMEOUT : timeout;
  }
}
