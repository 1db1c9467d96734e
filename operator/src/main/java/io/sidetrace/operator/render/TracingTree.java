package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Tag;
import io.sidetrace.operator.api.TracingConfigSpec;
import java.util.List;

/// The tracing object of a connection manager.
final class TracingTree {
  private TracingTree() {}

  static ObjectNode of(TracingConfigSpec spec, ObjectNode provider) {
    var tracing = object();
    tracing.set("client_sampling", Percentages.percent(spec.sampling().client()));
    tracing.set("random_sampling", Percentages.percent(spec.sampling().random()));
    tracing.set("overall_sampling", Percentages.percent(spec.sampling().overall()));
    tracing.put("max_path_tag_length", spec.maxPathTagLength());
    addTags(spec.tags(), tracing);
    tracing.set("provider", provider);
    return tracing;
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

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
