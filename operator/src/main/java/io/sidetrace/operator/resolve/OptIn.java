package io.sidetrace.operator.resolve;

import static io.sidetrace.operator.resolve.SkipReason.MIRROR_POD;
import static io.sidetrace.operator.resolve.SkipReason.NOT_OPTED_IN;
import static io.sidetrace.operator.resolve.SkipReason.OPERATOR_NAMESPACE;
import static io.sidetrace.operator.resolve.SkipReason.OPTED_OUT;
import static io.sidetrace.operator.resolve.SkipReason.SYSTEM_NAMESPACE;
import static io.sidetrace.operator.resolve.SkipReason.UNREADABLE_CHOICE;

import io.sidetrace.operator.api.Keys;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a sidecar is wanted: the pod's word beats its namespace's, a label beats an annotation,
/// because only labels can be selected by.
final class OptIn {
  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final String operatorNamespace;

  OptIn(String operatorNamespace) {
    this.operatorNamespace = operatorNamespace;
  }

  /// Null where a sidecar is wanted.
  @Nullable SkipReason decide(AdmittedPod pod, List<String> warnings) {
    if (SYSTEM.contains(pod.namespace())) {
      return SYSTEM_NAMESPACE;
    }
    if (pod.namespace().equals(operatorNamespace)) {
      return OPERATOR_NAMESPACE;
    }
    if (pod.annotations().containsKey(MIRROR)) {
      return MIRROR_POD;
    }
    return wish(pod, warnings);
  }

  private static @Nullable SkipReason wish(AdmittedPod pod, List<String> warnings) {
    var label = pod.labels().get(Keys.INJECT);
    var own = label != null ? label : pod.annotations().get(Keys.INJECT);
    if (own != null) {
      return read(new Choice(Keys.INJECT, own, "true", "false"), warnings);
    }
    var namespace = pod.namespaceLabels().get(Keys.INJECTION);
    if (namespace != null) {
      return read(new Choice(Keys.INJECTION, namespace, "enabled", "disabled"), warnings);
    }
    return NOT_OPTED_IN;
  }

  private record Choice(String key, String value, String yes, String no) {}

  private static @Nullable SkipReason read(Choice choice, List<String> warnings) {
    if (choice.value().equals(choice.yes())) {
      return null;
    }
    if (choice.value().equals(choice.no())) {
      return OPTED_OUT;
    }
    warnings.add(
        Warning.unreadable(
            choice.key(),
            choice.value(),
            choice.yes() + " or " + choice.no(),
            "the pod gets no sidecar"));
    return UNREADABLE_CHOICE;
  }
}
