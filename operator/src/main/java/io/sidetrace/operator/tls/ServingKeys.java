package io.sidetrace.operator.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Serves whichever certificate is current: connections that stand keep theirs, new ones see the
/// new. Thread-safe.
///
/// One handshake asks three times (alias, chain, key); a reload in between must not mix two
/// certificates, so an alias names its certificate and the previous one is still answered for.
final class ServingKeys extends X509ExtendedKeyManager {

  private record Served(String alias, KeyedCertificate certificate, @Nullable Served previous) {}

  private volatile @Nullable Served current;

  synchronized void serve(KeyedCertificate certificate) {
    Served before = current;
    if (before != null && before.certificate().equals(certificate)) {
      return;
    }
    Served previous =
        before == null ? null : new Served(before.alias(), before.certificate(), null);
    current =
        new Served(certificate.certificate().getSerialNumber().toString(16), certificate, previous);
  }

  @Nullable X509Certificate certificate() {
    Served served = current;
    return served == null ? null : served.certificate().certificate();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    Served served = current;
    return served != null && keyType.equals("EC") ? served.alias() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    KeyedCertificate named = named(alias);
    return named == null ? null : new X509Certificate[] {named.certificate()};
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    KeyedCertificate named = named(alias);
    return named == null ? null : named.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = chooseServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  /// This side is never a TLS client.
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private @Nullable KeyedCertificate named(String alias) {
    for (Served served = current; served != null; served = served.previous()) {
      if (served.alias().equals(alias)) {
        return served.certificate();
      }
    }
    return null;
  }
}
