package io.sidetrace.operator.survey;

import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.Fingerprint;
import io.sidetrace.operator.render.SidecarRenderer;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.resolve.SidecarSettings;
import io.sidetrace.operator.resolve.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides about a running pod as the webhook would if it were created now. Confined to one thread.
public final class Examiner {

  /// About as many workloads as a large cluster has; the pods of each are rendered alike.
  private static final int REMEMBERED = 2000;

  private final Resolver resolver;

  /// Rendering is nearly all of the work, and an edit of the cluster's config asks for it once more
  /// for every pod.
  private final Map<Rendering, Fingerprint> rendered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rendering, Fingerprint> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Examiner(Resolver resolver) {
    this.resolver = resolver;
  }

  /// Everything that a sidecar is rendered from.
  private record Rendering(SidecarSettings settings, ConfigReference reference, String form) {
    static Rendering of(Verdict.Inject inject) {
      return new Rendering(
          inject.settings(), inject.config().reference(), form(inject.config().config()));
    }

    private static String form(@Nullable TracingConfig config) {
      return config == null
          ? ""
          : config.getMetadata().getUid() + "@" + config.getMetadata().getGeneration();
    }
  }

  /// What the rules give the pod.
  ///
  /// @param configs of the pod's namespace and of the operator's
  public Expectation expect(AdmittedPod pod, List<TracingConfig> configs) {
    return switch (resolver.resolve(pod, configs)) {
      case Verdict.Inject inject ->
          new Expectation.Wanted(inject.config().reference().format(), fingerprint(inject));
      case Verdict.Skip(var reason, var _) ->
          reason.isObstacle()
              ? new Expectation.Hindered(resolver.configFor(pod, configs).format(), reason)
              : new Expectation.Unwanted(reason);
    };
  }

  private Fingerprint fingerprint(Verdict.Inject inject) {
    return rendered.computeIfAbsent(
        Rendering.of(inject), _ -> SidecarRenderer.render(inject).fingerprint());
  }
}
