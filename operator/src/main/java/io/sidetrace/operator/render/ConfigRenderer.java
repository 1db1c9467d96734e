package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Provider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.TracingConfigSpec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Renders the files of a configuration.
public final class ConfigRenderer {
  private ConfigRenderer() {}

  /// Renders one spec.
  ///
  /// @param spec one that `validate` found valid
  /// @param namespace the TracingConfig's own, where a Service reference names none
  /// @throws IllegalArgumentException if the spec has no provider or no collector, which `validate`
  ///   refuses
  public static RenderedConfig render(TracingConfigSpec spec, String namespace) {
    var collector = spec.collector();
    var provider = choice(spec.provider());
    if (collector == null || provider == null) {
      throw new IllegalArgumentException("spec: " + spec + " (expected: one that is valid)");
    }
    return render(spec, provider, collector, namespace);
  }

  private static @Nullable ProviderChoice choice(@Nullable Provider provider) {
    return provider == null ? null : provider.choice();
  }

  private static RenderedConfig render(
      TracingConfigSpec spec, ProviderChoice provider, Collector collector, String namespace) {
    var target = CollectorTarget.of(collector, provider, namespace);
    var chain =
        new RequestChain(
            TracingTree.of(spec, ProviderTree.of(provider, target, spec.sampling())),
            ExtensionTree.ofRequests(spec, provider, target));
    var listeners = array(ListenerTree.inbound(spec, chain), ListenerTree.outbound(spec, chain));
    var clusters =
        array(
            ClusterTree.originalDestination("inbound"),
            ClusterTree.originalDestination("outbound"),
            ClusterTree.collector(target, provider.transport()));
    var hash = hash(Json.write(listeners), Json.write(clusters));
    return new RenderedConfig(
        hash, BootstrapTree.TEXT, discovery(hash, listeners), discovery(hash, clusters));
  }

  private static ArrayNode array(ObjectNode... elements) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var element : elements) {
      array.add(element);
    }
    return array;
  }

  private static String discovery(String hash, ArrayNode resources) {
    var response = JsonNodeFactory.instance.objectNode();
    response.put("version_info", hash);
    response.set("resources", resources);
    return Json.write(response);
  }

  private static String hash(String listeners, String clusters) {
    return Digest.of(
        listeners.getBytes(StandardCharsets.UTF_8), clusters.getBytes(StandardCharsets.UTF_8));
  }
}
