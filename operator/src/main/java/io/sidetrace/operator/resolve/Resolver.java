package io.sidetrace.operator.resolve;

import io.sidetrace.operator.api.TracingConfig;
import java.util.ArrayList;
import java.util.List;

/// Decides about pods. Immutable, so any number of admissions may ask at once.
public final class Resolver {
  private final Defaults defaults;

  public Resolver(Defaults defaults) {
    this.defaults = defaults;
  }

  /// Decides about one pod.
  ///
  /// @param configs of the pod's namespace and of the operator's, in any order; others are ignored
  public Verdict resolve(AdmittedPod pod, List<TracingConfig> configs) {
    var warnings = new ArrayList<String>();
    var skip = new OptIn(defaults.operatorNamespace()).decide(pod, warnings);
    KeyCheck.warnAboutUnknown(pod, warnings);
    if (skip != null) {
      return new Verdict.Skip(skip, warnings);
    }
    var obstacle = Obstacles.find(pod, warnings);
    if (obstacle != null) {
      warnings.add("no tracing sidecar for this pod: " + obstacle.description());
      return new Verdict.Skip(obstacle, warnings);
    }
    var config = new Precedence(defaults.operatorNamespace(), configs).choose(pod, warnings);
    var settings = new Overrides(pod, warnings).apply(defaults);
    return new Verdict.Inject(config, settings, warnings);
  }

  /// The config that would serve the pod if it got a sidecar.
  ///
  /// @param configs as for `resolve`
  public ConfigReference configFor(AdmittedPod pod, List<TracingConfig> configs) {
    return new Precedence(defaults.operatorNamespace(), configs)
        .choose(pod, new ArrayList<>())
        .reference();
  }
}
