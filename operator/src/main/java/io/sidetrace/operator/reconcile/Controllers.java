package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.sidetrace.operator.kube.Cluster;
import java.time.Clock;
import java.time.Duration;

/// Registers the reconcilers with the framework.
public final class Controllers {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /// Everything is driven by events; this only bounds how long a lost one could matter.
  private static final Duration RESYNC = Duration.ofMinutes(10);

  private Controllers() {}

  public static void register(
      Operator operator, Cluster cluster, String operatorNamespace, Fleets fleets) {
    operator.register(
        new NamespaceReconciler(cluster, operatorNamespace),
        // Namespaces count no generations, and labels would not be part of one.
        overrider -> configure(overrider, "namespace").withGenerationAware(false));
    operator.register(
        new TracingConfigReconciler(operatorNamespace, fleets, Clock.systemUTC()),
        overrider -> configure(overrider, "tracing-config"));
  }

  private static <P extends HasMetadata> ControllerConfigurationOverrider<P> configure(
      ControllerConfigurationOverrider<P> overrider, String name) {
    var retry = GenericRetry.defaultLimitedExponentialRetry().withoutMaxAttempts();
    retry.setInitialInterval(FIRST_RETRY.toMillis()).setMaxInterval(LONGEST_RETRY.toMillis());
    return overrider
        .withName(name)
        .watchingAllNamespaces()
        .withFieldManager(Cluster.FIELD_MANAGER)
        .withRetry(retry)
        .withReconciliationMaxInterval(RESYNC);
  }
}
