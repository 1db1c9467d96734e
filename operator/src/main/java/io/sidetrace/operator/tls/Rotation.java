package io.sidetrace.operator.tls;

import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what the Secret shall hold next. Pure but for the keys it draws.
///
/// A new authority goes in two steps, so that no API server ever meets a certificate it cannot
/// verify: first the authority joins the bundle while the old serving certificate stays; only once
/// the bundle is published does it issue a new one.
final class Rotation {

  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(365);
  private static final Duration SERVING_LIFETIME = Duration.ofDays(90);

  private final List<String> dnsNames;
  private final SecureRandom random;

  Rotation(List<String> dnsNames, SecureRandom random) {
    this.dnsNames = List.copyOf(dnsNames);
    this.random = random;
  }

  /// The same instance when nothing is to be done. `published` are the authorities that the API
  /// server trusts now.
  WebhookCertificates next(
      @Nullable WebhookCertificates current, List<X509Certificate> published, Instant now) {
    if (current == null || expired(current.authority().certificate(), now)) {
      return fromNothing(now);
    }
    if (current.authority().due(now)) {
      return withNewAuthority(current, now);
    }
    if (servingIsDue(current, now) && published.contains(current.authority().certificate())) {
      return withNewServing(current, now);
    }
    return withoutSpentAuthorities(current, now);
  }

  private WebhookCertificates fromNothing(Instant now) {
    KeyedCertificate authority = KeyedCertificate.authority(now, AUTHORITY_LIFETIME, random);
    return new WebhookCertificates(
        authority, serving(authority, now), List.of(authority.certificate()));
  }

  private WebhookCertificates withNewAuthority(WebhookCertificates current, Instant now) {
    KeyedCertificate authority = KeyedCertificate.authority(now, AUTHORITY_LIFETIME, random);
    List<X509Certificate> bundle =
        Stream.concat(Stream.of(authority.certificate()), current.bundle().stream())
            .filter(certificate -> !expired(certificate, now))
            .toList();
    return new WebhookCertificates(authority, current.serving(), bundle);
  }

  private WebhookCertificates withNewServing(WebhookCertificates current, Instant now) {
    KeyedCertificate authority = current.authority();
    return new WebhookCertificates(authority, serving(authority, now), current.bundle());
  }

  private static WebhookCertificates withoutSpentAuthorities(
      WebhookCertificates current, Instant now) {
    List<X509Certificate> alive =
        current.bundle().stream().filter(certificate -> !expired(certificate, now)).toList();
    return alive.size() == current.bundle().size()
        ? current
        : new WebhookCertificates(current.authority(), current.serving(), alive);
  }

  private KeyedCertificate serving(KeyedCertificate authority, Instant now) {
    return authority.issue(dnsNames, now, SERVING_LIFETIME, random);
  }

  private boolean servingIsDue(WebhookCertificates current, Instant now) {
    KeyedCertificate serving = current.serving();
    return serving.due(now)
        || !current.authority().issued(serving.certificate())
        || !new TreeSet<>(dnsNames).equals(new TreeSet<>(namesOf(serving.certificate())));
  }

  private static List<String> namesOf(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.getLast())).toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static boolean expired(X509Certificate certificate, Instant now) {
    return now.isAfter(certificate.getNotAfter().toInstant());
  }
}
