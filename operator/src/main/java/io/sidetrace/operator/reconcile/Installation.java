package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the webhook's configuration says of the pods that it was asked about.
///
/// @param since when it has been there; null where it is not
/// @param excluded namespaces whose pods no webhook is asked about, whatever they say themselves
public record Installation(@Nullable Instant since, Set<String> excluded) {

  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  public Installation {
    excluded = Set.copyOf(excluded);
  }

  /// From the configuration; null where there is none.
  public static Installation of(@Nullable MutatingWebhookConfiguration configuration) {
    if (configuration == null) {
      return new Installation(null, Set.of());
    }
    List<Set<String>> each =
        configuration.getWebhooks().stream().map(Installation::excluded).toList();
    // Asked by one is asked.
    Set<String> byAll =
        each.stream()
            .flatMap(Set::stream)
            .filter(namespace -> each.stream().allMatch(some -> some.contains(namespace)))
            .collect(Collectors.toSet());
    String created = configuration.getMetadata().getCreationTimestamp();
    return new Installation(created == null ? null : Instant.parse(created), byAll);
  }

  private static Set<String> excluded(MutatingWebhook webhook) {
    LabelSelector selector = webhook.getNamespaceSelector();
    if (selector == null) {
      return Set.of();
    }
    return selector.getMatchExpressions().stream()
        .filter(expression -> NAMESPACE_NAME.equals(expression.getKey()))
        .filter(expression -> "NotIn".equals(expression.getOperator()))
        .flatMap(expression -> Stream.ofNullable(expression.getValues()).flatMap(List::stream))
        .collect(Collectors.toSet());
  }
}
