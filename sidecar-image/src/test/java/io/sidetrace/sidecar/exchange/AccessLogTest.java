package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.config.AccessLog;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the lines of exchanges say, over real connections.
final class AccessLogTest {
  @TempDir Path directory;

  @Test
  void exchange_isLoggedWhenItHasEnded() throws IOException {
    Listener listener =
        gateway(
            "%REQ(:METHOD)% %REQ(:PATH)% %PROTOCOL% %RESPONSE_CODE% %RESPONSE_FLAGS%"
                + " %BYTES_RECEIVED% %BYTES_SENT% %UPSTREAM_CLUSTER% %ROUTE_NAME% %RESP(X-UP)%"
                + " %REQ(X-REQUEST-ID)%=%STREAM_ID% %TRACE_ID% %SPAN_ID% %REQ(X-B3-TRACEID)%"
                + " %REQ(X-B3-SPANID)% %DOWNSTREAM_REMOTE_ADDRESS%"
                + " %DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT% %REQ(HOST)%|%REQ(X-GONE)%"
                + " %REQUEST_HEADERS_BYTES% %RESPONSE_HEADERS_BYTES%\n");
    String upstreamHead;
    try (TestServer one = new TestServer();
        DataPlane plane = plane(one, listener);
        Peer client = plane.connect()) {
      client.send(
          "POST /a?b HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.1.1.1, 8.8.8.8\r\n"
              + "Content-Length: 3\r\n\r\nabc");
      Peer server = one.accept();
      upstreamHead = server.receiveHead();
      server.send("HTTP/1.1 201 Created\r\nX-Up: yes\r\nContent-Length: 5\r\n\r\nhello");
      client.receiveUntil("hello");
      plane.awaitSpan();
    }
    String id = field(upstreamHead, "x-request-id");
    String trace = field(upstreamHead, "x-b3-traceid");
    String span = field(upstreamHead, "x-b3-spanid");
    assertThat(log())
        .isEqualTo(
            "POST /a?b HTTP/1.1 201 - 3 5 one all yes %s=%s %s %s %s %s 8.8.8.8:0 127.0.0.1 h|-"
                    .formatted(id, id, trace, span, trace, span)
                + " 51 22\n");
  }

  @Test
  void answerOfOurOwn_isLogged() throws IOException {
    Listener listener = gateway("%RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_HOST% %REQ(A?B)%\n");
    try (DataPlane plane = DataPlane.of(List.of(), listener);
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\nB: b\r\n\r\n");
      client.receiveHead();
      plane.awaitSpan();
    }
    assertThat(log()).isEqualTo("503 NC - b\n");
  }

  @Test
  void stream_isLoggedAsAnExchangeIs() throws IOException {
    Listener listener =
        Configurations.listener(
            true,
            http(
                "original",
                "%REQ(:METHOD)% %REQ(:PATH)% %REQ(HOST)% %PROTOCOL% %RESPONSE_CODE%"
                    + " %BYTES_RECEIVED% %BYTES_SENT% %UPSTREAM_HOST% %RESP(X-UP)%"
                    + " %REQ(X-REQUEST-ID)%=%STREAM_ID% %TRACE_ID%\n"),
            new TcpProxy("tcp", "original"));
    String destination;
    String id;
    String trace;
    try (TestServer one = new TestServer();
        DataPlane plane = DataPlane.transparent(one.address(), listener);
        Peer connection = plane.connect()) {
      destination = "127.0.0.1:" + one.address().getPort();
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(one.accept());
      client.request(1, 0).frame(Frame.DATA, Frame.END_STREAM, 1, "abc");
      Http2Headers request = upstream.receiveHeaders(1);
      id = String.valueOf(request.get("x-request-id"));
      trace = String.valueOf(request.get("x-b3-traceid"));
      upstream
          .headers(1, 0, ":status", "200", "x-up", "yes")
          .frame(Frame.DATA, Frame.END_STREAM, 1, "hello");
      client.receiveHeaders(1);
      plane.awaitSpan();
    }
    assertThat(log())
        .isEqualTo(
            "POST /echo.Echo/Unary shop:50051 HTTP/2 200 3 5 %s yes %s=%s %s\n"
                .formatted(destination, id, id, trace));
  }

  @Test
  void requestThatIsRefused_isLogged() throws IOException {
    Listener listener =
        gateway(
            "%REQ(:METHOD)% %PROTOCOL% %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_SENT%"
                + " %RESP(CONTENT-TYPE)% %RESP(:STATUS)%"
                + " %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %STREAM_ID%\n");
    try (TestServer one = new TestServer();
        DataPlane plane = plane(one, listener);
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n");
      client.receiveAll();
    }
    assertThat(log()).isEqualTo("- HTTP/1.1 400 DPE 11 text/plain 400 127.0.0.1 -\n");
  }

  @Test
  void connectionThatIsNotHttp_isLoggedWhenItHasEnded() throws IOException {
    Listener listener =
        Configurations.listener(
            true,
            Configurations.http(List.of(), HttpConnectionManager.ServerHeader.PASS_THROUGH),
            new TcpProxy(
                "tcp",
                "original",
                Duration.ZERO,
                List.of(
                    log(
                        "%PROTOCOL% %BYTES_RECEIVED% %BYTES_SENT% %UPSTREAM_CLUSTER%"
                            + " %UPSTREAM_HOST% %DOWNSTREAM_LOCAL_ADDRESS% %REQ(A)%"
                            + " %RESPONSE_CODE% %RESPONSE_FLAGS%\n"))));
    String destination;
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), listener);
        Peer client = plane.connect()) {
      destination = "127.0.0.1:" + server.address().getPort();
      Peer upstream = server.accept();
      upstream.send("220 hello\r\n");
      client.receive(11);
      client.send("QUIT");
      upstream.receive(4);
      upstream.close();
      client.awaitEnd();
      client.close();
    }
    assertThat(log())
        .isEqualTo("- 4 11 original %s %s - 0 -\n".formatted(destination, destination));
  }

  private DataPlane plane(TestServer one, Listener listener) {
    List<ClusterDefinition> clusters = List.of(Configurations.cluster("one", one.address()));
    return DataPlane.of(clusters, listener);
  }

  private Listener gateway(String format) {
    return Configurations.gateway(http("one", format));
  }

  private HttpConnectionManager http(String cluster, String format) {
    HttpConnectionManager plain =
        Configurations.http(
            List.of(Configurations.all(cluster, List.of())),
            HttpConnectionManager.ServerHeader.PASS_THROUGH);
    return new HttpConnectionManager(
        plain.statPrefix(),
        plain.virtualHosts(),
        plain.requestIds(),
        plain.serverHeader(),
        plain.serverName(),
        plain.idleTimeout(),
        plain.streamIdleTimeout(),
        plain.requestHeadersTimeout(),
        plain.maxRequestHeadersKb(),
        plain.tracing(),
        List.of(log(format)));
  }

  private AccessLog log(String format) {
    return switch (Format.parse(format, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var compiled) ->
          new AccessLog(
              new AccessLog.Destination.File(directory.resolve("log")),
              new AccessLog.Layout.Text(compiled));
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  private static String field(String head, String name) {
    int start = head.indexOf(name + ": ") + name.length() + 2;
    return head.substring(start, head.indexOf("\r\n", start));
  }
}
