package io.sidetrace.operator.webhook;

import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.resolve.Resolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// The webhook's paths and who judges on each. Thread-safe.
public final class Webhook {

  /// What the chart's entry for pods that ask for themselves calls.
  private static final String PODS = "/mutate/pod";

  /// What the chart's entry for namespaces with the label calls: the API server has seen the label
  /// there, which counts more than a cache of ours that may be behind. Else the first pods of a
  /// namespace just labelled would be missed.
  private static final String PODS_OF_LABELLED_NAMESPACES = "/mutate/namespace";

  private static final String WORKLOADS = "/warn";

  private final AdmissionCounters counters = new AdmissionCounters();
  private final Map<String, AdmissionHandler> handlers = new LinkedHashMap<>();

  /// Both functions take the name of a namespace.
  public Webhook(
      Resolver resolver,
      Function<String, Map<String, String>> namespaceLabels,
      Function<String, List<TracingConfig>> usableConfigs) {
    Function<String, Map<String, String>> labelled =
        namespace -> enabled(namespaceLabels.apply(namespace));
    handle(PODS, new PodAdmission(resolver, namespaceLabels, usableConfigs, counters));
    handle(
        PODS_OF_LABELLED_NAMESPACES, new PodAdmission(resolver, labelled, usableConfigs, counters));
    handle(WORKLOADS, new WorkloadAdvice());
  }

  public WebhookServer serve(InetSocketAddress address, SSLContext tls, Duration grace)
      throws IOException {
    return WebhookServer.start(address, tls, handlers, grace);
  }

  /// Prometheus text.
  public String metrics() {
    return counters.format();
  }

  private void handle(String path, Admission admission) {
    handlers.put(path, new AdmissionHandler(path, admission, counters));
  }

  private static Map<String, String> enabled(Map<String, String> labels) {
    var enabled = new HashMap<>(labels);
    enabled.put(Keys.INJECTION, "enabled");
    return enabled;
  }
}
