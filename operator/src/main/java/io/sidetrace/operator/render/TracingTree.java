package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.Tag;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.api.ZipkinProvider;
import java.util.List;

/// The tracing object of a connection manager.
final class TracingTree {
  private TracingTree() {}

  static ObjectNode of(TracingConfigSpec spec, ProviderChoice provider, String collectorCluster) {
    var tracing = object();
    tracing.set("client_sampling", percent(spec.sampling().client()));
    tracing.set("random_sampling", percent(spec.sampling().random()));
    tracing.set("overall_sampling", percent(spec.sampling().overall()));
    tracing.put("max_path_tag_length", spec.maxPathTagLength());
    addTags(spec.tags(), tracing);
    tracing.set(
        "provider",
        switch (provider) {
          case ZipkinProvider zipkin -> zipkin(zipkin, collectorCluster);
        });
    return tracing;
  }

  private static ObjectNode percent(Number percent) {
    var value = percent.doubleValue();
    return value == Math.rint(value)
        ? object().put("value", (int) value)
        : object().put("value", value);
  }

  private static void addTags(List<Tag> tags, ObjectNode tracing) {
    if (!tags.isEmpty()) {
      var array = tracing.putArray("custom_tags");
      tags.forEach(tag -> array.add(tag(tag)));
    }
  }

  private static ObjectNode tag(Tag tag) {
    var tree = object().put("tag", tag.name());
    switch (tag.source()) {
      case null -> throw new IllegalArgumentException(tag + " (expected: one that is valid)");
      case Tag.Source.Literal literal -> tree.putObject("literal").put("value", literal.value());
      case Tag.Source.Environment environment ->
          addLookup(
              tree.putObject("environment"), environment.variable(), environment.defaultValue());
      case Tag.Source.RequestHeader header ->
          addLookup(tree.putObject("request_header"), header.header(), header.defaultValue());
    }
    return tree;
  }

  private static void addLookup(ObjectNode tree, String name, String defaultValue) {
    tree.put("name", name);
    if (!defaultValue.isEmpty()) {
      tree.put("default_value", defaultValue);
    }
  }

  /// The version is always `HTTP_JSON`: Envoy refuses the old one even where the endpoint is
  /// `/api/v1/spans`, and the sidecar goes by the endpoint.
  private static ObjectNode zipkin(ZipkinProvider zipkin, String collectorCluster) {
    var provider = object().put("name", "envoy.tracers.zipkin");
    var config =
        provider
            .putObject("typed_config")
            .put("@type", "type.googleapis.com/envoy.config.trace.v3.ZipkinConfig")
            .put("collector_cluster", collectorCluster)
            .put("collector_endpoint", zipkin.collectorEndpoint())
            .put("collector_endpoint_version", "HTTP_JSON");
    if (zipkin.collectorHostname() != null) {
      config.put("collector_hostname", zipkin.collectorHostname());
    }
    config
        .put("shared_span_context", zipkin.sharedSpanContext())
        .put("trace_id_128bit", zipkin.traceId128Bit());
    return provider;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
