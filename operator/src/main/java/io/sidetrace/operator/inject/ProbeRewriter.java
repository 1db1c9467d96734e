package io.sidetrace.operator.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.render.RenderedSidecar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns TCP probes into questions to the sidecar. Through the redirect a TCP connection always
/// succeeds, so a plain one would find a dead application alive.
final class ProbeRewriter {
  private static final List<String> PROBES =
      List.of("readinessProbe", "livenessProbe", "startupProbe");

  private ProbeRewriter() {}

  /// @param own the containers that are ours
  static void rewrite(ObjectNode spec, Set<String> own) {
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        if (!own.contains(container.path("name").asText())) {
          rewriteProbes(container);
        }
      }
    }
  }

  private static void rewriteProbes(JsonNode container) {
    for (var name : PROBES) {
      if (container.path(name) instanceof ObjectNode probe
          && probe.path("tcpSocket") instanceof ObjectNode socket) {
        var port = port(socket, container);
        if (port != null) {
          replace(probe, port);
        }
      }
    }
  }

  /// Null for what the sidecar cannot answer: another host, or a port name that the container does
  /// not declare, which the kubelet refuses too.
  private static @Nullable Integer port(JsonNode socket, JsonNode container) {
    if (!socket.path("host").asText().isEmpty()) {
      return null;
    }
    var port = socket.path("port");
    if (port.isInt()) {
      return port.intValue();
    }
    for (var declared : container.path("ports")) {
      if (declared.path("name").asText().equals(port.asText())) {
        return declared.path("containerPort").intValue();
      }
    }
    return null;
  }

  /// In the place of the old action, so that the rest of the probe keeps its order.
  private static void replace(ObjectNode probe, int port) {
    var fields = new LinkedHashMap<String, JsonNode>();
    for (Map.Entry<String, JsonNode> field : probe.properties()) {
      if (field.getKey().equals("tcpSocket")) {
        fields.put("httpGet", httpGet(port));
      } else {
        fields.put(field.getKey(), field.getValue());
      }
    }
    probe.removeAll();
    probe.setAll(fields);
  }

  private static ObjectNode httpGet(int port) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", RenderedSidecar.TCP_PROBE_PATH + port)
        .put("port", RenderedSidecar.STATUS_PORT)
        .put("scheme", "HTTP");
  }
}
