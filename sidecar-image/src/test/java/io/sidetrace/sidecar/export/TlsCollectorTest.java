package io.sidetrace.sidecar.export;

import static io.sidetrace.sidecar.export.ExportFixture.zipkin;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.UpstreamTls;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.upstream.Certificates;
import io.sidetrace.sidecar.upstream.Certificates.Clients;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A collector that is reached by TLS only.
@Timeout(60)
final class TlsCollectorTest {
  private static final Provider ZIPKIN = zipkin("zipkin");

  @TempDir Path directory;

  @Test
  void spans_arriveByTls() throws Exception {
    Certificates certificates = new Certificates(directory).make("zipkin", "zipkin.example");
    try (ServerSocket server = certificates.serve("zipkin", Clients.ANY);
        ExportFixture fixture = new ExportFixture()) {
      Thread.ofVirtual().start(() -> acceptSpans(server));
      fixture
          .cluster(cluster(server.getLocalPort(), certificates.file("zipkin.pem")))
          .apply(ZIPKIN);

      fixture.offer(ZIPKIN, 10);

      assertThat(fixture.await(account -> account.queued() == 0).exported()).isEqualTo(10);
    }
  }

  @Test
  void untrustedCollector_isToldByName() throws Exception {
    Certificates certificates =
        new Certificates(directory).make("zipkin", "zipkin.example").make("other", "a");
    try (ServerSocket server = certificates.serve("zipkin", Clients.ANY);
        ExportFixture fixture = new ExportFixture()) {
      Thread.ofVirtual().start(() -> acceptSpans(server));
      fixture.cluster(cluster(server.getLocalPort(), certificates.file("other.pem"))).apply(ZIPKIN);

      fixture.offer(ZIPKIN, 10);

      ReportSnapshot account = fixture.await(snapshot -> snapshot.last() != null);
      assertThat(Objects.requireNonNull(account.last()).outcome())
          .startsWith("unreachable: TLS with 127.0.0.1:")
          .contains("certification path");
      assertThat(fixture.clusters.tlsFailures()).isPositive();
    }
  }

  private static ClusterDefinition cluster(int port, Path authority) {
    return new ClusterDefinition(
        "zipkin",
        ClusterDefinition.Type.STATIC,
        Duration.ofSeconds(5),
        List.of(new SocketAddress("127.0.0.1", port)),
        ClusterDefinition.DnsLookupFamily.AUTO,
        new UpstreamTls(
            "zipkin.example",
            new UpstreamTls.Validation(
                new UpstreamTls.Authorities.File(authority), List.of("zipkin.example")),
            null));
  }

  /// Answers every message on every connection.
  private static void acceptSpans(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        while (readMessage(connection.getInputStream())) {
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // refused by the client, or closed
      }
    }
  }

  private static boolean readMessage(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return false;
      }
      head.append((char) octet);
    }
    String field = "content-length: ";
    int from = head.indexOf(field) + field.length();
    in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf("\r\n", from))));
    return true;
  }
}
