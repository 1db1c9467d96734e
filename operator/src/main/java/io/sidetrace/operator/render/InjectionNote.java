package io.sidetrace.operator.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the webhook notes in a pod's status annotation, and the controller reads there. Anybody who
/// may change the pod may change it.
///
/// @param version of the operator that injected
/// @param config `namespace/name` of the config whose files the pod mounts
/// @param hash of that config at the time; null where there was none
/// @param fingerprint without parts where an operator wrote it that knew of none
public record InjectionNote(
    String version, String config, @Nullable String hash, Fingerprint fingerprint) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  String format(List<Container> containers, List<Volume> volumes) {
    var note = JsonNodeFactory.instance.objectNode();
    note.put("version", version);
    note.put("config", config);
    note.put("hash", hash);
    var containerNames = note.putArray("containers");
    containers.forEach(container -> containerNames.add(container.getName()));
    var volumeNames = note.putArray("volumes");
    volumes.forEach(volume -> volumeNames.add(volume.getName()));
    note.set("parts", fingerprint.json());
    return Json.writeInOneLine(note);
  }

  /// Null where there is none, or somebody else's.
  public static @Nullable InjectionNote parse(@Nullable String annotation) {
    if (annotation == null) {
      return null;
    }
    try {
      JsonNode note = MAPPER.readTree(annotation);
      return note.path("config").isTextual()
          ? new InjectionNote(
              note.path("version").asText(),
              note.path("config").asText(),
              note.path("hash").textValue(),
              Fingerprint.parse(note.path("parts")))
          : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
