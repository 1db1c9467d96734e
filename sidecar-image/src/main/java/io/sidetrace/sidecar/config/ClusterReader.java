package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads clusters and their endpoints.
final class ClusterReader {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final ClusterNames names;

  ClusterReader(ClusterNames names) {
    this.names = names;
  }

  ClusterDefinition cluster(Message message) {
    message.named("Cluster");
    refuseUnsupported(message);
    String name = names.define(message.field("name"));
    ClusterDefinition.Type type =
        message
            .field("type")
            .choice(ClusterDefinition.Type.STATIC, ClusterDefinition.Type.STRICT_DNS);
    checkBalancing(type, message.field("lb_policy"));
    ClusterDefinition.Http http =
        ProtocolOptionsReader.read(message.field("typed_extension_protocol_options"), type);
    names.speaks(name, http);
    message.field("per_connection_buffer_limit_bytes").integer(0, Integer.MAX_VALUE, 0);
    return new ClusterDefinition(
        name,
        type,
        message.field("connect_timeout").positiveDuration(CONNECT_TIMEOUT),
        endpoints(message, type),
        message.field("dns_lookup_family").choice(ClusterDefinition.DnsLookupFamily.AUTO),
        message.field("transport_socket").message(UpstreamTlsReader::transportSocket),
        http);
  }

  private static void refuseUnsupported(Message message) {
    message.unsupported("tls_context", "dropped by Envoy (expected: transport_socket)");
    message.unsupported(
        "http2_protocol_options",
        "dropped by Envoy (expected: explicit_http_config in typed_extension_protocol_options)");
    message.unsupported("health_checks", "clusters are not checked for health");
    message.unsupported("outlier_detection", "endpoints are not ejected");
    message.unsupported("circuit_breakers", "there are no limits by cluster");
    message.unsupported("eds_cluster_config", "endpoints are not discovered by xDS");
  }

  /// A cluster of original destinations has nothing to balance, and says so.
  private static void checkBalancing(ClusterDefinition.Type type, Field policy) {
    boolean original = type == ClusterDefinition.Type.ORIGINAL_DST;
    LbPolicy wanted = original ? LbPolicy.CLUSTER_PROVIDED : LbPolicy.ROUND_ROBIN;
    LbPolicy given = policy.choice(LbPolicy.ROUND_ROBIN);
    if (given != wanted) {
      policy.refuse("%s with type %s (expected: %s)".formatted(given, type, wanted));
    }
  }

  private static List<SocketAddress> endpoints(Message message, ClusterDefinition.Type type) {
    Field assignment = message.field("load_assignment");
    Field hosts = message.field("hosts");
    Reader<SocketAddress> address =
        type == ClusterDefinition.Type.STATIC ? AddressReader::ip : AddressReader::nameOrIp;
    List<SocketAddress> endpoints = new ArrayList<>(hosts.messages(address));
    @Nullable List<SocketAddress> assigned = assignment.message(load -> assigned(load, address));
    endpoints.addAll(assigned == null ? List.of() : assigned);
    if (hosts.isGiven() && assignment.isGiven()) {
      hosts.refuse("given beside load_assignment (expected: one of them)");
    }
    checkCount(message, type, endpoints.size());
    return endpoints;
  }

  private static void checkCount(Message message, ClusterDefinition.Type type, int endpoints) {
    switch (type) {
      case ORIGINAL_DST -> {
        if (endpoints > 0) {
          message.refuse("endpoints with type ORIGINAL_DST (expected: none)");
        }
      }
      case LOGICAL_DNS -> {
        if (endpoints != 1) {
          message.refuse(endpoints + " endpoints with type LOGICAL_DNS (expected: 1)");
        }
      }
      case STATIC, STRICT_DNS -> {}
    }
  }

  private static List<SocketAddress> assigned(Message message, Reader<SocketAddress> address) {
    message.named("ClusterLoadAssignment");
    message.field("cluster_name").requiredText();
    return message.field("endpoints").messages(locality -> inLocality(locality, address)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<SocketAddress> inLocality(Message message, Reader<SocketAddress> address) {
    message.named("LocalityLbEndpoints");
    return message.field("lb_endpoints").messages(endpoint -> lbEndpoint(endpoint, address));
  }

  private static SocketAddress lbEndpoint(Message message, Reader<SocketAddress> address) {
    message.named("LbEndpoint");
    return message.field("endpoint").requiredMessage(endpoint -> endpoint(endpoint, address));
  }

  private static SocketAddress endpoint(Message message, Reader<SocketAddress> address) {
    message.named("Endpoint");
    return message.field("address").requiredMessage(address);
  }

  private enum LbPolicy {
    ROUND_ROBIN,
    CLUSTER_PROVIDED
  }
}
