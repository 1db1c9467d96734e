package io.sidetrace.operator.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// What the Secret holds: the authority, the serving certificate that an authority of the bundle
/// issued, and the bundle that the API server shall trust (newest authority first). Immutable.
record WebhookCertificates(
    KeyedCertificate authority, KeyedCertificate serving, List<X509Certificate> bundle) {

  WebhookCertificates {
    bundle = List.copyOf(bundle);
  }

  /// What a Secret's data turned out to be.
  sealed interface Content {
    record Complete(WebhookCertificates certificates) implements Content {}

    record Broken(String reason) implements Content {}
  }

  /// The webhook configuration's `caBundle`: PEM, in base64 as every byte string of the Kubernetes
  /// API.
  String caBundle() {
    return base64(Pem.format(bundle));
  }

  Map<String, String> toSecretData() {
    return Map.of(
        "ca.crt", base64(Pem.format(List.of(authority.certificate()))),
        "ca.key", base64(Pem.format(authority.key())),
        "tls.crt", base64(Pem.format(List.of(serving.certificate()))),
        "tls.key", base64(Pem.format(serving.key())),
        "bundle.crt", caBundle());
  }

  static Content parse(Map<String, String> data) {
    try {
      return new Content.Complete(
          new WebhookCertificates(
              new KeyedCertificate(
                  Pem.parseCertificate(text(data, "ca.crt")), Pem.parseKey(text(data, "ca.key"))),
              new KeyedCertificate(
                  Pem.parseCertificate(text(data, "tls.crt")), Pem.parseKey(text(data, "tls.key"))),
              Pem.parseCertificates(text(data, "bundle.crt"))));
    } catch (GeneralSecurityException e) {
      return new Content.Broken(String.valueOf(e.getMessage()));
    }
  }

  /// The certificates of a published `caBundle`; none when it is absent or unreadable, which is
  /// what the API server makes of it.
  static List<X509Certificate> parseCaBundle(String caBundle) {
    try {
      return Pem.parseCertificates(
          new String(Base64.getDecoder().decode(caBundle), StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static String text(Map<String, String> data, String key) throws GeneralSecurityException {
    String value = data.get(key);
    if (value == null) {
      throw new GeneralSecurityException(key + ": absent (expected: PEM)");
    }
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(key + ": not base64", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
