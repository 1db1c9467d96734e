package io.sidetrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.operator.tls.WebhookNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

  private static final Map<String, String> REQUIRED =
      Map.of(
          "OPERATOR_NAMESPACE", "sidetrace-system",
          "SIDECAR_IMAGE", "registry.example/sidecar:1",
          "WEBHOOK_SERVICE", "hook",
          "WEBHOOK_CONFIGURATION", "sidetrace");

  @Test
  void whatIsNotSet_hasADefault() {
    Settings settings = accepted(Map.of());

    assertThat(settings.operatorNamespace()).isEqualTo("sidetrace-system");
    assertThat(settings.webhook())
        .isEqualTo(new WebhookNames("sidetrace-system", "hook", "hook-tls", "sidetrace"));
    assertThat(settings.lease()).isEqualTo("sidetrace-controller");
    assertThat(settings.webhookPort()).isEqualTo(8443);
    assertThat(settings.healthPort()).isEqualTo(8081);
    assertThat(settings.sidecar().image()).isEqualTo("registry.example/sidecar:1");
    assertThat(settings.sidecar().pullPolicy()).isEqualTo("IfNotPresent");
    assertThat(settings.sidecar().version()).isEqualTo("development");
  }

  @Test
  void everyVariable_isRead() {
    Settings settings =
        accepted(
            Map.of(
                "SIDECAR_IMAGE_PULL_POLICY", "Always",
                "WEBHOOK_SECRET", "certificates",
                "CONTROLLER_LEASE", "lease",
                "WEBHOOK_PORT", " 0 ",
                "HEALTH_PORT", "65535"));

    assertThat(settings.sidecar().pullPolicy()).isEqualTo("Always");
    assertThat(settings.webhook().secret()).isEqualTo("certificates");
    assertThat(settings.lease()).isEqualTo("lease");
    assertThat(settings.webhookPort()).isZero();
    assertThat(settings.healthPort()).isEqualTo(65535);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPERATOR_NAMESPACE        | ''     | OPERATOR_NAMESPACE: not set (expected: the namespace that the operator runs in)
          SIDECAR_IMAGE             | '  '   | SIDECAR_IMAGE: not set (expected: the sidecar's image)
          WEBHOOK_SERVICE           | ''     | WEBHOOK_SERVICE: not set (expected: the name of the webhook's Service)
          WEBHOOK_CONFIGURATION     | ''     | WEBHOOK_CONFIGURATION: not set (expected: the name of the webhook configurations)
          SIDECAR_IMAGE_PULL_POLICY | always | SIDECAR_IMAGE_PULL_POLICY: always (expected: Always, IfNotPresent or Never)
          WEBHOOK_PORT              | https  | WEBHOOK_PORT: https (expected: a port, 0..65535)
          WEBHOOK_PORT              | 65536  | WEBHOOK_PORT: 65536 (expected: a port, 0..65535)
          HEALTH_PORT               | -1     | HEALTH_PORT: -1 (expected: a port, 0..65535)
          """)
  void variableThatCannotBeUsed_isRefusedByName(String name, String value, String reason) {
    assertThat(read(Map.of(name, value))).isEqualTo(new Settings.Reading.Refused(List.of(reason)));
  }

  @Test
  void everyRefusal_isToldAtOnce() {
    assertThat(Settings.read(Map.of("HEALTH_PORT", "x")))
        .isInstanceOfSatisfying(
            Settings.Reading.Refused.class,
            refused -> assertThat(refused.reasons()).hasSize(REQUIRED.size() + 1));
  }

  private static Settings accepted(Map<String, String> changes) {
    assertThat(read(changes)).isInstanceOf(Settings.Reading.Accepted.class);
    return ((Settings.Reading.Accepted) read(changes)).settings();
  }

  private static Settings.Reading read(Map<String, String> changes) {
    var environment = new HashMap<>(REQUIRED);
    environment.putAll(changes);
    return Settings.read(environment);
  }
}
