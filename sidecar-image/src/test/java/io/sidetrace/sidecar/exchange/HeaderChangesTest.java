package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.config.HeaderMutations;
import io.sidetrace.sidecar.config.HeaderMutations.Addition;
import io.sidetrace.sidecar.config.HeaderMutations.AppendAction;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Configured changes of heads. The first example is one that Envoy 1.40 was given too.
final class HeaderChangesTest {
  private static final String OURS = "(x-request-id|x-b3-[a-z]+|x-envoy-[a-z-]+): [^\r]*\r\n";

  private static final HeaderMutations GENERAL =
      mutations(
          List.of(append("x-rc", "rc"), append("x-multi", "rc"), overwrite("x-over", "rc")),
          List.of("x-del", "x-vh"),
          List.of(append("x-resp", "rc")),
          List.of("x-gone"));

  private static final HeaderMutations OF_HOST =
      mutations(
          List.of(append("x-vh", "vh"), append("x-multi", "vh"), overwrite("x-over", "vh")),
          List.of(),
          List.of(append("x-resp", "vh")),
          List.of());

  private static final HeaderMutations OF_ROUTE =
      mutations(
          List.of(
              append("x-r", "%REQ(x-op)% %PROTOCOL%%UPSTREAM_HOST% %ROUTE_NAME% %REQ(x-none)%|%%"),
              append("x-multi", "r"),
              overwrite("x-over", "r"),
              add("x-absent", "r", AppendAction.ADD_IF_ABSENT),
              add("x-absent2", "r", AppendAction.OVERWRITE_IF_EXISTS),
              add("x-absent3", "r", AppendAction.OVERWRITE_IF_EXISTS),
              add("x-rc", "chg", AppendAction.ADD_IF_ABSENT),
              append("x-empty", "%REQ(x-none)%"),
              new Addition(
                  "x-kept", format("%REQ(x-none)%"), AppendAction.APPEND_IF_EXISTS_OR_ADD, true),
              append("x-see", "%REQ(x-rc)% %REQ(x-multi)%"),
              append("x-del", "back")),
          List.of(),
          List.of(
              append("x-up", "two"),
              append("x-resp", "r"),
              append("x-code", "%RESPONSE_CODE% %REQ(x-op)%")),
          List.of());

  @Test
  void levels_applyFromRouteToConfiguration() {
    Listener listener = gateway(List.of(OF_ROUTE, OF_HOST, GENERAL));
    try (TestServer one = new TestServer();
        DataPlane plane =
            DataPlane.of(List.of(Configurations.cluster("one", one.address())), listener);
        Peer client = plane.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: h\r\nX-Op:  OP\r\nX-Del: 1\r\nX-Absent2: there\r\nX-Own: kept\r\n\r\n");
      Peer server = one.accept();
      assertThat(server.receiveHead().replaceAll(OURS, ""))
          .isEqualTo(
              "GET / HTTP/1.1\r\nHost: h\r\nX-Op:  OP\r\nX-Own: kept\r\n"
                  + "X-Absent2: r\r\nx-r: OP HTTP/1.1 all |%\r\nx-multi: r\r\nx-absent: r\r\n"
                  + "x-rc: chg\r\nx-kept: \r\nx-see:  \r\n"
                  + "x-multi: vh\r\nx-over: rc\r\nx-rc: rc\r\nx-multi: rc\r\n\r\n");
      server.send("HTTP/1.1 200 OK\r\nX-Up: one\r\nX-Gone: g\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.receiveHead().replaceAll(OURS, ""))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nX-Up: one\r\nContent-Length: 0\r\nX-Up: two\r\n"
                  + "x-resp: r\r\nx-code: 200 OP\r\nx-resp: vh\r\nx-resp: rc\r\n\r\n");
    }
  }

  @Test
  void answerOfOurOwn_isChangedToo() {
    HeaderMutations mutations =
        mutations(
            List.of(),
            List.of(),
            List.of(append("x-resp", "%REQ(x-op)%"), overwrite("content-type", "text/html")),
            List.of("date"));
    try (DataPlane plane =
            DataPlane.of(List.of(Configurations.cluster("one")), gateway(List.of(mutations)));
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Op: OP\r\n\r\n");
      // A date that is removed is written all the same, as in Envoy.
      assertThat(
              client.receiveUntil("no healthy upstream").replaceFirst("date: [^\r]+", "date: now"))
          .isEqualTo(
              "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/html\r\nx-resp: OP\r\n"
                  + "content-length: 19\r\ndate: now\r\n\r\nno healthy upstream");
    }
  }

  @Test
  void lineBreakInAValue_writesNoFieldOfItsOwn() {
    HeaderMutations mutations =
        mutations(List.of(append("x-a", "b\r\nx-evil: 1")), List.of(), List.of(), List.of());
    try (TestServer one = new TestServer();
        DataPlane plane =
            DataPlane.of(
                List.of(Configurations.cluster("one", one.address())),
                gateway(List.of(mutations)));
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(one.accept().receiveHead()).contains("x-a: b  x-evil: 1\r\n");
    }
  }

  @Test
  void streams_areChangedAsMessagesAre() {
    HeaderMutations mutations =
        mutations(
            List.of(append("x-multi", "%REQ(:AUTHORITY)%"), overwrite("x-over", "ours")),
            List.of("x-del"),
            List.of(append("x-resp", "%RESPONSE_CODE% %PROTOCOL%")),
            List.of("x-gone"));
    Route route = Configurations.all("original", List.of(mutations));
    try (TestServer server = new TestServer();
        DataPlane plane =
            DataPlane.transparent(server.address(), Configurations.transparent(List.of(route)));
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, 1, "x-multi", "client", "x-over", "theirs", "x-del", "1");
      Http2Headers request = upstream.receiveHeaders(1);
      assertThat(request.getAll("x-multi"))
          .map(String::valueOf)
          .containsExactly("client", "shop:50051");
      assertThat(request.getAll("x-over")).map(String::valueOf).containsExactly("ours");
      assertThat(request.contains("x-del")).isFalse();

      upstream.headers(1, 1, ":status", "200", "x-gone", "1", "x-resp", "up");
      Http2Headers response = client.receiveHeaders(1);
      assertThat(response.getAll("x-resp"))
          .map(String::valueOf)
          .containsExactly("up", "200 HTTP/2");
      assertThat(response.contains("x-gone")).isFalse();
    }
  }

  private static Listener gateway(List<HeaderMutations> mutations) {
    return Configurations.gateway(
        Configurations.http(
            List.of(Configurations.all("one", mutations)), ServerHeader.PASS_THROUGH));
  }

  private static HeaderMutations mutations(
      List<Addition> request,
      List<String> fromRequest,
      List<Addition> response,
      List<String> fromResponse) {
    return new HeaderMutations(request, fromRequest, response, fromResponse);
  }

  private static Addition append(String name, String value) {
    return add(name, value, AppendAction.APPEND_IF_EXISTS_OR_ADD);
  }

  private static Addition overwrite(String name, String value) {
    return add(name, value, AppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
  }

  private static Addition add(String name, String value, AppendAction action) {
    return new Addition(name, format(value), action, false);
  }

  private static Format format(String text) {
    return switch (Format.parse(text, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
