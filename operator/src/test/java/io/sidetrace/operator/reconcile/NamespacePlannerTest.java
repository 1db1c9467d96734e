package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.reconcile.NamespacePlan.Change;
import io.sidetrace.operator.render.ConfigRenderer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamespacePlannerTest {

  private static final Namespace LABELLED = Samples.labelled("shop");
  private static final Namespace PLAIN = Samples.namespace("shop", "");
  private static final TracingConfig OWN = Samples.config("shop", "own");
  private static final TracingConfig CLUSTERS =
      Samples.config(Samples.OPERATOR_NAMESPACE, "default");

  private final NamespacePlanner planner = new NamespacePlanner(Samples.OPERATOR_NAMESPACE);

  @Test
  void labelledNamespace_getsEveryUsableConfig() {
    assertThat(planned(LABELLED, List.of(OWN)).getData().keySet())
        .containsExactly(
            "cluster_default_bootstrap.json",
            "cluster_default_cds.json",
            "cluster_default_lds.json",
            "own_bootstrap.json",
            "own_cds.json",
            "own_lds.json");
  }

  @Test
  void namespaceWithItsOwnConfig_needsNoLabel() {
    assertThat(planned(PLAIN, List.of(OWN)).getMetadata().getNamespace()).isEqualTo("shop");
  }

  @Test
  void namespaceThatWantsNothing_isLeftAlone() {
    assertThat(change(view(PLAIN, List.of(), null))).isEqualTo(new Change.Keep());
  }

  @Test
  void disabledNamespace_isLeftAlone() {
    var disabled = Samples.namespace("shop", "sidetrace.io/injection: disabled");

    assertThat(change(view(disabled, List.of(), null))).isEqualTo(new Change.Keep());
  }

  @Test
  void operatorsOwnNamespace_isLeftAlone() {
    var view =
        new NamespaceView(
            Samples.labelled(Samples.OPERATOR_NAMESPACE),
            List.of(CLUSTERS),
            List.of(CLUSTERS),
            null,
            List.of());

    assertThat(change(view)).isEqualTo(new Change.Keep());
  }

  @Test
  void labelledNamespaceWithoutAnyConfig_getsNone() {
    var view = new NamespaceView(LABELLED, List.of(), List.of(), null, List.of());

    assertThat(change(view)).isEqualTo(new Change.Keep());
  }

  @Test
  void settledNamespace_plansNothing() {
    var settled = stored(planned(LABELLED, List.of(OWN)));

    assertThat(planner.plan(view(LABELLED, List.of(OWN), settled)))
        .isEqualTo(NamespacePlan.of(new Change.Keep()));
  }

  @Test
  void deletedConfig_leavesTheConfigMap() {
    var before = stored(planned(LABELLED, List.of(OWN)));

    assertThat(change(view(LABELLED, List.of(), before)))
        .isInstanceOfSatisfying(
            Change.Rewrite.class,
            rewrite ->
                assertThat(rewrite.data().keySet()).allMatch(key -> key.startsWith("cluster_")));
  }

  @Test
  void removedLabel_takesTheConfigMapAway() {
    var before = stored(planned(LABELLED, List.of()));

    assertThat(change(view(PLAIN, List.of(), before))).isEqualTo(new Change.Remove(before));
  }

  @Test
  void removedLabel_leavesTheConfigMapWhileAPodMountsIt() {
    var before = stored(planned(LABELLED, List.of()));
    var pod = Samples.injectedPod("shop", "web", CLUSTERS_NAME, hash(CLUSTERS));
    var view = new NamespaceView(PLAIN, List.of(), List.of(CLUSTERS), before, List.of(pod));

    assertThat(planner.plan(view).change()).isEqualTo(new Change.Keep());
  }

  @Test
  void terminatingNamespace_isNotTouched() {
    var terminating =
        new NamespaceBuilder(LABELLED)
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();
    var before = stored(planned(LABELLED, List.of(OWN)));

    assertThat(change(view(terminating, List.of(), before))).isEqualTo(new Change.Keep());
    assertThat(change(view(terminating, List.of(OWN), null))).isEqualTo(new Change.Keep());
  }

  @Test
  void configMapOfSomeoneElse_isNotTouched() {
    var foreign = Samples.configMap("shop", Map.of());

    assertThat(change(view(LABELLED, List.of(OWN), foreign)))
        .isEqualTo(new Change.Blocked(foreign));
    assertThat(change(view(PLAIN, List.of(), foreign))).isEqualTo(new Change.Blocked(foreign));
  }

  @Test
  void strangersKeyInOurConfigMap_isTakenOut() {
    var settled = stored(planned(LABELLED, List.of()));
    var touched = new ConfigMapBuilder(settled).addToData("stranger", "x").build();

    assertThat(change(view(LABELLED, List.of(), touched)))
        .isEqualTo(new Change.Rewrite(touched, settled.getData()));
  }

  @Test
  void configThatBecameInvalid_keepsItsLastValidForm() {
    var before = stored(planned(LABELLED, List.of(OWN)));
    var invalid = Samples.config("shop", "own", "provider: {}");

    assertThat(change(view(LABELLED, List.of(invalid), before))).isEqualTo(new Change.Keep());
  }

  @Test
  void configThatNeverWasValid_isNotWritten() {
    var invalid = Samples.config("shop", "own", "provider: {}");

    assertThat(planned(LABELLED, List.of(invalid)).getData().keySet())
        .allMatch(key -> key.startsWith("cluster_"));
  }

  @Test
  void ownConfigNamedAsTheClustersPrefix_isNotTakenForTheClusters() {
    var before = stored(planned(LABELLED, List.of(Samples.config("shop", "cluster"))));
    var invalid = Samples.config("shop", "cluster", "provider: {}");

    assertThat(change(view(LABELLED, List.of(invalid), before))).isEqualTo(new Change.Keep());
  }

  private static final String CLUSTERS_NAME = Samples.OPERATOR_NAMESPACE + "/default";

  /// A pod created before or after the last write of the ConfigMap, injected with the present hash
  /// or another, nudged with the present one, another, or never.
  @ParameterizedTest
  @CsvSource({
    "after,  present, never,   false",
    "before, present, never,   true",
    "after,  other,   never,   true",
    "after,  none,    never,   true",
    "before, other,   present, false",
    "after,  present, other,   true",
  })
  void pod_isNudgedWhereItMayHoldAnOlderForm(
      String created, String injectedWith, String nudgedWith, boolean isNudged) {
    var pod =
        new PodBuilder(Samples.injectedPod("shop", "web", CLUSTERS_NAME, hash(injectedWith)))
            .editMetadata()
            .withCreationTimestamp(
                created.equals("after") ? "2026-01-01T00:00:02Z" : "2026-01-01T00:00:01Z")
            .endMetadata()
            .build();
    if (!nudgedWith.equals("never")) {
      pod.getMetadata().getAnnotations().put(Keys.CONFIG_HASH, hash(nudgedWith));
    }

    assertThat(nudges(pod).isEmpty()).isNotEqualTo(isNudged);
  }

  @ParameterizedTest
  @CsvSource({"Succeeded", "Failed"})
  void podThatHasEnded_isNotNudged(String phase) {
    var pod = new PodBuilder(outdatedPod()).withNewStatus().withPhase(phase).endStatus().build();

    assertThat(nudges(pod)).isEmpty();
  }

  @Test
  void podOnItsWayOut_isNotNudged() {
    var pod =
        new PodBuilder(outdatedPod())
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:03Z")
            .endMetadata()
            .build();

    assertThat(nudges(pod)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"not json", "{}", "[]"})
  void podWhoseStatusCannotBeRead_isNotNudged(String status) {
    var pod = outdatedPod();
    pod.getMetadata().getAnnotations().put(Keys.STATUS, status);

    assertThat(nudges(pod)).isEmpty();
  }

  @Test
  void podWithoutAnnotations_isNotNudged() {
    var pod = outdatedPod();
    pod.getMetadata().setAnnotations(null);

    assertThat(nudges(pod)).isEmpty();
  }

  @Test
  void changedConfig_isToldToEveryPodOfItAndToNoOther() {
    var before = stored(planned(LABELLED, List.of(OWN)));
    var changed = Samples.config("shop", "own", "provider: {zipkin: {traceId128Bit: true}}");
    var pods =
        List.of(
            Samples.injectedPod("shop", "ours", "shop/own", hash(OWN)),
            Samples.injectedPod("shop", "others", "shop/absent", "x"));

    var plan =
        planner.plan(
            new NamespaceView(LABELLED, List.of(changed), List.of(CLUSTERS), before, pods));

    assertThat(plan.change()).isInstanceOf(Change.Rewrite.class);
    assertThat(plan.nudges())
        .containsExactly(new NamespacePlan.Nudge(pods.getFirst(), hash(changed)));
  }

  private List<NamespacePlan.Nudge> nudges(Pod pod) {
    var settled = stored(planned(LABELLED, List.of()));
    var view = new NamespaceView(LABELLED, List.of(), List.of(CLUSTERS), settled, List.of(pod));
    var plan = planner.plan(view);
    assertThat(plan.change()).isEqualTo(new Change.Keep());
    return plan.nudges();
  }

  private static Pod outdatedPod() {
    return Samples.injectedPod("shop", "web", CLUSTERS_NAME, "other");
  }

  private static String hash(String which) {
    return switch (which) {
      case "present" -> hash(CLUSTERS);
      case "none" -> "";
      default -> which;
    };
  }

  private static String hash(TracingConfig config) {
    return ConfigRenderer.render(
            Objects.requireNonNull(config.getSpec()), config.getMetadata().getNamespace())
        .hash();
  }

  private Change change(NamespaceView view) {
    return planner.plan(view).change();
  }

  private ConfigMap planned(Namespace namespace, List<TracingConfig> own) {
    return change(view(namespace, own, null)) instanceof Change.Create(var desired)
        ? desired
        : new ConfigMap();
  }

  private static NamespaceView view(
      Namespace namespace, List<TracingConfig> own, @Nullable ConfigMap current) {
    return new NamespaceView(namespace, own, List.of(CLUSTERS), current, List.of());
  }

  /// As it comes back from the API server: written in the first second of the year.
  private static ConfigMap stored(ConfigMap desired) {
    return new ConfigMapBuilder(desired)
        .editMetadata()
        .withResourceVersion("7")
        .addNewManagedField()
        .withManager("kubectl")
        .withTime("2026-06-01T00:00:00Z")
        .endManagedField()
        .addNewManagedField()
        .withManager(Cluster.FIELD_MANAGER)
        .withTime("2026-01-01T00:00:01Z")
        .endManagedField()
        .endMetadata()
        .build();
  }
}
