package io.sidetrace.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.Injection;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.resolve.Resolver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left out must change no decision.
final class SlimPodsTest {

  private static final List<TracingConfig> CONFIGS = List.of(Samples.config("shop", "own"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restartPolicy: Always",
        "hostNetwork: true",
        "os: {name: windows}",
        "nodeSelector: {kubernetes.io/os: windows}",
        "securityContext: {runAsUser: 1337}",
        "initContainers: [{name: sidetrace, image: theirs}]",
        "initContainers: [{name: i, image: i, securityContext: {runAsUser: 1337}}]",
        "initContainers: [{name: i, image: i, ports: [{containerPort: 15001}]}]",
        "volumes: [{name: sidetrace-config, emptyDir: {}}]"
      })
  void decision_isTheSame(String spec) {
    Pod pod = Injection.pod("shop", "web", "labels: {app: web}", spec);

    assertThat(verdict(SlimPods.slim(pod))).isEqualTo(verdict(pod));
  }

  @Test
  void injectedPod_keepsItsMarks() {
    Pod pod =
        Injection.inject(Injection.pod("shop", "web"), CONFIGS, Injection.defaults("sidecar:1"));

    Pod slim = SlimPods.slim(pod);

    assertThat(slim.getMetadata()).isEqualTo(pod.getMetadata());
    assertThat(verdict(slim)).isEqualTo(verdict(pod));
    assertThat(slim.getStatus().getPodIP()).isEqualTo("198.18.0.7");
  }

  @Test
  void mostOfIt_isLeftOut() {
    Pod pod =
        Injection.inject(Injection.pod("shop", "web"), CONFIGS, Injection.defaults("sidecar:1"));
    var yaml = new KubernetesSerialization();

    assertThat(yaml.asYaml(SlimPods.slim(pod)).length()).isLessThan(yaml.asYaml(pod).length() / 2);
  }

  private static Object verdict(Pod pod) {
    return new Resolver(Injection.defaults("sidecar:1"))
        .resolve(new AdmittedPod(pod, "shop", Map.of()), CONFIGS);
  }
}
