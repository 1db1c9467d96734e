package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import io.sidetrace.operator.validate.Validation.Invalid;
import io.sidetrace.operator.validate.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which TracingConfig serves a pod: the one that its annotation names, else one of its namespace
/// whose selector matches, else one of its namespace without a selector, else the cluster's
/// default. Of equals the older wins.
public final class Precedence {
  private static final Pattern RESOURCE_NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /// Created first, and by name where that is the same second.
  private static final Comparator<TracingConfig> BY_AGE =
      Comparator.<TracingConfig, String>comparing(
              config -> Objects.requireNonNullElse(config.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(config -> config.getMetadata().getName());

  private final String operatorNamespace;
  private final List<TracingConfig> byAge;

  public Precedence(String operatorNamespace, List<TracingConfig> configs) {
    this.operatorNamespace = operatorNamespace;
    this.byAge = configs.stream().sorted(BY_AGE).toList();
  }

  ConfigChoice choose(AdmittedPod pod, List<String> warnings) {
    var reference = reference(pod, warnings);
    var config = find(reference.namespace(), reference.name());
    if (config == null) {
      warnings.add(
          "TracingConfig %s does not exist; the pod is not traced until it does"
              .formatted(reference.format()));
    } else if (Validator.validate(config.getSpec()) instanceof Invalid invalid) {
      warnings.add(
          "TracingConfig %s is not valid: %s".formatted(reference.format(), invalid.format()));
      config = null;
    }
    return new ConfigChoice(reference, config);
  }

  private ConfigReference reference(AdmittedPod pod, List<String> warnings) {
    var named = pod.annotations().get(Keys.CONFIG);
    if (named != null && RESOURCE_NAME.matcher(named).matches()) {
      return named(named, pod.namespace());
    }
    if (named != null) {
      warnings.add(
          Warning.unreadable(
              Keys.CONFIG,
              named,
              "the name of a TracingConfig",
              "the namespace's configuration is used, else the cluster's"));
    }
    var own = ownFor(pod);
    return own != null
        ? new ConfigReference(pod.namespace(), own.getMetadata().getName(), Scope.NAMESPACE)
        : new ConfigReference(operatorNamespace, Defaults.CLUSTER_CONFIG, Scope.CLUSTER);
  }

  /// Of the operator's namespace only where that alone has it: a name found nowhere is expected to
  /// appear beside the pod.
  private ConfigReference named(String name, String namespace) {
    var isCluster = find(namespace, name) == null && find(operatorNamespace, name) != null;
    return isCluster
        ? new ConfigReference(operatorNamespace, name, Scope.CLUSTER)
        : new ConfigReference(namespace, name, Scope.NAMESPACE);
  }

  private @Nullable TracingConfig ownFor(AdmittedPod pod) {
    var selecting =
        first(
            pod.namespace(),
            selector -> selector != null && Selection.matches(selector, pod.labels()));
    return selecting != null ? selecting : first(pod.namespace(), Objects::isNull);
  }

  private @Nullable TracingConfig first(
      String namespace, Predicate<@Nullable LabelSelector> selectorMatches) {
    return byAge.stream()
        .filter(config -> isIn(namespace, config) && selectorMatches.test(selector(config)))
        .findFirst()
        .orElse(null);
  }

  private @Nullable TracingConfig find(String namespace, String name) {
    return byAge.stream()
        .filter(config -> isIn(namespace, config) && config.getMetadata().getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// The older configuration that always wins against this one, because both stand in one namespace
  /// and select the same; null where there is none. Those of the operator's namespace are found by
  /// name and never stand in each other's way.
  public @Nullable TracingConfig olderEqual(TracingConfig config) {
    var namespace = config.getMetadata().getNamespace();
    if (operatorNamespace.equals(namespace)) {
      return null;
    }
    var oldest = first(namespace, selector -> Objects.equals(selector, selector(config)));
    var isItself =
        oldest == null || oldest.getMetadata().getName().equals(config.getMetadata().getName());
    return isItself ? null : oldest;
  }

  private static boolean isIn(String namespace, TracingConfig config) {
    return namespace.equals(config.getMetadata().getNamespace());
  }

  private static @Nullable LabelSelector selector(TracingConfig config) {
    var spec = config.getSpec();
    return spec == null ? null : spec.selector();
  }
}
