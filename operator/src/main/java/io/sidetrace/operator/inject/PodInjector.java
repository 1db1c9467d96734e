package io.sidetrace.operator.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.render.RenderedSidecar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts sidecars into pods. Thread-safe: each pod is copied first.
public final class PodInjector {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PodInjector() {}

  /// The pod with its sidecar. One that has it already keeps it as it is, also where other
  /// admission plugins have since filled in its defaults; only probes that came later are
  /// rewritten.
  public static ObjectNode inject(ObjectNode pod, RenderedSidecar sidecar) {
    var injected = pod.deepCopy();
    var containers = trees(sidecar.initContainers());
    var volumes = trees(sidecar.volumes());
    var spec = injected.withObjectProperty("spec");
    if (!isInjected(injected, containers, volumes)) {
      putFirst(spec, "initContainers", containers);
      putLast(spec, "volumes", volumes);
      mark(injected.withObjectProperty("metadata"), sidecar.status());
    }
    ProbeRewriter.rewrite(spec, names(containers));
    return injected;
  }

  private static boolean isInjected(
      ObjectNode pod, List<ObjectNode> containers, List<ObjectNode> volumes) {
    return pod.path("metadata").path("annotations").has(Keys.STATUS)
        && names(pod.path("spec").path("initContainers")).containsAll(names(containers))
        && names(pod.path("spec").path("volumes")).containsAll(names(volumes));
  }

  /// First, so that everything which starts after them is traced.
  private static void putFirst(ObjectNode spec, String field, List<ObjectNode> added) {
    var others = without(names(added), spec.path(field));
    var list = spec.putArray(field);
    list.addAll(added);
    list.addAll(others);
  }

  private static void putLast(ObjectNode spec, String field, List<ObjectNode> added) {
    var others = without(names(added), spec.path(field));
    var list = spec.putArray(field);
    list.addAll(others);
    list.addAll(added);
  }

  /// What is left when remains of an earlier injection are taken out: of a pod that was copied from
  /// an injected one in part.
  private static List<JsonNode> without(Set<String> names, JsonNode list) {
    var rest = new ArrayList<JsonNode>();
    for (var element : list) {
      if (!names.contains(element.path("name").asText())) {
        rest.add(element);
      }
    }
    return rest;
  }

  private static void mark(ObjectNode metadata, String status) {
    metadata.withObjectProperty("annotations").put(Keys.STATUS, status);
    metadata.withObjectProperty("labels").put(Keys.INJECTED, "true");
  }

  private static List<ObjectNode> trees(List<?> models) {
    return models.stream().map(model -> MAPPER.<ObjectNode>valueToTree(model)).toList();
  }

  private static Set<String> names(Iterable<? extends JsonNode> elements) {
    var names = new HashSet<String>();
    elements.forEach(element -> names.add(element.path("name").asText()));
    return names;
  }
}
