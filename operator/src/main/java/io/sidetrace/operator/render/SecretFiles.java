package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.sidetrace.operator.api.Collector;
import java.util.ArrayList;
import java.util.List;

/// Where a pod sees what its collector's Secrets hold. The paths are always the same: files are
/// rendered for every pod, and which Secret is behind them is each pod's own volume.
final class SecretFiles {
  static final String TOKEN = file("credentials/token");
  static final String AUTHORITIES = file("tls/ca.crt");
  static final String CLIENT_CERTIFICATE = file("tls/client.crt");
  static final String CLIENT_KEY = file("tls/client.key");

  private SecretFiles() {}

  private static String file(String path) {
    return RenderedConfig.DIRECTORY + "/" + path;
  }

  /// The parts of a volume, each optional: a Secret that comes later is filled in then, and
  /// meanwhile the pod runs.
  static List<VolumeProjection> projections(Collector collector) {
    var projections = new ArrayList<VolumeProjection>();
    var credentials = collector.credentials();
    if (credentials != null) {
      projections.add(projection(credentials.secretName(), key(credentials.key(), TOKEN)));
    }
    var tls = collector.tls();
    var authorities = tls == null ? null : tls.ca();
    if (authorities != null) {
      projections.add(projection(authorities.secretName(), key(authorities.key(), AUTHORITIES)));
    }
    var certificate = tls == null ? null : tls.clientCertificate();
    if (certificate != null) {
      projections.add(
          projection(
              certificate.secretName(),
              key("tls.crt", CLIENT_CERTIFICATE),
              key("tls.key", CLIENT_KEY)));
    }
    return projections;
  }

  private static KeyToPath key(String key, String file) {
    return new KeyToPath(key, null, file.substring(RenderedConfig.DIRECTORY.length() + 1));
  }

  private static VolumeProjection projection(String secret, KeyToPath... items) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(secret)
        .withOptional(true)
        .withItems(items)
        .endSecret()
        .build();
  }
}
