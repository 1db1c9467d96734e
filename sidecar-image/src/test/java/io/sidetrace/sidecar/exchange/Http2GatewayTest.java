package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// HTTP/2 by routes, where all lead to one cluster that speaks it.
final class Http2GatewayTest {
  private static final List<Route> ROUTES =
      List.of(Configurations.route("/echo", "two"), Configurations.route("/other", "two"));

  @Test
  void call_goesToTheClusterAndMakesASpan() {
    try (TestServer two = new TestServer();
        DataPlane plane = plane(two.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      client.request(1, Frame.END_STREAM, "content-type", "application/grpc");
      Http2Peer upstream = Http2Peer.server(two.accept());
      assertThat(upstream.receiveHeaders(1).get("x-b3-traceid")).hasSize(16);
      upstream.headers(1, Frame.END_STREAM, ":status", "200", "grpc-status", "0");

      Http2Headers answer = client.receiveHeaders(1);
      assertThat(answer.get("grpc-status")).hasToString("0");
      assertThat(answer.get("server")).hasToString("envoy");
      assertThat(DataPlane.tag(plane.awaitSpan(), "upstream_cluster")).isEqualTo("two");
    }
  }

  @Test
  void requestWithoutRoute_isAnswered() {
    try (TestServer two = new TestServer();
        DataPlane plane = plane(two.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer.server(two.accept());
      client.headers(1, 5, ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "shop");
      assertThat(client.receiveHeaders(1).status()).hasToString("404");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("NR");
    }
  }

  @Test
  void upstreamThatRefuses_isToldForEachCall() {
    InetSocketAddress nobody = TestServer.freeAddress();
    try (DataPlane plane = plane(nobody);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.requesting(connection, "content-type", "application/grpc");
      Http2Headers answer = client.receiveHeaders(1);
      assertThat(answer.get("grpc-status")).hasToString("14");
      assertThat(String.valueOf(answer.get("grpc-message"))).endsWith("remote connection failure");
      assertThat(client.receive(Frame.GOAWAY).word(Integer.BYTES)).isZero();
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UF");
    }
  }

  @Test
  void clusterWithoutEndpoints_isToldByName() {
    try (DataPlane plane = plane();
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer.Received away = client.receive(Frame.GOAWAY);
      assertThat(away.word(Integer.BYTES)).isEqualTo(ErrorCode.INTERNAL_ERROR.code());
      assertThat(away.payload()).endsWith("no healthy upstream");
      assertThat(plane.count(Counter.CONNECTIONS_UNSERVED)).isOne();
    }
  }

  @Test
  void changedCluster_isReachedByTheNextConnection() {
    try (TestServer two = new TestServer();
        TestServer next = new TestServer();
        DataPlane plane = plane(two.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer.server(two.accept());
      client.receive(Frame.SETTINGS);
      plane.configure(List.of(cluster(next.address())), gateway());

      client.request(1, Frame.END_STREAM);
      assertThat(client.receive(Frame.GOAWAY).payload()).endsWith("another cluster is configured");
      assertThat(client.receiveHeaders(1).status()).hasToString("421");
      assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      try (Peer second = plane.connect()) {
        Http2Peer.client(second).request(1, Frame.END_STREAM);
        Http2Peer.server(next.accept()).receiveHeaders(1);
      }
    }
  }

  @Test
  void clientOfHttp1_isToldWhatTheClusterSpeaks() {
    try (TestServer two = new TestServer();
        DataPlane plane = plane(two.address());
        Peer client = plane.connect()) {
      client.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.receiveUntil("prior knowledge of it)"))
          .startsWith("HTTP/1.1 505 HTTP Version Not Supported\r\n");
      assertThat(two.hasConnection()).isFalse();
    }
  }

  @Test
  void connectionThatIsNoHttp_isRefused() {
    try (TestServer two = new TestServer();
        DataPlane plane = plane(two.address());
        Peer client = plane.connect()) {
      client.send("\0\0\0\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }
  }

  @Test
  void clientThatSaysNothing_mayLeave() {
    try (TestServer two = new TestServer();
        DataPlane plane = plane(two.address());
        Peer client = plane.connect()) {
      client.endOutput();
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  private static DataPlane plane(InetSocketAddress... endpoints) {
    return DataPlane.of(List.of(cluster(endpoints)), gateway());
  }

  private static Listener gateway() {
    return Configurations.gateway(Configurations.http(ROUTES, ServerHeader.OVERWRITE));
  }

  private static ClusterDefinition cluster(InetSocketAddress... endpoints) {
    ClusterDefinition plain = Configurations.cluster("two", endpoints);
    return new ClusterDefinition(
        plain.name(),
        plain.type(),
        plain.connectTimeout(),
        plain.endpoints(),
        plain.dnsLookupFamily(),
        null,
        ClusterDefinition.Http.HTTP2);
  }
}
