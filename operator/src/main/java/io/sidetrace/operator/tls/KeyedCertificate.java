package io.sidetrace.operator.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate with its private key: the authority's own, or one that the authority issued.
/// Immutable.
record KeyedCertificate(X509Certificate certificate, PrivateKey key) {

  /// Nodes' clocks differ by seconds to minutes; a certificate from the future is refused.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127; // positive, and within the 20 octets of RFC 5280

  /// The name carries the moment of making, because during a rotation two authorities stand in one
  /// bundle and a verifier finds the issuer by name.
  static KeyedCertificate authority(Instant now, Duration lifetime, SecureRandom random) {
    KeyPair keys = keys(random);
    X500Principal name = new X500Principal("CN=sidetrace-webhook-ca " + now);
    return sign(
        new JcaX509v3CertificateBuilder(
            name,
            serial(random),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(lifetime)),
            name,
            keys.getPublic()),
        List.of(
            new CriticalExtension(Extension.basicConstraints, new BasicConstraints(0)),
            new CriticalExtension(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign))),
        keys.getPrivate(),
        keys.getPrivate());
  }

  /// Issues a server certificate for the names; it never outlives its issuer.
  KeyedCertificate issue(
      List<String> dnsNames, Instant now, Duration lifetime, SecureRandom random) {
    KeyPair keys = keys(random);
    Instant end = now.plus(lifetime);
    Instant issuerEnd = certificate.getNotAfter().toInstant();
    GeneralName[] names =
        dnsNames.stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return sign(
        new JcaX509v3CertificateBuilder(
            certificate.getSubjectX500Principal(),
            serial(random),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(end.isBefore(issuerEnd) ? end : issuerEnd),
            new X500Principal("CN=sidetrace-webhook"),
            keys.getPublic()),
        List.of(
            new CriticalExtension(Extension.basicConstraints, new BasicConstraints(false)),
            new CriticalExtension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)),
            new CriticalExtension(
                Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
            // The subject names no host, so the alternative names are what counts: critical, as RFC
            // 5280 asks.
            new CriticalExtension(Extension.subjectAlternativeName, new GeneralNames(names))),
        keys.getPrivate(),
        key);
  }

  boolean issued(X509Certificate other) {
    return issued(certificate, other);
  }

  static boolean issued(X509Certificate authority, X509Certificate other) {
    try {
      other.verify(authority.getPublicKey());
      return other.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// True when less than a third of its life is left at the moment given.
  boolean due(Instant now) {
    Instant start = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    return now.isAfter(end.minus(Duration.between(start, end).dividedBy(3)));
  }

  private record CriticalExtension(ASN1ObjectIdentifier id, ASN1Object value) {}

  private static KeyedCertificate sign(
      X509v3CertificateBuilder builder,
      List<CriticalExtension> extensions,
      PrivateKey own,
      PrivateKey issuer) {
    try {
      for (CriticalExtension extension : extensions) {
        builder.addExtension(extension.id(), true, extension.value());
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer);
      return new KeyedCertificate(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)), own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with P-256", e);
    }
  }

  private static KeyPair keys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes P-256 keys", e);
    }
  }

  private static BigInteger serial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
  }
}
