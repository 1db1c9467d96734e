package io.sidetrace.sidecar.upstream;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts servers whose certificate leads to a known authority and bears one of the given names.
/// Thread-safe.
final class NamedServer extends X509ExtendedTrustManager {
  /// `dNSName` of RFC 5280 section 4.2.1.6.
  private static final Integer DNS_NAME = 2;

  private final X509ExtendedTrustManager chains;
  private final List<String> names;

  private NamedServer(X509ExtendedTrustManager chains, List<String> names) {
    this.chains = chains;
    this.names = names;
  }

  /// @param names empty: any
  static NamedServer trusting(List<X509Certificate> authorities, List<String> names)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager chains) {
          return new NamedServer(chains, List.copyOf(names));
        }
      }
      throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType, engine);
    checkName(chain[0]);
  }

  private void checkName(X509Certificate server) throws CertificateException {
    if (names.isEmpty()) {
      return;
    }
    var found = new TreeSet<String>();
    Collection<List<?>> alternatives = server.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        if (DNS_NAME.equals(alternative.get(0))) {
          found.add(String.valueOf(alternative.get(1)));
        }
      }
    }
    if (names.stream().noneMatch(found::contains)) {
      throw new CertificateException(
          "the server's certificate is for %s (expected one of: %s)"
              .formatted(found, String.join(", ", names)));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType, socket);
    checkName(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType);
    checkName(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("clients are not served by TLS");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("clients are not served by TLS");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("clients are not served by TLS");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
