package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.kube.ApiServer;
import io.sidetrace.operator.survey.Notice;
import io.sidetrace.operator.survey.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AnnouncerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000123Z");
  private static final Notice SKIPPED = notice("web", "HostNetwork: it would catch");

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient client = kubernetes.operatorsClient();
  private final Announcer announcer = new Announcer(new ApiServer(client), "controller-1");

  @AfterEach
  void close() {
    client.close();
    kubernetes.close();
  }

  @Test
  void notice_becomesAnEventOfItsWorkload() {
    announcer.hear(Set.of(SKIPPED));
    announcer.tell(NOW);

    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getMetadata().getName()).startsWith("web.");
          assertThat(event.getRegarding().getKind()).isEqualTo("Deployment");
          assertThat(event.getRegarding().getName()).isEqualTo("web");
          assertThat(event.getReportingController()).isEqualTo("sidetrace.io/controller");
          assertThat(event.getReportingInstance()).isEqualTo("controller-1");
          assertThat(event.getEventTime().getTime()).isEqualTo("2026-01-01T00:00:00.000123Z");
          assertThat(event.getType()).isEqualTo("Warning");
          assertThat(event.getReason()).isEqualTo("Skipped");
          assertThat(event.getNote()).isEqualTo("HostNetwork: it would catch");
        });
  }

  @Test
  void sameNotice_isToldOnce() {
    for (int i = 0; i < 3; i++) {
      announcer.hear(Set.of(SKIPPED));
      announcer.tell(NOW.plusSeconds(i));
    }

    assertThat(kubernetes.writes()).hasSize(1);
  }

  @Test
  void sameNoticeFromANewLeader_isRefusedByItsName() {
    announcer.hear(Set.of(SKIPPED));
    announcer.tell(NOW);
    var successor = new Announcer(new ApiServer(client), "controller-2");
    successor.hear(Set.of(SKIPPED));
    successor.tell(NOW);

    assertThat(events()).hasSize(1);
    assertThat(successor.metrics()).contains("events_total 0\n");
  }

  @Test
  void noticeThatStillHoldsWhenItsEventIsForgotten_isToldAgain() {
    announcer.hear(Set.of(SKIPPED));
    announcer.tell(NOW);
    client.resource(events().getFirst()).delete();
    Instant later = NOW.plus(Duration.ofMinutes(61));
    announcer.tell(later);
    announcer.hear(Set.of(SKIPPED));
    announcer.tell(later);

    assertThat(events()).hasSize(1);
  }

  @Test
  void manyNotices_areToldAFewAtATime_andBounded() {
    Set<Notice> many =
        IntStream.range(0, 1500).mapToObj(i -> notice("w" + i, "x")).collect(Collectors.toSet());
    announcer.hear(many);
    announcer.tell(NOW);

    assertThat(kubernetes.writes()).hasSize(10);
    assertThat(announcer.metrics()).contains("events_dropped_total 500\n");
  }

  @Test
  void refusedEvent_isGivenUp() throws Exception {
    try (var _ = kubernetes.refuse(request -> request.resource().equals("events"), 403)) {
      announcer.hear(Set.of(SKIPPED));
      announcer.tell(NOW);
      announcer.hear(Set.of(SKIPPED));
      announcer.tell(NOW);
    }

    assertThat(kubernetes.writes()).hasSize(1);
    assertThat(events()).isEmpty();
  }

  private List<Event> events() {
    return client.events().v1().events().inAnyNamespace().list().getItems();
  }

  private static Notice notice(String workload, String message) {
    return new Notice(
        new Workload("apps/v1", "Deployment", "shop", workload, ""),
        Notice.Type.WARNING,
        "Skipped",
        message);
  }
}
