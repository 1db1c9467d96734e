package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Compression;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DatagramCollectorTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{16})\"");

  /// Longer than a batch takes to be sent.
  private static final int QUIET_MILLIS = 400;

  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void everySpan_isADatagram() throws Exception {
    try (DatagramSocket daemon = daemon(0);
        ExportFixture fixture = new ExportFixture()) {
      Provider xray = xray(daemon.getLocalPort());
      fixture.apply(xray).offer(xray, 500);

      assertThat(received(daemon, 500)).hasSize(500);
      ReportSnapshot account = fixture.await(snapshot -> snapshot.exported() == 500);
      assertThat(account.droppedTotal()).isZero();
      assertThat(account.last()).isNotNull();
    }
  }

  @Test
  void daemonThatIsNotThere_getsTheSpansWhenItIs() throws Exception {
    int port = freePort();
    try (ExportFixture fixture = new ExportFixture()) {
      Provider xray = xray(port);
      fixture.apply(xray).offer(xray, 10);
      fixture.await(snapshot ->
          snapshot.last() != null && snapshot.last().outcome().startsWith("unreachable"));
      assertThat(fixture.account().queued()).isEqualTo(10);

      try (DatagramSocket daemon = daemon(port)) {
        assertThat(received(daemon, 10)).hasSize(10);
        fixture.await(snapshot -> snapshot.exported() == 10);
      }
    }
  }

  @Test
  void daemonThatNeverComes_isUnreachable() throws Exception {
    Provider xray = xray(freePort());
    try (ExportFixture fixture = new ExportFixture()) {
      fixture.apply(xray).offer(xray, 10);
      fixture.await(snapshot -> snapshot.last() != null);
      // The provider leaves: what it holds is tried no more.
      fixture.apply(xray(freePort()));

      ReportSnapshot account = fixture.await(snapshot -> snapshot.queued() == 0);
      assertThat(account.dropped()).containsEntry(DropReason.UNREACHABLE, 10L);
    }
  }

  @Test
  void providerThatLeaves_sendsWhatItHolds() throws Exception {
    try (DatagramSocket daemon = daemon(0);
        ExportFixture fixture = new ExportFixture()) {
      Provider xray = xray(daemon.getLocalPort());
      fixture.apply(xray).offer(xray, 40);
      fixture.apply(xray(freePort()));

      assertThat(received(daemon, 40)).hasSize(40);
      fixture.await(snapshot -> snapshot.exported() == 40);
    }
  }

  @Test
  void clusterThatIsNamed_getsTheSpansInstead() throws Exception {
    try (DatagramSocket daemon = daemon(0);
        DatagramSocket other = daemon(0);
        ExportFixture fixture = new ExportFixture()) {
      fixture.with(new CollectorOptions("daemon", Compression.NONE, List.of()));
      Provider xray = xray(freePort());
      fixture.apply(xray).offer(xray, 4);
      fixture.await(snapshot ->
          snapshot.last() != null && snapshot.last().outcome().contains("daemon is not defined"));

      fixture.cluster("daemon", daemon.getLocalPort());
      assertThat(received(daemon, 4)).hasSize(4);
      fixture.await(snapshot -> snapshot.exported() == 4);

      fixture.redefine("daemon", other.getLocalPort());
      fixture.offer(xray, 4);
      assertThat(received(other, 4)).hasSize(4);
      fixture.await(snapshot -> snapshot.exported() == 8);
    }
  }

  private static Provider xray(int port) {
    return new XRay(
        "shop",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        XRay.DEFAULT_RULES,
        "",
        Value.Mapping.EMPTY);
  }

  private static DatagramSocket daemon(int port) throws IOException {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setReceiveBufferSize(1 << 20); // of which the kernel grants what it may
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = daemon(0)) {
      return free.getLocalPort();
    }
  }

  /// The identifiers of so many segments, and of those that come right behind them.
  private static Set<String> received(DatagramSocket daemon, int expected) throws IOException {
    Set<String> ids = new HashSet<>();
    var packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        packet.setLength(65_536);
        daemon.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        Matcher id = ID.matcher(text);
        assertThat(id.find()).as(text).isTrue();
        assertThat(ids.add(id.group(1))).as("twice: " + text).isTrue();
        daemon.setSoTimeout(ids.size() < expected ? PATIENCE_MILLIS : QUIET_MILLIS);
      }
    } catch (SocketTimeoutException quiet) {
      return ids;
    }
  }
}
