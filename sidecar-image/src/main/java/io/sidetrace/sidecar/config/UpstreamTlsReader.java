package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.UpstreamTls.Authorities;
import io.sidetrace.sidecar.config.UpstreamTls.Identity;
import io.sidetrace.sidecar.config.UpstreamTls.Validation;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the TLS of clusters.
final class UpstreamTlsReader {
  private static final Extensions<UpstreamTls> TRANSPORT_SOCKETS =
      new Extensions<UpstreamTls>()
          .with(
              "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
              UpstreamTlsReader::context,
              "envoy.transport_sockets.tls");

  private static final String NO_SECRETS = "secrets are not discovered";

  private UpstreamTlsReader() {}

  /// Null where it is refused.
  static @Nullable UpstreamTls transportSocket(Message message) {
    message.named("TransportSocket");
    return TRANSPORT_SOCKETS.read(message);
  }

  private static UpstreamTls context(Message message) {
    message.named("UpstreamTlsContext");
    message.field("allow_renegotiation").only(false, "nobody needs it");
    message.unsupported("auto_host_sni", "not yet (expected: sni)");
    message.unsupported("auto_sni_san_validation", "not yet (expected: sni and names to match)");
    String sni = message.field("sni").text("");
    @Nullable UpstreamTls common =
        message.field("common_tls_context").message(inner -> common(inner, sni));
    return common == null ? new UpstreamTls(sni, null, null) : common;
  }

  private static UpstreamTls common(Message message, String sni) {
    message.named("CommonTlsContext");
    message.unsupported("tls_params", "versions and ciphers are the JDK's");
    message.unsupported("alpn_protocols", "no protocol is negotiated");
    message.unsupported("tls_certificate_sds_secret_configs", NO_SECRETS);
    message.unsupported("validation_context_sds_secret_config", NO_SECRETS);
    message.unsupported("combined_validation_context", NO_SECRETS);
    @Nullable Validation validation =
        message.field("validation_context").message(UpstreamTlsReader::validation);
    Field certificates = message.field("tls_certificates");
    List<Identity> identities = certificates.messages(UpstreamTlsReader::identity);
    if (certificates.size() > 1) {
      certificates.refuse(certificates.size() + " certificates (expected: one)");
    }
    return new UpstreamTls(sni, validation, identities.isEmpty() ? null : identities.getFirst());
  }

  /// Names alone prove nothing: anybody can write them into a certificate. Envoy refuses that too.
  private static @Nullable Validation validation(Message message) {
    message.named("CertificateValidationContext");
    message.field("trust_chain_verification").choice(TrustChain.VERIFY_TRUST_CHAIN);
    message.unsupported("verify_certificate_hash", "not yet (expected: trusted_ca)");
    message.unsupported("verify_certificate_spki", "not yet (expected: trusted_ca)");
    message.unsupported(
        "match_subject_alt_names", "dropped by Envoy (expected: match_typed_subject_alt_names)");
    message.unsupported("crl", "certificates are not looked up as revoked");
    message.unsupported("system_root_certs", "not yet (expected: trusted_ca)");
    @Nullable Authorities authorities =
        message.field("trusted_ca").message(UpstreamTlsReader::authorities);
    Field names = message.field("match_typed_subject_alt_names");
    List<String> dnsNames = names.messages(UpstreamTlsReader::dnsName);
    if (authorities == null && names.isGiven()) {
      names.refuse("names without trusted_ca (expected: both)");
    }
    return authorities == null ? null : new Validation(authorities, dnsNames);
  }

  private static String dnsName(Message message) {
    message.named("SubjectAltNameMatcher");
    message.field("san_type").choice(SanType.DNS);
    return message
        .field("matcher")
        .requiredMessage(matcher -> {
          matcher.named("SubjectAltNameMatcher.StringMatcher");
          for (String other : List.of("prefix", "suffix", "contains", "safe_regex")) {
            matcher.unsupported(other, "names are compared whole (expected: exact)");
          }
          matcher.field("ignore_case").only(false, "names are compared as they are");
          return matcher.field("exact").requiredText();
        });
  }

  private static Authorities authorities(Message message) {
    named(message);
    return message.<Authorities>oneOf(
        new Authorities.Inline(""),
        List.of(
            new Alternative<>("filename", field -> new Authorities.File(FilePaths.required(field))),
            new Alternative<>(
                "inline_string", field -> new Authorities.Inline(field.requiredText()))));
  }

  private static Identity identity(Message message) {
    message.named("TlsCertificate");
    message.unsupported("password", "not yet (expected: a key without one)");
    message.unsupported("pkcs12", "not yet (expected: certificate_chain and private_key)");
    return new Identity(
        message.field("certificate_chain").requiredMessage(UpstreamTlsReader::file),
        message.field("private_key").requiredMessage(UpstreamTlsReader::file));
  }

  private static Path file(Message message) {
    message.named("DataSource (of a certificate)");
    message.unsupported("inline_string", "not yet (expected: filename)");
    message.unsupported("inline_bytes", "not yet (expected: filename)");
    message.unsupported("environment_variable", "not yet (expected: filename)");
    return FilePaths.required(message.field("filename"));
  }

  private static void named(Message message) {
    message.named("DataSource (of authorities)");
    message.unsupported("inline_bytes", "not yet (expected: filename or inline_string)");
    message.unsupported("environment_variable", "not yet (expected: filename or inline_string)");
  }

  private enum TrustChain {
    VERIFY_TRUST_CHAIN
  }

  private enum SanType {
    DNS
  }
}
