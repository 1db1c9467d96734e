package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.Precedence;
import io.sidetrace.operator.status.Acceptance;
import io.sidetrace.operator.status.Fleet;
import io.sidetrace.operator.status.Outcome;
import io.sidetrace.operator.status.Programming;
import io.sidetrace.operator.validate.Validation;
import io.sidetrace.operator.validate.Validator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one config: the judgement on it, how much of what was written is its present
/// form, and how its pods stand to it.
final class ConfigOutcome {

  private ConfigOutcome() {}

  /// What the controller has written.
  ///
  /// @param configMaps of the namespaces that can use the config
  /// @param expected how many of those there are to be
  record Written(List<ConfigMap> configMaps, int expected) {}

  /// @param fleet null until its pods have been counted
  static Outcome of(
      TracingConfig config, Precedence precedence, Written written, @Nullable Fleet fleet) {
    int expected = written.expected();
    return switch (Validator.validate(config.getSpec())) {
      case Validation.Invalid invalid ->
          new Outcome(
              new Acceptance.Invalid(invalid.format()), new Programming(0, expected), fleet);
      case Validation.Valid valid -> {
        int current =
            (int) written.configMaps().stream().filter(map -> holds(map, config, valid)).count();
        yield new Outcome(
            acceptance(config, precedence), new Programming(current, expected), fleet);
      }
    };
  }

  private static Acceptance acceptance(TracingConfig config, Precedence precedence) {
    TracingConfig older = precedence.olderEqual(config);
    return older == null
        ? new Acceptance.Accepted()
        : new Acceptance.Conflict(
            older.getMetadata().getNamespace() + "/" + older.getMetadata().getName());
  }

  private static boolean holds(ConfigMap configMap, TracingConfig config, Validation.Valid valid) {
    var metadata = config.getMetadata();
    boolean isOwn = configMap.getMetadata().getNamespace().equals(metadata.getNamespace());
    var reference =
        new ConfigReference(
            metadata.getNamespace(),
            metadata.getName(),
            isOwn ? ConfigReference.Scope.NAMESPACE : ConfigReference.Scope.CLUSTER);
    Map<String, String> data =
        ConfigRenderer.render(valid.spec(), metadata.getNamespace()).data(reference);
    return SidecarConfigMap.data(configMap).entrySet().containsAll(data.entrySet());
  }
}
