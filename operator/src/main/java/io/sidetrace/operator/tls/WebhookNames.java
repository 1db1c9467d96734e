package io.sidetrace.operator.tls;

import java.util.List;

/// Where the webhook's parts are: the operator's namespace, and the names of its Service, of the
/// Secret with the certificates, and of the webhook configurations (the mutating and the validating
/// one share theirs).
public record WebhookNames(String namespace, String service, String secret, String configuration) {

  /// The API server calls `service.namespace.svc`; the longer form serves whoever tries it by hand
  /// inside the cluster.
  List<String> serviceDnsNames() {
    String host = service + "." + namespace + ".svc";
    return List.of(host, host + ".cluster.local");
  }
}
