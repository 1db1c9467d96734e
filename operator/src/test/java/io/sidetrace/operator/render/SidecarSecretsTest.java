package io.sidetrace.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a pod mounts of its collector's Secrets, and what it says of itself.
final class SidecarSecretsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRETS =
      """
      provider: {opentelemetry: {}}
      collector:
        service: {name: c, port: 4317}
        tls: {ca: {secretName: authorities, key: bundle.pem}, clientCertificate: {secretName: mine}}
        credentials: {secretName: token, key: apikey}
      """;

  @Test
  void secrets_areMountedOptionally_besideTheConfiguration() throws IOException {
    var volume = render(SECRETS, "web").volumes().getFirst();

    assertThat(JSON.<JsonNode>valueToTree(volume))
        .isEqualTo(
            JSON.readTree(
                """
                {"name": "sidetrace-config", "projected": {"sources": [
                  {"configMap": {"name": "sidetrace", "optional": true, "items": [
                    {"key": "c_bootstrap.json", "path": "bootstrap.json"},
                    {"key": "c_lds.json", "path": "lds.json"},
                    {"key": "c_cds.json", "path": "cds.json"}]}},
                  {"secret": {"name": "token", "optional": true, "items": [
                    {"key": "apikey", "path": "credentials/token"}]}},
                  {"secret": {"name": "authorities", "optional": true, "items": [
                    {"key": "bundle.pem", "path": "tls/ca.crt"}]}},
                  {"secret": {"name": "mine", "optional": true, "items": [
                    {"key": "tls.crt", "path": "tls/client.crt"},
                    {"key": "tls.key", "path": "tls/client.key"}]}}
                ]}}
                """));
  }

  @Test
  void configurationThatIsNotThereYet_mountsNoSecrets() {
    var volume = render(null, "web").volumes().getFirst();

    assertThat(volume.getProjected()).isNull();
    assertThat(volume.getConfigMap().getName()).isEqualTo("sidetrace");
  }

  @Test
  void pod_saysWhichItIs() {
    assertThat(attributes("web"))
        .isEqualTo(
            "service.name=shop/web,service.namespace=$(POD_NAMESPACE),"
                + "service.instance.id=$(POD_NAMESPACE).$(POD_NAME).web,"
                + "k8s.namespace.name=$(POD_NAMESPACE),k8s.pod.name=$(POD_NAME),"
                + "k8s.pod.uid=$(POD_UID),k8s.node.name=$(NODE_NAME),k8s.container.name=web,"
                + "host.name=$(POD_NAME)");
  }

  @Test
  void podOfSeveralContainers_namesNone() {
    assertThat(attributes(null))
        .contains("service.instance.id=$(POD_NAMESPACE).$(POD_NAME),")
        .doesNotContain("k8s.container.name");
  }

  /// Kubernetes replaces what was defined before alone.
  @Test
  void attributes_referToVariablesBeforeThem() {
    var variables = variables("web");

    assertThat(variables)
        .extracting(EnvVar::getName)
        .containsExactly(
            "POD_NAME", "POD_NAMESPACE", "POD_UID", "NODE_NAME", "OTEL_RESOURCE_ATTRIBUTES");
  }

  private static String attributes(@Nullable String onlyContainer) {
    return variables(onlyContainer).getLast().getValue();
  }

  private static List<EnvVar> variables(@Nullable String onlyContainer) {
    return render(SECRETS, onlyContainer).initContainers().get(1).getEnv();
  }

  private static RenderedSidecar render(@Nullable String spec, @Nullable String onlyContainer) {
    var settings =
        new SidecarSettings(
            "0.1.0",
            "shop/web",
            onlyContainer,
            "sidecar:1",
            "IfNotPresent",
            LogLevel.INFO,
            Resources.DEFAULT,
            Redirection.ALL);
    var choice =
        new ConfigChoice(
            new ConfigReference("shop", "c", Scope.NAMESPACE), spec == null ? null : config(spec));
    return SidecarRenderer.render(new Verdict.Inject(choice, settings, List.of()));
  }

  private static TracingConfig config(String spec) {
    return new KubernetesSerialization().unmarshal("spec:\n" + spec.indent(2), TracingConfig.class);
  }
}
