package io.sidetrace.sidecar.export;

import static io.sidetrace.sidecar.export.ExportFixture.zipkin;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which collector gets spans, as endpoints and configuration change.
@Timeout(60)
class ExportersReconfigurationTest {
  private static final Predicate<ReportSnapshot> NOTHING_QUEUED = account -> account.queued() == 0;
  private final ExportFixture fixture = new ExportFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void endpointThatIsDown_isPassedOver() throws Exception {
    try (FakeCollector up = FakeCollector.start();
        FakeCollector down = FakeCollector.start()) {
      down.down();
      fixture.cluster("zipkin", down.port(), up.port()).apply(zipkin("zipkin"));

      fixture.offer(zipkin("zipkin"), 10);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
      assertThat(up.confirmed()).hasSize(10);
    }
  }

  @Test
  void endpointThatSwallowsConnections_isUnreachable() throws Exception {
    // A full backlog: the kernel drops further connection requests without a word.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      fixture.cluster("zipkin", full.getLocalPort()).apply(zipkin("zipkin"));

      fixture.offer(zipkin("zipkin"), 10);

      fixture.await(account -> outcome(account).startsWith("unreachable: connection timed out"));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void clusterThatIsNotDefined_isUnreachable() throws Exception {
    fixture.apply(zipkin("zipkin"));

    fixture.offer(zipkin("zipkin"), 10);

    fixture.await(account -> outcome(account).equals("unreachable: cluster zipkin is not defined"));
  }

  @Test
  void deadCollector_holdsNoMoreThanItsMemory() throws Exception {
    fixture.apply(zipkin("zipkin"));
    for (int i = 0; i < 1_000; i++) {
      fixture.offer(zipkin("zipkin"), 100);
      fixture.account(); // lets the reporter's loop run
    }

    ReportSnapshot account = fixture.account();

    // A span here takes 190 bytes; 4 MiB hold some 22 000, and one batch that grew past them.
    assertThat(account.queued()).isBetween(10_000L, 24_000L);
    assertThat(account.dropped().get(DropReason.QUEUE_FULL)).isGreaterThan(70_000);
  }

  @Test
  void deadCollectorThatIsReplaced_leavesRoomForItsSuccessor() throws Exception {
    try (FakeCollector successor = FakeCollector.start()) {
      fixture.cluster("successor", successor.port()).apply(zipkin("dead"));
      for (int i = 0; i < 1_000; i++) {
        fixture.offer(zipkin("dead"), 100);
        fixture.account();
      }

      fixture.apply(zipkin("successor"));
      fixture.account();
      fixture.offer(zipkin("successor"), 10);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    }
  }

  @Test
  void changedProvider_leavesEachSpanToWhereItWasMeantFor() throws Exception {
    try (FakeCollector before = FakeCollector.start();
        FakeCollector after = FakeCollector.start()) {
      fixture.cluster("before", before.port()).cluster("after", after.port());
      Provider old = zipkin("before");
      fixture.apply(old);
      fixture.offer(old, 10);

      fixture.apply(zipkin("after"));
      fixture.offer(zipkin("after"), 20);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(30);
      assertThat(before.confirmed()).hasSize(10);
      assertThat(after.confirmed()).hasSize(20);
      fixture.await(_ -> before.openConnections() == 0);
      assertThat(after.openConnections()).isPositive();
    }
  }

  @Test
  void unchangedProvider_keepsItsConnection() throws Exception {
    try (FakeCollector collector = FakeCollector.start()) {
      fixture.cluster("zipkin", collector.port()).apply(zipkin("zipkin"));
      fixture.offer(zipkin("zipkin"), 2);
      fixture.await(NOTHING_QUEUED);

      fixture.apply(zipkin("zipkin"));
      fixture.offer(zipkin("zipkin"), 2);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(4);
      assertThat(collector.connections()).isEqualTo(1);
    }
  }

  @Test
  void endpointThatLeftTheCluster_isNotUsedAgain() throws Exception {
    try (FakeCollector before = FakeCollector.start();
        FakeCollector after = FakeCollector.start()) {
      fixture.cluster("zipkin", before.port()).apply(zipkin("zipkin"));
      fixture.offer(zipkin("zipkin"), 2);
      fixture.await(NOTHING_QUEUED);

      fixture.cluster("zipkin", after.port());
      fixture.offer(zipkin("zipkin"), 2);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(4);
      assertThat(after.confirmed()).hasSize(2);
      fixture.await(_ -> before.openConnections() == 0);
    }
  }

  private static String outcome(ReportSnapshot account) {
    return account.last() == null ? "" : account.last().outcome();
  }
}
