package io.sidetrace.operator.resolve;

import java.util.List;

/// What becomes of a pod. Warnings go to whoever applied it.
public sealed interface Verdict {
  List<String> warnings();

  /// It gets a sidecar.
  record Inject(ConfigChoice config, SidecarSettings settings, List<String> warnings)
      implements Verdict {
    public Inject {
      warnings = List.copyOf(warnings);
    }
  }

  /// It stays as it is.
  record Skip(SkipReason reason, List<String> warnings) implements Verdict {
    public Skip {
      warnings = List.copyOf(warnings);
    }
  }
}
