package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Message;

/// Reads the settings of [Datadog].
final class DatadogReader {
  private final ClusterUse clusters;

  DatadogReader(ClusterUse clusters) {
    this.clusters = clusters;
  }

  Datadog read(Message message) {
    message.named("DatadogConfig");
    message.unsupported("remote_config", "sampling is what this configuration says");
    String cluster = clusters.http1(message.field("collector_cluster"));
    return new Datadog(
        cluster,
        message.field("service_name").text(""),
        message.field("collector_hostname").text(cluster));
  }
}
