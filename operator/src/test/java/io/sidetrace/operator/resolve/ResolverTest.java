package io.sidetrace.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.resolve.Verdict.Inject;
import io.sidetrace.operator.resolve.Verdict.Skip;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ResolverTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {%s}, annotations: {%s}}
      spec: {containers: [{name: web, image: web}]}
      """;
  private static final String YES = "sidetrace.io/inject: 'true'";
  private static final String NO = "sidetrace.io/inject: 'false'";
  private static final Map<String, String> ENABLED = Map.of("sidetrace.io/injection", "enabled");
  private static final Map<String, String> DISABLED = Map.of("sidetrace.io/injection", "disabled");

  static Stream<Arguments> wishes() {
    return Stream.of(
        argumentSet("nobody asks", "", "", Map.of(), SkipReason.NOT_OPTED_IN),
        argumentSet("namespace disabled", "", "", DISABLED, SkipReason.OPTED_OUT),
        argumentSet("label declines", NO, "", ENABLED, SkipReason.OPTED_OUT),
        argumentSet("annotation declines", "", NO, ENABLED, SkipReason.OPTED_OUT),
        argumentSet("label beats annotation", NO, YES, ENABLED, SkipReason.OPTED_OUT));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void pod_thatWantsNoSidecar_isSkippedWithoutWarning(
      String labels, String annotations, Map<String, String> namespace, SkipReason reason) {
    var verdict = resolve(Pods.read(POD.formatted(labels, annotations), namespace));

    assertThat(verdict).isEqualTo(new Skip(reason, List.of()));
  }

  static Stream<Arguments> optIns() {
    return Stream.of(
        argumentSet("namespace enabled", "", "", ENABLED),
        argumentSet("label beats namespace", YES, "", DISABLED),
        argumentSet("annotation beats namespace", "", YES, DISABLED),
        argumentSet("label beats annotation", YES, NO, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("optIns")
  void pod_thatWantsASidecar_getsIt(
      String labels, String annotations, Map<String, String> namespace) {
    var verdict = resolve(Pods.read(POD.formatted(labels, annotations), namespace));

    assertThat(verdict).isInstanceOf(Inject.class);
  }

  @Test
  void unreadableWish_isSkippedWithWarning() {
    var verdict = resolve(Pods.read(POD.formatted("sidetrace.io/inject: 'yes'", ""), ENABLED));

    assertThat(verdict)
        .isEqualTo(
            new Skip(
                SkipReason.UNREADABLE_CHOICE,
                List.of(
                    "sidetrace.io/inject: \"yes\" (expected: true or false); the pod gets no"
                        + " sidecar")));
  }

  @Test
  void unreadableNamespaceLabel_isSkippedWithWarning() {
    var verdict =
        resolve(Pods.read(POD.formatted("", ""), Map.of("sidetrace.io/injection", "true")));

    assertThat(verdict)
        .isEqualTo(
            new Skip(
                SkipReason.UNREADABLE_CHOICE,
                List.of(
                    "sidetrace.io/injection: \"true\" (expected: enabled or disabled); the pod gets"
                        + " no sidecar")));
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        argumentSet("host network", "{hostNetwork: true, containers: []}", SkipReason.HOST_NETWORK),
        argumentSet(
            "Windows by node selector",
            "{nodeSelector: {kubernetes.io/os: windows}, containers: []}",
            SkipReason.WINDOWS),
        argumentSet("Windows by os", "{os: {name: windows}, containers: []}", SkipReason.WINDOWS),
        argumentSet(
            "uid of the pod",
            "{securityContext: {runAsUser: 1337}, containers: [{name: a}]}",
            SkipReason.UID_CLASH),
        argumentSet(
            "uid of an init container",
            "{initContainers: [{name: i, securityContext: {runAsUser: 1337}}], containers: []}",
            SkipReason.UID_CLASH),
        argumentSet("container name", "{containers: [{name: sidetrace}]}", SkipReason.NAME_CLASH),
        argumentSet(
            "volume name",
            "{containers: [], volumes: [{name: sidetrace-run, emptyDir: {}}]}",
            SkipReason.NAME_CLASH),
        argumentSet(
            "port",
            "{containers: [{name: a, ports: [{containerPort: 15020}]}]}",
            SkipReason.PORT_CLASH));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void pod_thatCannotHaveASidecar_isSkippedWithItsReasonAsWarning(String spec, SkipReason reason) {
    var verdict = resolve(Pods.withSpec(spec));

    assertThat(verdict)
        .isEqualTo(
            new Skip(reason, List.of("no tracing sidecar for this pod: " + reason.description())));
  }

  @Test
  void uid_overriddenByItsContainer_doesNotClash() {
    var verdict =
        resolve(
            Pods.withSpec(
                "{securityContext: {runAsUser: 1337}, containers: [{name: a, securityContext:"
                    + " {runAsUser: 1}}]}"));

    assertThat(verdict).isInstanceOf(Inject.class);
  }

  @Test
  void udpPort_ofTheSidecarsNumber_doesNotClash() {
    var verdict =
        resolve(
            Pods.withSpec(
                "{containers: [{name: a, ports: [{containerPort: 15001, protocol: UDP}]}]}"));

    assertThat(verdict).isInstanceOf(Inject.class);
  }

  @Test
  void podSecurityLevel_thatForbidsTheRedirect_skips() {
    for (var level : List.of("baseline", "restricted")) {
      var verdict =
          resolve(
              Pods.read(
                  POD.formatted(YES, ""), Map.of("pod-security.kubernetes.io/enforce", level)));

      assertThat(verdict).isInstanceOf(Skip.class);
      assertThat(((Skip) verdict).reason()).isEqualTo(SkipReason.POD_SECURITY);
      assertThat(verdict.warnings()).singleElement().asString().contains("level privileged");
    }
  }

  @Test
  void interceptionNone_skipsWithWarning() {
    var verdict = resolve(Pods.annotated("sidetrace.io/interception: none"));

    assertThat(verdict)
        .isEqualTo(
            new Skip(
                SkipReason.INTERCEPTION_NONE,
                List.of(
                    "no tracing sidecar for this pod: interception none is not supported yet"
                        + " (expected: redirect)")));
  }

  static Stream<Arguments> leftAlone() {
    var optedIn = Pods.annotated("").pod();
    var mirror =
        Pods.annotated("kubernetes.io/config.mirror: abc, sidetrace.io/inject: 'true'").pod();
    return Stream.of(
        argumentSet(
            "kube-system",
            new AdmittedPod(optedIn, "kube-system", Map.of()),
            SkipReason.SYSTEM_NAMESPACE),
        argumentSet(
            "operator's own",
            new AdmittedPod(optedIn, Pods.OPERATOR_NAMESPACE, Map.of()),
            SkipReason.OPERATOR_NAMESPACE),
        argumentSet(
            "mirror pod", new AdmittedPod(mirror, "shop", Map.of()), SkipReason.MIRROR_POD));
  }

  @ParameterizedTest
  @MethodSource("leftAlone")
  void pod_thatIsNeverInjected_isSkipped(AdmittedPod pod, SkipReason reason) {
    assertThat(resolve(pod)).isEqualTo(new Skip(reason, List.of()));
  }

  @Test
  void mistypedKey_onAPodThatIsNotOptedIn_isWarnedOf() {
    var verdict = resolve(Pods.read(POD.formatted("", "sidetrace.io/injct: 'true'"), Map.of()));

    assertThat(verdict)
        .isEqualTo(
            new Skip(
                SkipReason.NOT_OPTED_IN,
                List.of(
                    "sidetrace.io/injct: no such annotation (expected: sidetrace.io/inject?); it is"
                        + " ignored")));
  }

  @Test
  void podWithoutMetadataAndSpec_isSkipped() {
    var verdict = resolve(Pods.read("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}"));

    assertThat(verdict).isEqualTo(new Skip(SkipReason.NOT_OPTED_IN, List.of()));
  }

  private static Verdict resolve(AdmittedPod pod) {
    return new Resolver(Pods.DEFAULTS).resolve(pod, List.of());
  }
}
