package io.sidetrace.operator.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// PEM text of certificates and of PKCS #8 EC keys. The JDK reads certificates from PEM but neither
/// writes them nor knows keys.
final class Pem {

  private static final int LINE_CHARACTERS = 64; // RFC 7468
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'});
  private static final String KEY = "PRIVATE KEY";

  private Pem() {}

  static String format(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append(block("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
    return text.toString();
  }

  static String format(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  static List<X509Certificate> parseCertificates(String text) throws GeneralSecurityException {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    List<X509Certificate> certificates = new ArrayList<>();
    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      certificates.add((X509Certificate) certificate);
    }
    return List.copyOf(certificates);
  }

  static X509Certificate parseCertificate(String text) throws GeneralSecurityException {
    List<X509Certificate> certificates = parseCertificates(text);
    if (certificates.size() != 1) {
      throw new CertificateException(certificates.size() + " certificates (expected: 1)");
    }
    return certificates.getFirst();
  }

  static PrivateKey parseKey(String text) throws GeneralSecurityException {
    String body =
        text.replace("-----BEGIN " + KEY + "-----", "").replace("-----END " + KEY + "-----", "");
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(body);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("private key is not PEM (expected: PKCS #8, EC)", e);
    }
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }
}
