package io.sidetrace.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// How the pods of a namespace are traced. One that is named `default` in the operator's own
/// namespace serves the whole cluster.
@Group(TracingConfig.GROUP)
@Version(TracingConfig.VERSION)
@Kind("TracingConfig")
@Plural("tracingconfigs")
@ShortNames("tc")
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Programmed",
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Collector",
    jsonPath = ".status.conditions[?(@.type==\"CollectorReachable\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Matched",
    jsonPath = ".status.pods.matched",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Current",
    jsonPath = ".status.pods.current",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Outdated",
    jsonPath = ".status.pods.outdated",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Unknown",
    jsonPath = ".status.pods.unknown",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Missing",
    jsonPath = ".status.pods.missing",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class TracingConfig extends CustomResource<TracingConfigSpec, TracingConfigStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  public static final String GROUP = "sidetrace.io";
  public static final String VERSION = "v1alpha1";

  @Override
  @Required
  public @Nullable TracingConfigSpec getSpec() {
    return super.getSpec();
  }

  @Override
  public @Nullable TracingConfigStatus getStatus() {
    return super.getStatus();
  }

  /// Absent until read or set: records have no empty form to start from.
  @Override
  protected @Nullable TracingConfigSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable TracingConfigStatus initStatus() {
    return null;
  }
}
