package io.sidetrace.operator.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A webhook replica's side: follows the Secret and the published bundle, serves on the first, and
/// is ready only while the second verifies it. Thread-safe; informer threads write, the health
/// endpoint and handshakes read.
public final class ServingCertificate {

  private static final Logger log = LoggerFactory.getLogger(ServingCertificate.class);

  private final ServingKeys keys = new ServingKeys();
  private volatile List<X509Certificate> published = List.of();

  /// A TLS context on which a change of the certificate takes effect with the next connection.
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[0], new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /// The Secret as an informer saw it. An unreadable one changes nothing: what is served goes on
  /// being served.
  public void secretChanged(Secret secret) {
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    switch (WebhookCertificates.parse(data)) {
      case WebhookCertificates.Content.Complete(var certificates) ->
          keys.serve(certificates.serving());
      case WebhookCertificates.Content.Broken(var reason) ->
          log.warn(
              "Secret {} is unreadable, the certificate in use stays: {}",
              secret.getMetadata().getName(),
              reason);
    }
  }

  /// The webhook configuration as an informer saw it; only what all its entries trust counts.
  public void webhooksChanged(MutatingWebhookConfiguration configuration) {
    published = PublishedBundle.trustedByAll(PublishedBundle.of(configuration));
  }

  /// Empty when ready; else what is missing.
  public String unready() {
    X509Certificate serving = keys.certificate();
    if (serving == null) {
      return "no serving certificate yet (expected: written by the controller's leader)";
    }
    return published.stream().anyMatch(authority -> KeyedCertificate.issued(authority, serving))
        ? ""
        : "the published caBundle does not verify the serving certificate (expected: its authority)";
  }
}
