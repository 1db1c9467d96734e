package io.sidetrace.sidecar.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// TLS to a cluster's endpoints.
///
/// @param sni the name that the server is asked for; empty: none
/// @param validation how the server's certificate is checked; null: not at all, as in Envoy
/// @param identity our own certificate; null: none
public record UpstreamTls(
    String sni, @Nullable Validation validation, @Nullable Identity identity) {

  /// The server's certificate must lead to one of the authorities.
  ///
  /// @param dnsNames one of them must stand in the certificate; empty: any certificate does
  public record Validation(Authorities authorities, List<String> dnsNames) {
    public Validation {
      dnsNames = List.copyOf(dnsNames);
    }
  }

  /// Certificates that are trusted, in PEM.
  public sealed interface Authorities {
    record File(Path path) implements Authorities {}

    record Inline(String pem) implements Authorities {}
  }

  /// Files in PEM, the key in PKCS #8.
  public record Identity(Path certificateChain, Path privateKey) {}
}
