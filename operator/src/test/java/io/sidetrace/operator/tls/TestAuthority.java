package io.sidetrace.operator.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority with a certificate for localhost, for tests of other packages too.
public final class TestAuthority {

  private final WebhookCertificates certificates =
      new Rotation(List.of("localhost"), new SecureRandom()).next(null, List.of(), Instant.now());

  public Secret secret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("tls")
        .endMetadata()
        .withData(certificates.toSecretData())
        .build();
  }

  public String caBundle() {
    return certificates.caBundle();
  }

  /// A client's context that trusts this authority alone.
  public SSLContext client() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificates.authority().certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
