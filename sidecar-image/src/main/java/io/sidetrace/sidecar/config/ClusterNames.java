package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Nearest;
import java.util.ArrayList;
import java.util.List;

/// Which clusters are defined and which are used, so that a use of one that is not defined is
/// refused. Used for one reading, by one thread.
final class ClusterNames {
  private final UniqueNames defined = new UniqueNames();
  private final List<Use> uses = new ArrayList<>();

  /// The name that a cluster is defined by.
  String define(Field name) {
    return defined.claim(name, name.requiredText());
  }

  /// The name of a cluster that something sends to.
  String use(Field name) {
    String cluster = name.requiredText();
    if (!cluster.isEmpty()) {
      uses.add(new Use(name, cluster));
    }
    return cluster;
  }

  /// Refuses the uses of what is not defined. To be called when all is read.
  void check() {
    for (Use use : uses) {
      if (!defined.contains(use.cluster())) {
        use.field().refuse(unknown(use));
      }
    }
  }

  private String unknown(Use use) {
    String guess =
        Nearest.to(use.cluster(), defined.all())
            .map(near -> "did you mean " + near + "? ")
            .orElse("");
    return "%s is no cluster (%sexpected one of: %s)"
        .formatted(use.field().describe(), guess, String.join(", ", defined.all()));
  }

  private record Use(Field field, String cluster) {}
}
