package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What only a restart can change about a pod's sidecar, part by part, so that an older one can be
/// told from a present one and the difference has a name. Taken of what is rendered, before
/// Kubernetes fills in defaults and others add to it.
///
/// @param parts the image as it is, of everything else a digest, by the part's name
public record Fingerprint(Map<String, String> parts) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SERVICE_NAME = "--service-cluster";

  public Fingerprint {
    parts = Map.copyOf(parts);
  }

  static Fingerprint of(List<Container> containers, List<Volume> volumes) {
    var resources = new ArrayList<Object>();
    var commands = new ArrayList<Object>();
    containers.forEach(container -> {
      resources.add(container.getResources());
      commands.add(settled(container.getArgs()));
    });
    Map<String, String> parts = new TreeMap<>();
    parts.put("image", containers.getLast().getImage());
    parts.put("resources", digest(resources));
    // The redirect's container; none where nothing is redirected.
    parts.put("interception", digest(commands.subList(0, commands.size() - 1)));
    parts.put("arguments", digest(commands.getLast()));
    parts.put("volumes", digest(volumes));
    return new Fingerprint(parts);
  }

  /// Without the name of the service: a pod that has none but its own gets that only after
  /// admission.
  private static List<String> settled(List<String> arguments) {
    var settled = new ArrayList<>(arguments);
    int at = settled.indexOf(SERVICE_NAME);
    if (at >= 0 && at + 1 < settled.size()) {
      settled.remove(at + 1);
    }
    return settled;
  }

  private static String digest(Object part) {
    return Digest.of(MAPPER.valueToTree(part).toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The names of the parts that are not the same.
  public List<String> differences(Fingerprint other) {
    return parts.entrySet().stream()
        .filter(part -> !part.getValue().equals(other.parts.get(part.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(parts).forEach(json::put);
    return json;
  }

  static Fingerprint parse(JsonNode json) {
    Map<String, String> parts = new TreeMap<>();
    json.properties().forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
    return new Fingerprint(parts);
  }
}
