package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.LightstepProvider;
import io.sidetrace.operator.api.Propagation;
import io.sidetrace.operator.api.Propagation.Format;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.api.XRayProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Envoy has no field for. It stands in the metadata of a filter chain, in a namespace that
/// Envoy passes over; what is as by default does not stand there.
final class ExtensionTree {
  private static final String NAMESPACE = "io.sidetrace";

  /// LightStep's own header first, for what still speaks it; W3C's and B3 for OpenTelemetry, whose
  /// distribution by LightStep began with B3.
  private static final Propagation LIGHTSTEP =
      new Propagation(
          List.of(Format.LIGHTSTEP, Format.TRACECONTEXT, Format.B3, Format.B3MULTI, Format.OTTRACE),
          List.of(Format.LIGHTSTEP, Format.TRACECONTEXT, Format.B3MULTI),
          true);

  private ExtensionTree() {}

  /// For the chain of requests; null where everything is as by default.
  static @Nullable ObjectNode ofRequests(
      TracingConfigSpec spec, ProviderChoice provider, CollectorTarget target) {
    var extension = TypedConfig.object();
    addPropagation(propagation(spec, provider), extension);
    addSampling(spec.sampling(), extension);
    addCollector(provider, target, extension);
    return extension.isEmpty() ? null : metadata(extension);
  }

  /// For the chain of connections that are not HTTP.
  static ObjectNode ofConnections() {
    return metadata(TypedConfig.object().put("connection_spans", true));
  }

  private static ObjectNode metadata(ObjectNode extension) {
    var metadata = TypedConfig.object();
    metadata.putObject("filter_metadata").set(NAMESPACE, extension);
    return metadata;
  }

  /// Each list that is not given is the provider's own.
  private static @Nullable Propagation propagation(
      TracingConfigSpec spec, ProviderChoice provider) {
    var given = spec.propagation();
    if (!(provider instanceof LightstepProvider)) {
      return given;
    }
    if (given == null) {
      return LIGHTSTEP;
    }
    return new Propagation(
        given.extract().isEmpty() ? LIGHTSTEP.extract() : given.extract(),
        given.inject().isEmpty() ? LIGHTSTEP.inject() : given.inject(),
        given.injectUnsampled());
  }

  private static void addPropagation(@Nullable Propagation propagation, ObjectNode extension) {
    if (propagation == null) {
      return;
    }
    addFormats("extract", propagation.extract(), extension);
    addFormats("inject", propagation.inject(), extension);
    if (!propagation.injectUnsampled()) {
      extension.withObjectProperty("propagation").put("inject_unsampled", false);
    }
  }

  private static void addFormats(String field, List<Format> formats, ObjectNode extension) {
    if (!formats.isEmpty()) {
      var list = extension.withObjectProperty("propagation").putArray(field);
      formats.forEach(format -> list.add(format.format()));
    }
  }

  private static void addSampling(Sampling sampling, ObjectNode extension) {
    if (sampling.tracesPerSecond() != null) {
      extension.withObjectProperty("sampling").put("traces_per_second", sampling.tracesPerSecond());
    }
    if (!sampling.followParent()) {
      extension.withObjectProperty("sampling").put("follow_parent", false);
    }
  }

  private static void addCollector(
      ProviderChoice provider, CollectorTarget target, ObjectNode extension) {
    if (provider instanceof XRayProvider) {
      extension.withObjectProperty("collector").put("cluster", target.cluster());
    }
    var compression = target.collector().compression();
    if (compression != Collector.Compression.NONE) {
      extension.withObjectProperty("collector").put("compression", compression.name());
    }
    addCredentials(provider, target.collector(), extension);
  }

  private static void addCredentials(
      ProviderChoice provider, Collector collector, ObjectNode extension) {
    var credentials = collector.credentials();
    if (credentials == null) {
      return;
    }
    var tree =
        extension
            .withObjectProperty("collector")
            .putArray("credentials")
            .addObject()
            .put("header", credentials.headerFor(provider))
            .put("file", SecretFiles.TOKEN);
    var prefix = credentials.prefixFor(provider);
    if (!prefix.isEmpty()) {
      tree.put("prefix", prefix);
    }
  }
}
