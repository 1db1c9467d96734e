package io.sidetrace.operator.render;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Endpoint;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.ServiceReference;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The collector cluster as a provider names it.
///
/// @param cluster the cluster's name
/// @param endpoints where collectors listen; a Service is one
record CollectorTarget(String cluster, List<Endpoint> endpoints, Collector collector) {
  /// What is no DNS name: `validate` has told addresses from mistyped ones.
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  static CollectorTarget of(Collector collector, ProviderChoice provider, String namespace) {
    var service = collector.service();
    var endpoints = service == null ? collector.endpoints() : List.of(endpoint(service, namespace));
    return new CollectorTarget(collector.nameFor(provider), endpoints, collector);
  }

  /// Without the cluster's domain: it is not `cluster.local` everywhere, and every pod's resolver
  /// completes it.
  private static Endpoint endpoint(ServiceReference service, String namespace) {
    var of = service.namespace() == null ? namespace : service.namespace();
    return new Endpoint(service.name() + "." + of + ".svc", service.port());
  }

  /// What a client that was told the collector's address would put into its Host header; the name
  /// of the cluster, as Envoy does, where there are several.
  String authority() {
    if (endpoints.size() != 1) {
      return cluster;
    }
    var endpoint = endpoints.getFirst();
    var isIpv6 = endpoint.address().contains(":");
    var host = isIpv6 ? "[" + endpoint.address() + "]" : withoutDot(endpoint.address());
    return host + ":" + endpoint.port();
  }

  boolean isTls() {
    return collector.tls() != null;
  }

  /// The name that the collector's certificate must be for; null where only addresses are known.
  @Nullable String serverName() {
    var tls = collector.tls();
    if (tls != null && tls.sni() != null) {
      return tls.sni();
    }
    var names = endpoints.stream().map(Endpoint::address).distinct().toList();
    return names.size() == 1 && !isAddress(names.getFirst()) ? withoutDot(names.getFirst()) : null;
  }

  static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
