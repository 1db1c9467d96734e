package io.sidetrace.sidecar.export.datadog;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.Datadog;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.export.HttpCollector;
import io.sidetrace.sidecar.export.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// How a Datadog agent is spoken to.
public final class DatadogProtocol {
  private static final String PATH = "/v0.4/traces";

  /// As Envoy waits for its agent.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  private DatadogProtocol() {}

  /// By the settings of one provider.
  ///
  /// @param version of the sidecar
  public static Protocol of(Datadog settings, Node node, String version) {
    var process = new TracerProcess(UUID.randomUUID().toString(), ProcessHandle.current().pid());
    return new HttpCollector(
        settings.collectorCluster(),
        settings.collectorHostname(),
        PATH,
        REQUEST_TIMEOUT,
        List.of(
            MessageField.inline("datadog-meta-lang", TracerProcess.LANGUAGE),
            MessageField.inline(
                "datadog-meta-lang-version", String.valueOf(Runtime.version().feature())),
            MessageField.inline("datadog-meta-tracer-version", version)),
        () -> new MsgpackEncoder(node.service(settings.serviceName()), process));
  }
}
