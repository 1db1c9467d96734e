package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.admin.SidecarState.Lifecycle;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/status`: what the operator reads. The fields are a contract with it.
final class StatusPage {
  private StatusPage() {}

  static JsonObject of(SidecarSnapshot snapshot, Lifecycle lifecycle) {
    return new JsonObject()
        .put("version", snapshot.version())
        .put("node", snapshot.node().id())
        .put("cluster", snapshot.node().cluster())
        .put("config", config(snapshot.config()))
        .put("interception", snapshot.interception())
        .put("spans", spans(snapshot.spans()))
        .put("lastExport", lastExport(snapshot.spans().last()))
        .put("draining", lifecycle == Lifecycle.DRAINING);
  }

  /// The state's name, here and on the metrics page.
  static String name(ConfigState config) {
    return switch (config) {
      case ConfigState.Waiting waiting -> "waiting";
      case ConfigState.Applied applied -> "applied";
      case ConfigState.Refused refused -> "refused";
    };
  }

  private static JsonObject config(ConfigState config) {
    Configuration inForce = config.inForce();
    return new JsonObject()
        .put("state", name(config))
        .put("applied", inForce == null ? null : inForce.version())
        .put("refused", refusal(config));
  }

  private static @Nullable JsonObject refusal(ConfigState config) {
    return config instanceof ConfigState.Refused refused
        ? new JsonObject().put("message", refused.message())
        : null;
  }

  private static JsonObject spans(ReportSnapshot spans) {
    var dropped = new JsonObject();
    for (Map.Entry<DropReason, Long> count : spans.dropped().entrySet()) {
      dropped.put(count.getKey().label(), count.getValue());
    }
    return new JsonObject()
        .put("started", spans.started())
        .put("exported", spans.exported())
        .put("queued", spans.queued())
        .put("dropped", dropped);
  }

  private static @Nullable JsonObject lastExport(ReportSnapshot.@Nullable LastExport last) {
    return last == null
        ? null
        : new JsonObject().put("at", last.at()).put("outcome", last.outcome());
  }
}
