package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InstallationTest {

  @Test
  void namespaceThatEveryEntryLeavesOut_isExcluded() {
    var installation =
        Installation.of(
            new KubernetesSerialization()
                .unmarshal(
                    """
                    metadata: {name: sidetrace, creationTimestamp: "2026-01-01T00:00:00Z"}
                    webhooks:
                      - namespaceSelector:
                          matchExpressions:
                            - {key: sidetrace.io/injection, operator: In, values: [enabled]}
                            - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, theirs]}
                      - namespaceSelector:
                          matchExpressions:
                            - {key: kubernetes.io/metadata.name, operator: NotIn, values: [theirs, other]}
                    """,
                    MutatingWebhookConfiguration.class));

    assertThat(installation)
        .isEqualTo(new Installation(Instant.parse("2026-01-01T00:00:00Z"), Set.of("theirs")));
  }

  @Test
  void webhookThatIsNotThere_excludesNothing() {
    assertThat(Installation.of(null)).isEqualTo(new Installation(null, Set.of()));
  }

  @Test
  void webhookWithoutSelectors_excludesNothing() {
    var configuration =
        new KubernetesSerialization()
            .unmarshal("metadata: {}\nwebhooks: [{name: a}]", MutatingWebhookConfiguration.class);

    assertThat(Installation.of(configuration)).isEqualTo(new Installation(null, Set.of()));
  }
}
