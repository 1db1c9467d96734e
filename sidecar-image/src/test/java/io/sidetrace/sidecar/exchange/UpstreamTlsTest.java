package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.UpstreamTls;
import io.sidetrace.sidecar.config.UpstreamTls.Authorities;
import io.sidetrace.sidecar.config.UpstreamTls.Identity;
import io.sidetrace.sidecar.config.UpstreamTls.Validation;
import io.sidetrace.sidecar.upstream.Certificates;
import io.sidetrace.sidecar.upstream.Certificates.Clients;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Routed requests to servers that speak TLS.
final class UpstreamTlsTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates =
        new Certificates(directory).make("server", "good.example").make("client", "client.example");
  }

  @Test
  void request_goesThroughTlsAndBack() throws Exception {
    UpstreamTls tls = new UpstreamTls("good.example", trusting("server", "good.example"), null);
    try (TestServer server = new TestServer(certificates.serve("server", Clients.ANY));
        DataPlane plane = plane(server.address(), tls);
        Peer client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
      Peer upstream = server.accept();
      assertThat(upstream.receiveUntil("hello")).startsWith("POST / HTTP/1.1\r\n");
      String body = "x".repeat(200_000);
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + body);
      client.receiveHead();
      assertThat(client.receive(body.length())).isEqualTo(body);

      client.send(REQUEST);
      assertThat(upstream.receiveHead()).startsWith("GET / ");
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 ");
      client.close();
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.clusters.tlsFailures()).isZero();
    }
  }

  @Test
  void ownCertificate_isShown() throws Exception {
    Identity identity =
        new Identity(certificates.file("client.pem"), certificates.file("client.key"));
    try (TestServer server = new TestServer(certificates.serve("server", Clients.KNOWN));
        DataPlane plane =
            plane(server.address(), new UpstreamTls("", trusting("server"), identity));
        Peer client = plane.connect()) {
      client.send(REQUEST);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void serverOfAnotherAuthority_isNotSpokenTo() throws Exception {
    assertUnreachable("server", new UpstreamTls("", trusting("client"), null));
  }

  @Test
  void serverOfAnotherName_isNotSpokenTo() throws Exception {
    assertUnreachable("server", new UpstreamTls("", trusting("server", "bad.example"), null));
  }

  @Test
  void anyServer_isSpokenToWithoutValidation() throws Exception {
    try (TestServer server = new TestServer(certificates.serve("server", Clients.ANY));
        DataPlane plane = plane(server.address(), new UpstreamTls("", null, null));
        Peer client = plane.connect()) {
      client.send(REQUEST);
      assertThat(server.accept().receiveHead()).startsWith("GET / ");
    }
  }

  @Test
  void missingCertificate_isToldAndCounted() throws Exception {
    UpstreamTls tls = new UpstreamTls("", trusting("absent"), null);
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server.address(), tls);
        Peer client = plane.connect()) {
      client.send(REQUEST);
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 503 ");
      assertThat(plane.clusters.tlsFailures()).isEqualTo(1);
      assertThat(plane.clusters.all().iterator().next().tlsProblem()).contains("absent.pem");
    }
  }

  @Test
  void authorityInline_isTrusted() throws Exception {
    String pem = Files.readString(certificates.file("server.pem"));
    UpstreamTls tls =
        new UpstreamTls("", new Validation(new Authorities.Inline(pem), List.of()), null);
    try (TestServer server = new TestServer(certificates.serve("server", Clients.ANY));
        DataPlane plane = plane(server.address(), tls);
        Peer client = plane.connect()) {
      client.send(REQUEST);
      assertThat(server.accept().receiveHead()).startsWith("GET / ");
    }
  }

  private static void assertUnreachable(String server, UpstreamTls tls) throws Exception {
    try (ServerSocket listening = certificates.serve(server, Clients.ANY);
        TestServer upstream = new TestServer(listening);
        DataPlane plane = plane(upstream.address(), tls);
        Peer client = plane.connect()) {
      client.send(REQUEST);
      Peer refused = upstream.accept();
      Thread.ofVirtual().start(refused::awaitEnd); // the handshake is done by whoever reads
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 503 ");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UF");
      assertThat(plane.clusters.tlsFailures()).isEqualTo(1);
    }
  }

  private static Validation trusting(String authority, String... names) {
    return new Validation(
        new Authorities.File(certificates.file(authority + ".pem")), List.of(names));
  }

  private static DataPlane plane(InetSocketAddress endpoint, @Nullable UpstreamTls tls) {
    ClusterDefinition cluster =
        new ClusterDefinition(
            "one",
            ClusterDefinition.Type.STATIC,
            Duration.ofSeconds(5),
            List.of(new SocketAddress("127.0.0.1", endpoint.getPort())),
            ClusterDefinition.DnsLookupFamily.AUTO,
            tls);
    return DataPlane.gateway(List.of(cluster), List.of(Configurations.route("/", "one")));
  }
}
