package io.sidetrace.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RotationTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES = List.of("hook.ns.svc", "hook.ns.svc.cluster.local");

  private final Rotation rotation = new Rotation(NAMES, new SecureRandom());

  @Test
  void nothing_becomesAnAuthorityAndItsServingCertificate() throws Exception {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    assertThat(made.bundle()).containsExactly(made.authority().certificate());
    assertThat(made.authority().issued(made.serving().certificate())).isTrue();
    assertThat(made.serving().certificate().getSubjectAlternativeNames())
        .map(name -> (Object) name.getLast())
        .containsExactlyElementsOf(NAMES.stream().map(name -> (Object) name).toList());
    assertThat(made.authority().certificate().getBasicConstraints()).isZero();
  }

  @Test
  void freshCertificates_stayTheSameInstance() {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    assertThat(rotation.next(made, made.bundle(), after(days(59)))).isSameAs(made);
  }

  @Test
  void servingCertificateWithLessThanAThirdLeft_isRenewedByTheSameAuthority() {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    WebhookCertificates renewed = rotation.next(made, made.bundle(), after(days(61)));

    assertThat(renewed.authority()).isEqualTo(made.authority());
    assertThat(renewed.bundle()).isEqualTo(made.bundle());
    assertThat(renewed.serving()).isNotEqualTo(made.serving());
    assertThat(renewed.serving().certificate().getNotAfter().toInstant())
        .isEqualTo(after(days(61 + 90)));
  }

  @Test
  void newAuthority_joinsTheBundleFirstAndIssuesOnlyWhenPublished() {
    WebhookCertificates made = rotation.next(null, List.of(), START);
    Instant due = after(days(250));

    WebhookCertificates joined = rotation.next(made, made.bundle(), due);

    assertThat(joined.bundle())
        .containsExactly(joined.authority().certificate(), made.authority().certificate());
    assertThat(joined.serving()).isEqualTo(made.serving());

    assertThat(rotation.next(joined, made.bundle(), due)).isSameAs(joined);

    WebhookCertificates issued = rotation.next(joined, joined.bundle(), due);
    assertThat(issued.authority()).isEqualTo(joined.authority());
    assertThat(issued.bundle()).isEqualTo(joined.bundle());
    assertThat(joined.authority().issued(issued.serving().certificate())).isTrue();
  }

  @Test
  void everyStepOfTheRotation_servesWhatThePublishedBundleVerifies() {
    WebhookCertificates current = rotation.next(null, List.of(), START);
    List<X509Certificate> published = current.bundle();
    for (int day = 0; day < 1_000; day += 10) {
      current = rotation.next(current, published, after(days(day)));
      WebhookCertificates served = current;
      assertThat(published)
          .as("day %d", day)
          .anyMatch(
              authority -> KeyedCertificate.issued(authority, served.serving().certificate()));
      published = current.bundle();
      assertThat(published).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void spentAuthority_leavesTheBundle() {
    WebhookCertificates made = rotation.next(null, List.of(), START);
    WebhookCertificates joined = rotation.next(made, made.bundle(), after(days(250)));
    WebhookCertificates issued = rotation.next(joined, joined.bundle(), after(days(250)));
    WebhookCertificates renewed = rotation.next(issued, issued.bundle(), after(days(320)));

    WebhookCertificates later = rotation.next(renewed, renewed.bundle(), after(days(366)));

    assertThat(later.bundle()).containsExactly(joined.authority().certificate());
  }

  @Test
  void expiredAuthority_isMadeAnew() {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    WebhookCertificates anew = rotation.next(made, made.bundle(), after(days(400)));

    assertThat(anew.bundle()).doesNotContain(made.authority().certificate());
    assertThat(anew.authority().issued(anew.serving().certificate())).isTrue();
  }

  @Test
  void otherServiceName_renewsTheServingCertificate() {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    WebhookCertificates renamed =
        new Rotation(List.of("other.ns.svc"), new SecureRandom())
            .next(made, made.bundle(), after(days(1)));

    assertThat(renamed.serving()).isNotEqualTo(made.serving());
    assertThat(renamed.authority()).isEqualTo(made.authority());
  }

  @Test
  void servingCertificate_neverOutlivesItsAuthority() {
    WebhookCertificates made = rotation.next(null, List.of(), START);

    KeyedCertificate late =
        made.authority().issue(NAMES, after(days(364)), days(90), new SecureRandom());

    assertThat(late.certificate().getNotAfter())
        .isEqualTo(made.authority().certificate().getNotAfter());
  }

  private static Instant after(Duration passed) {
    return START.plus(passed);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
