package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.SamplingRule;
import io.sidetrace.operator.api.XRayProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Envoy's `XRayConfig`.
final class XRayTree {
  private static final int MANIFEST_VERSION = 2; // the one that Envoy reads

  private static final String LOOPBACK = "127.0.0.1";

  private XRayTree() {}

  static ObjectNode of(XRayProvider xray, CollectorTarget target, Sampling sampling) {
    var provider = TypedConfig.object();
    var config =
        TypedConfig.message(provider, "envoy.tracers.xray", "envoy.config.trace.v3.XRayConfig");
    addDaemon(target, config);
    config.put(
        "segment_name", Objects.requireNonNullElse(xray.segmentName(), ProviderTree.UNKNOWN));
    var manifest = manifest(xray, sampling);
    if (manifest != null) {
      config.putObject("sampling_rule_manifest").put("inline_string", manifest);
    }
    if (xray.origin() != null) {
      config.putObject("segment_fields").put("origin", xray.origin());
    }
    return provider;
  }

  /// For an Envoy, which wants an address, and of IPv4: the collector's where it is one, else the
  /// daemon of its own host. The sidecar goes by the cluster, which the extension names.
  private static void addDaemon(CollectorTarget target, ObjectNode config) {
    var endpoint = target.endpoints().getFirst();
    var address = endpoint.address();
    var isIpv4 = CollectorTarget.isAddress(address) && !address.contains(":");
    config
        .putObject("daemon_endpoint")
        .put("protocol", "UDP")
        .put("address", isIpv4 ? address : LOOPBACK)
        .put("port_value", endpoint.port());
  }

  private static @Nullable String manifest(XRayProvider xray, Sampling sampling) {
    return switch (xray.samplingBy()) {
      case XRAY -> xray.samplingRuleManifest();
      case TRACING_CONFIG -> Json.writeInOneLine(manifest(sampling));
    };
  }

  /// The config's own shares in X-Ray's language.
  private static ObjectNode manifest(Sampling sampling) {
    var manifest = TypedConfig.object().put("version", MANIFEST_VERSION);
    var rules = manifest.putArray("rules");
    for (var rule : sampling.rules()) {
      var tree =
          rules
              .addObject()
              .put("host", "*")
              .put("http_method", Objects.requireNonNullElse(rule.method(), "*"))
              .put("url_path", path(rule));
      addShare(rule.random(), sampling, tree);
    }
    addShare(sampling.random(), sampling, manifest.putObject("default"));
    return manifest;
  }

  private static String path(SamplingRule rule) {
    var path = rule.path();
    if (path == null) {
      return "*";
    }
    return path.prefix() == null ? Objects.requireNonNull(path.exact()) : path.prefix() + "*";
  }

  private static void addShare(double random, Sampling sampling, ObjectNode rule) {
    var share = Percentages.ratio(Math.min(random, sampling.overall()));
    rule.put("fixed_target", 0).put("rate", share);
  }
}
