package io.sidetrace.operator.survey;

import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.SidecarRenderer;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.resolve.Verdict;
import java.util.List;

/// Decides about a running pod as the webhook would if it were created now. Immutable.
public final class Examiner {
  private final Resolver resolver;

  public Examiner(Resolver resolver) {
    this.resolver = resolver;
  }

  /// What the rules give the pod.
  ///
  /// @param configs of the pod's namespace and of the operator's
  public Expectation expect(AdmittedPod pod, List<TracingConfig> configs) {
    return switch (resolver.resolve(pod, configs)) {
      case Verdict.Inject inject ->
          new Expectation.Wanted(
              inject.config().reference().format(), SidecarRenderer.render(inject).fingerprint());
      case Verdict.Skip(var reason, var _) ->
          reason.isObstacle()
              ? new Expectation.Hindered(resolver.configFor(pod, configs).format(), reason)
              : new Expectation.Unwanted(reason);
    };
  }
}
