package io.sidetrace.operator.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sidetrace.operator.api.NamedPod;
import io.sidetrace.operator.api.PodCounts;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.Injection;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.status.Fleet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// From pods, rules and answers to what is counted, told and asked next.
final class NamespaceSurveyTest {

  private static final TracingConfig OWN = Samples.config("shop", "own");
  private static final String HASH =
      ConfigRenderer.render(Objects.requireNonNull(OWN.getSpec()), "shop").hash();
  private static final Instant INSTALLED = Instant.parse("2025-12-31T00:00:00Z");
  private static final Instant LONG_AFTER = Instant.parse("2026-02-01T00:00:00Z");

  private final NamespaceSurvey survey =
      new NamespaceSurvey(new Examiner(new Resolver(Injection.defaults("sidecar:1"))));

  static Stream<Arguments> answers() {
    return Stream.of(
        argumentSet("the present form", answer(HASH, null), "current", "", ""),
        argumentSet(
            "the present form, though a later file was refused",
            answer(HASH, "lds.json: no"),
            "current",
            "",
            ""),
        argumentSet(
            "an older form", answer("0ld", null), "outdated", "NotApplied", "uses 0ld (expected: "),
        argumentSet("none yet", answer(null, null), "outdated", "Waiting", "no configuration yet"),
        argumentSet(
            "a refusal",
            answer("0ld", "lds.json: no"),
            "outdated",
            "Refused",
            "refuses it: lds.json: no"),
        argumentSet("silence", new Reading.Silent("no answer"), "unknown", "", ""),
        argumentSet("not asked", null, "unknown", "", ""));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void injectedPod_standsAsItsSidecarSays(
      @Nullable Reading reading, String state, String reason, String message) {
    var result = look(List.of(injected()), List.of(OWN), reading);

    var fleet = Objects.requireNonNull(result.fleets().get("shop/own"));
    assertThat(state(fleet.counts())).isEqualTo(state);
    assertThat(fleet.outdated())
        .allSatisfy(pod -> {
          assertThat(pod.reason()).isEqualTo(reason);
          assertThat(pod.message()).contains(message);
        });
    assertThat(result.targets()).containsExactly(new Target("uid-web", "shop", "198.18.0.7", HASH));
  }

  static Stream<Arguments> restarts() {
    return Stream.of(
        argumentSet(
            "another image",
            Injection.inject(Injection.pod("shop", "web"), List.of(OWN), Injection.defaults("old")),
            "NeedsRestart",
            "changed since it was injected: image (expected"),
        argumentSet(
            "other resources",
            annotated(injected(), "sidetrace.io/sidecar-memory", "99Mi"),
            "NeedsRestart",
            "resources"),
        argumentSet(
            "another redirect",
            annotated(injected(), "sidetrace.io/exclude-outbound-ports", "5432"),
            "NeedsRestart",
            "interception"),
        argumentSet(
            "another level of logs",
            annotated(injected(), "sidetrace.io/log-level", "debug"),
            "NeedsRestart",
            "arguments"),
        argumentSet(
            "no details noted",
            annotated(
                injected(),
                "sidetrace.io/status",
                "{\"version\":\"0.0.1\",\"config\":\"shop/own\",\"hash\":\"x\"}"),
            "NeedsRestart",
            "arguments, image, interception, resources, volumes"),
        argumentSet(
            "another config",
            Injection.inject(
                Injection.pod("shop", "web"),
                List.of(Samples.config(Samples.OPERATOR_NAMESPACE, "default")),
                Injection.defaults("sidecar:1")),
            "OtherConfig",
            "mounts the files of sidetrace-system/default (expected: those of shop/own"));
  }

  /// Whatever its sidecar says: it may be content with what it has.
  @ParameterizedTest
  @MethodSource("restarts")
  void podThatOnlyARestartChanges_isOutdated(Pod pod, String reason, String message) {
    var result = look(List.of(pod), List.of(OWN), answer(HASH, null));

    var fleet = Objects.requireNonNull(result.fleets().get("shop/own"));
    assertThat(fleet.outdated())
        .singleElement()
        .satisfies(outdated -> {
          assertThat(outdated.reason()).isEqualTo(reason);
          assertThat(outdated.message()).contains(message);
        });
    assertThat(reasons(result)).containsExactly("Outdated");
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        argumentSet(
            "asked for itself", "", "", "NotInjected", "no webhook answered when it was created"),
        argumentSet(
            "older than the webhook",
            "labels: {old: \"\"}\n  creationTimestamp: \"2020-01-01T00:00:00Z\"",
            "",
            "OlderThanOperator",
            "before the operator was installed"),
        argumentSet("on the host's network", "", "hostNetwork: true", "HostNetwork", "redirect"),
        argumentSet(
            "as the sidecar's user", "", "securityContext: {runAsUser: 1337}", "UidClash", "1337"));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void podWithoutItsSidecar_isMissingWithAReason(
      String metadata, String spec, String reason, String message) {
    Pod pod = Injection.pod("shop", "web", "", spec);
    if (metadata.contains("2020")) {
      pod.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
    }

    var result = look(List.of(pod), List.of(OWN), null);

    var fleet = Objects.requireNonNull(result.fleets().get("shop/own"));
    assertThat(fleet.counts()).isEqualTo(new PodCounts(1, 0, 0, 0, 0, 1));
    assertThat(fleet.missing())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.reason()).isEqualTo(reason);
          assertThat(found.message()).contains(message);
        });
    assertThat(result.targets()).isEmpty();
  }

  @Test
  void podThatNobodyWantsTraced_isNotCounted() {
    Pod pod = annotated(Injection.pod("shop", "web"), "sidetrace.io/inject", "false");

    var result = look(List.of(pod), List.of(OWN), null);

    assertThat(result.fleets()).isEmpty();
    assertThat(result.notices()).isEmpty();
  }

  @Test
  void injectedPodThatDeclinesNow_countsForWhatItMounts() {
    Pod pod = annotated(injected(), "sidetrace.io/inject", "false");

    var result = look(List.of(pod), List.of(OWN), answer(HASH, null));

    assertThat(Objects.requireNonNull(result.fleets().get("shop/own")).counts().current())
        .isEqualTo(1);
  }

  @Test
  void podsThatEnd_areNotCounted() {
    Pod done = new PodBuilder(injected()).editStatus().withPhase("Succeeded").endStatus().build();
    Pod leaving =
        new PodBuilder(injected())
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:01:00Z")
            .endMetadata()
            .build();

    assertThat(look(List.of(done, leaving), List.of(OWN), null).fleets()).isEmpty();
  }

  @Test
  void labelAlone_makesNoInjectedPod() {
    Pod copied =
        new PodBuilder(Injection.pod("shop", "web"))
            .editMetadata()
            .addToLabels("sidetrace.io/injected", "true")
            .endMetadata()
            .build();

    var result = look(List.of(copied), List.of(OWN), null);

    assertThat(result.targets()).isEmpty();
    assertThat(Objects.requireNonNull(result.fleets().get("shop/own")).counts().missing())
        .isEqualTo(1);
  }

  @Test
  void podOnTheHostsNetwork_isNeverAsked() {
    Pod pod = new PodBuilder(injected()).editSpec().withHostNetwork(true).endSpec().build();

    assertThat(look(List.of(pod), List.of(OWN), null).targets()).isEmpty();
  }

  @Test
  void podThatIsStillStarting_isNotAskedYet() {
    Pod pod = new PodBuilder(injected()).editStatus().withPhase("Pending").endStatus().build();

    var result = look(List.of(pod), List.of(OWN), null);

    assertThat(result.targets()).isEmpty();
    assertThat(Objects.requireNonNull(result.fleets().get("shop/own")).counts().unknown())
        .isEqualTo(1);
  }

  @Test
  void exports_countForTheConfigThatWasMounted() {
    var exported =
        new Reading.Answered(new SidecarReport(HASH, null, "connect: refused", "10:00", null));

    Fleet own =
        Objects.requireNonNull(
            look(List.of(injected()), List.of(OWN), exported).fleets().get("shop/own"));

    assertThat(own.exports().failed()).isEqualTo(Map.of("connect: refused", 1));
  }

  @Test
  void invalidConfig_leavesItsPodsUnknown() {
    var invalid = Samples.config("shop", "own", "provider: {}");

    var result =
        look(
            List.of(injected(), annotated(injected(), "sidetrace.io/log-level", "debug")),
            List.of(invalid),
            answer(HASH, null));

    assertThat(Objects.requireNonNull(result.fleets().get("shop/own")).counts().unknown())
        .isEqualTo(2);
  }

  @Test
  void replicas_makeOneNotice() {
    String owner =
        "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4f, uid: u, controller: true}]\n"
            + "  labels: {pod-template-hash: 5d4f}";
    Pod first = Injection.pod("shop", "web-5d4f-a", owner, "hostNetwork: true");
    Pod second = Injection.pod("shop", "web-5d4f-b", owner, "hostNetwork: true");

    var result = look(List.of(first, second), List.of(OWN), null);

    assertThat(result.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.workload())
              .isEqualTo(new Workload("apps/v1", "Deployment", "shop", "web", ""));
          assertThat(notice.reason()).isEqualTo("Skipped");
          assertThat(notice.message()).startsWith("HostNetwork: ");
        });
  }

  @Test
  void injection_isToldWhileItIsNews() {
    var view = view(List.of(injected()), List.of(OWN));
    var fresh =
        new NamespaceSurvey.View(
            view.labels(),
            view.pods(),
            view.configs(),
            new NamespaceSurvey.Moments(INSTALLED, Instant.parse("2025-12-31T23:59:00Z")));

    assertThat(reasons(survey.look(fresh, _ -> null))).containsExactly("Injected");
    assertThat(reasons(survey.look(view, _ -> null))).isEmpty();
  }

  @Test
  void changedRules_areSeenThoughThePodIsTheSame() {
    Pod pod = injected();
    look(List.of(pod), List.of(OWN), answer(HASH, null));
    var edited = Samples.config("shop", "own", "provider: {zipkin: {traceId128Bit: true}}");
    edited.getMetadata().setGeneration(2L);

    var result = look(List.of(pod), List.of(edited), answer(HASH, null));

    assertThat(Objects.requireNonNull(result.fleets().get("shop/own")).outdated())
        .extracting(NamedPod::reason)
        .containsExactly("NotApplied");
    var other =
        Samples.config("shop", "own", "provider: {zipkin: {}}\n  selector: {matchLabels: {a: b}}");
    other.getMetadata().setGeneration(3L);
    assertThat(look(List.of(pod), List.of(other), null).fleets().keySet())
        .containsExactly("sidetrace-system/default");
  }

  private NamespaceSurvey.Result look(
      List<Pod> pods, List<TracingConfig> configs, @Nullable Reading reading) {
    return survey.look(view(pods, configs), _ -> reading);
  }

  private static NamespaceSurvey.View view(List<Pod> pods, List<TracingConfig> configs) {
    return new NamespaceSurvey.View(
        Map.of(), pods, configs, new NamespaceSurvey.Moments(INSTALLED, LONG_AFTER));
  }

  private static Pod injected() {
    return Injection.inject(
        Injection.pod("shop", "web"), List.of(OWN), Injection.defaults("sidecar:1"));
  }

  private static Pod annotated(Pod pod, String key, String value) {
    return new PodBuilder(pod).editMetadata().addToAnnotations(key, value).endMetadata().build();
  }

  private static Reading answer(@Nullable String applied, @Nullable String refusal) {
    return new Reading.Answered(new SidecarReport(applied, refusal, null, null, null));
  }

  private static String state(PodCounts counts) {
    assertThat(counts.matched()).isEqualTo(1);
    assertThat(counts.injected()).isEqualTo(1);
    return counts.current() == 1 ? "current" : counts.outdated() == 1 ? "outdated" : "unknown";
  }

  private static List<String> reasons(NamespaceSurvey.Result result) {
    return result.notices().stream().map(Notice::reason).toList();
  }
}
