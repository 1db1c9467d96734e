package io.sidetrace.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import io.sidetrace.operator.GoldenFile;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.RenderedSidecar;
import io.sidetrace.operator.render.SidecarRenderer;
import io.sidetrace.operator.resolve.ConfigChoice;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import io.sidetrace.operator.resolve.LogLevel;
import io.sidetrace.operator.resolve.Redirection;
import io.sidetrace.operator.resolve.Resources;
import io.sidetrace.operator.resolve.SidecarSettings;
import io.sidetrace.operator.resolve.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PodInjectorTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final RenderedSidecar SIDECAR =
      sidecar(
          new Redirection(List.of(80), List.of(9000, 9001), List.of(5432), List.of("10.0.0.0/8")));

  /// With fields that this version cannot know, and a probe of each kind.
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        generateName: web-5d4f8c-
        labels: {app: web}
        ownerReferences: []
        creationTimestamp: null
        fromTheFuture: {kept: true}
      spec:
        initContainers:
        - name: migrate
          image: migrate
        containers:
        - name: web
          image: web
          env: []
          fromTheFuture: [1, 2.50, null]
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {tcpSocket: {port: http}, periodSeconds: 5}
          livenessProbe: {initialDelaySeconds: 3, tcpSocket: {port: 8081}}
          startupProbe: {httpGet: {path: /, port: 8080}}
        volumes:
        - {name: data, emptyDir: {}}
      """;

  @Test
  void pod_getsItsSidecar() throws IOException {
    var injected = PodInjector.inject(pod(POD), SIDECAR);

    var text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(injected);
    GoldenFile.assertEqual("pod/injected.json", text + "\n");
  }

  @Test
  void pod_itself_isNotChanged() {
    var pod = pod(POD);

    PodInjector.inject(pod, SIDECAR);

    assertThat(pod).isEqualTo(pod(POD));
  }

  @Test
  void patch_appliedToThePod_givesTheInjectedOne() {
    var pod = pod(POD);
    var injected = PodInjector.inject(pod, SIDECAR);

    var patch = PatchOperations.between(pod, injected);

    assertThat(JsonPatch.apply(patch, pod)).isEqualTo(injected);
    assertThat(operations(patch)).doesNotContain("move", "copy", "test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Pod, metadata: {}, spec: {containers: [{name: a}]}}",
        "{apiVersion: v1, kind: Pod, metadata: {annotations: {a: b}}, spec: {containers: [{name:"
            + " a}], initContainers: [], volumes: []}}",
      })
  void patch_ofASmallPod_givesTheInjectedOne(String yaml) {
    var pod = pod("# YAML\n" + yaml);
    var injected = PodInjector.inject(pod, SIDECAR);

    assertThat(JsonPatch.apply(PatchOperations.between(pod, injected), pod)).isEqualTo(injected);
  }

  @Test
  void secondPass_changesNothing() {
    var injected = PodInjector.inject(pod(POD), SIDECAR);

    var again = PodInjector.inject(injected, SIDECAR);

    assertThat(again).isEqualTo(injected);
    assertThat(PatchOperations.between(injected, again)).isEmpty();
  }

  @Test
  void secondPass_overAPodThatKubernetesCompleted_changesNothing() {
    var injected = PodInjector.inject(pod(POD), SIDECAR);
    var sidecar = (ObjectNode) injected.at("/spec/initContainers/1");
    sidecar.put("terminationMessagePath", "/dev/termination-log");
    sidecar.withObjectProperty("startupProbe").put("timeoutSeconds", 1);
    sidecar.withArrayProperty("volumeMounts").addObject().put("name", "kube-api-access-x");

    var again = PodInjector.inject(injected, sidecar(Redirection.ALL));

    assertThat(again).isEqualTo(injected);
  }

  @Test
  void secondPass_rewritesTheProbesOfALaterContainer() {
    var injected = PodInjector.inject(pod(POD), SIDECAR);
    injected
        .withObjectProperty("spec")
        .withArrayProperty("containers")
        .addObject()
        .put("name", "late")
        .withObjectProperty("livenessProbe")
        .withObjectProperty("tcpSocket")
        .put("port", 7000);

    var again = PodInjector.inject(injected, SIDECAR);

    assertThat(again.at("/spec/containers/1/livenessProbe/httpGet/path").asText())
        .isEqualTo("/probe/tcp/7000");
    assertThat(again.at("/spec/initContainers")).isEqualTo(injected.at("/spec/initContainers"));
  }

  @Test
  void pod_copiedFromAnInjectedOneInPart_getsItsSidecarOnce() {
    var copied = PodInjector.inject(pod(POD), SIDECAR);
    copied.withObjectProperty("spec").withArrayProperty("initContainers").remove(0);

    var injected = PodInjector.inject(copied, SIDECAR);

    assertThat(injected).isEqualTo(PodInjector.inject(pod(POD), SIDECAR));
  }

  static Stream<Arguments> probesThatStay() {
    return Stream.of(
        argumentSet("another host", "{tcpSocket: {host: example.com, port: 80}}"),
        argumentSet("unknown port name", "{tcpSocket: {port: nope}}"),
        argumentSet("HTTP", "{httpGet: {path: /, port: http}}"),
        argumentSet("gRPC", "{grpc: {port: 9090}}"),
        argumentSet("command", "{exec: {command: [\"true\"]}}"));
  }

  @ParameterizedTest
  @MethodSource("probesThatStay")
  void probe_thatTheSidecarCannotAnswer_stays(String probe) {
    var pod =
        pod(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec: {containers: [{name: web, livenessProbe: %s}]}
            """
                .formatted(probe));

    var injected = PodInjector.inject(pod, SIDECAR);

    assertThat(injected.at("/spec/containers")).isEqualTo(pod.at("/spec/containers"));
  }

  @Test
  void probes_ofAnothersNativeSidecar_areRewritten() {
    var pod =
        pod(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              initContainers:
              - name: proxy
                restartPolicy: Always
                startupProbe: {tcpSocket: {port: 6000}}
              containers: []
            """);

    var injected = PodInjector.inject(pod, SIDECAR);

    assertThat(injected.at("/spec/initContainers/2/startupProbe/httpGet/path").asText())
        .isEqualTo("/probe/tcp/6000");
  }

  private static Stream<String> operations(JsonNode patch) {
    return Stream.iterate(0, i -> i < patch.size(), i -> i + 1)
        .map(i -> patch.get(i).path("op").asText());
  }

  private static ObjectNode pod(String yaml) {
    return YAML.unmarshal(yaml, ObjectNode.class);
  }

  private static RenderedSidecar sidecar(Redirection redirection) {
    var reference = new ConfigReference("sidetrace-system", "default", Scope.CLUSTER);
    var settings =
        new SidecarSettings(
            "0.1.0",
            "web",
            "web",
            "registry.example.com/sidetrace-sidecar:0.1.0",
            "IfNotPresent",
            LogLevel.INFO,
            Resources.DEFAULT,
            redirection);
    return SidecarRenderer.render(
        new Verdict.Inject(new ConfigChoice(reference, config()), settings, List.of()));
  }

  private static TracingConfig config() {
    return YAML.unmarshal(
        """
        apiVersion: sidetrace.io/v1alpha1
        kind: TracingConfig
        metadata: {namespace: sidetrace-system, name: default}
        spec:
          provider: {zipkin: {}}
          collector: {service: {name: zipkin, port: 9411}}
        """,
        TracingConfig.class);
  }
}
