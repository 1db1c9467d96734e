package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.CollectorTls;

/// The transport socket of a collector that is spoken to by TLS.
final class TlsTree {
  private TlsTree() {}

  static ObjectNode of(CollectorTls tls, CollectorTarget target) {
    var socket = TypedConfig.object();
    var context =
        TypedConfig.message(
            socket,
            "envoy.transport_sockets.tls",
            "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext");
    var name = target.serverName();
    if (name != null) {
      context.put("sni", name);
    }
    var common = context.putObject("common_tls_context");
    if (tls.clientCertificate() != null) {
      var certificate = common.putArray("tls_certificates").addObject();
      certificate.putObject("certificate_chain").put("filename", SecretFiles.CLIENT_CERTIFICATE);
      certificate.putObject("private_key").put("filename", SecretFiles.CLIENT_KEY);
    }
    var validation = common.putObject("validation_context");
    validation.putObject("trusted_ca").put("filename", SecretFiles.AUTHORITIES);
    if (name != null) {
      var matcher =
          validation.putArray("match_typed_subject_alt_names").addObject().put("san_type", "DNS");
      matcher.putObject("matcher").put("exact", name);
    }
    return socket;
  }
}
