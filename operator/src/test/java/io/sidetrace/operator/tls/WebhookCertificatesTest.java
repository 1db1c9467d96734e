package io.sidetrace.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookCertificatesTest {

  private final WebhookCertificates made =
      new Rotation(List.of("hook.ns.svc"), new SecureRandom())
          .next(null, List.of(), Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void secretData_readsBackEqual() {
    assertThat(WebhookCertificates.parse(made.toSecretData()))
        .isEqualTo(new WebhookCertificates.Content.Complete(made));
  }

  @Test
  void caBundle_readsBackAsTheBundle() {
    assertThat(WebhookCertificates.parseCaBundle(made.caBundle())).isEqualTo(made.bundle());
  }

  @ParameterizedTest
  @CsvSource({"''", "Cg==", "not base64!", "bm90IHBlbQ=="})
  void caBundleThatHoldsNoCertificate_trustsNobody(String caBundle) {
    assertThat(WebhookCertificates.parseCaBundle(caBundle)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ca.crt", "ca.key", "tls.crt", "tls.key", "bundle.crt"})
  void missingEntry_isBrokenByName(String key) {
    Map<String, String> data = new HashMap<>(made.toSecretData());
    data.remove(key);

    assertThat(WebhookCertificates.parse(data))
        .isEqualTo(new WebhookCertificates.Content.Broken(key + ": absent (expected: PEM)"));
  }

  @ParameterizedTest
  @CsvSource({"ca.crt", "ca.key", "tls.crt", "tls.key"})
  void garbledEntry_isBroken(String key) {
    Map<String, String> data = new HashMap<>(made.toSecretData());
    data.put(key, Base64.getEncoder().encodeToString(new byte[] {'x'}));

    assertThat(WebhookCertificates.parse(data))
        .isInstanceOf(WebhookCertificates.Content.Broken.class);
  }
}
