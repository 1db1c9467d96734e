package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.PathMatch;
import io.sidetrace.sidecar.config.Route.TextMatch;
import io.sidetrace.sidecar.config.VirtualHost;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a gateway sends a request, and what it answers by itself.
final class RoutingTest {
  /// The cluster's name shows in the span of the request; none has an endpoint.
  @ParameterizedTest
  @CsvSource({
    "GET /exact HTTP/1.1, a, X: 1, exact",
    "GET /exact?query HTTP/1.1, a, X: 1, exact",
    "GET /exact/more HTTP/1.1, a, X: 1, prefix",
    "GET http://ignored/exact HTTP/1.1, a, X: 1, exact",
    "OPTIONS * HTTP/1.1, a, X: 1, prefix",
    "GET /orders/17?query HTTP/1.1, a, X: 1, regex",
    "GET /orders/17/items HTTP/1.1, a, X: 1, prefix",
    "GET /h HTTP/1.1, a, x-tier: gold-3, header",
    "GET /h HTTP/1.1, a, x-tier: gold-x, prefix",
    "GET /h HTTP/1.1, a, x-version: v2, header",
    "GET /h HTTP/1.1, a, x-version: v3, prefix",
    "GET / HTTP/1.1, A.Example, X: 1, domain",
    "GET / HTTP/1.1, b.example, X: 1, suffix",
    "GET / HTTP/1.1, www.b.net, X: 1, front"
  })
  void request_goesToTheFirstRouteOfItsHost(
      String line, String host, String field, String cluster) {
    try (DataPlane plane = DataPlane.of(clusters(), Configurations.gateway(routes()));
        Peer client = plane.connect()) {
      client.send(line + "\r\nHost: " + host + "\r\n" + field + "\r\n\r\n");
      assertThat(client.receiveUntil("no healthy upstream"))
          .startsWith(
              "HTTP/1.1 503 Service Unavailable\r\n"
                  + "content-length: 19\r\ncontent-type: text/plain\r\ndate: ")
          .contains(" GMT\r\nserver: envoy\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "upstream_cluster")).isEqualTo(cluster);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UH");
    }
  }

  @Test
  void routeWhoseClusterIsUnknown_isAnsweredByUs() {
    try (DataPlane plane =
            DataPlane.gateway(List.of(), List.of(Configurations.route("/", "gone")));
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.receiveHead())
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .endsWith("\r\ncontent-length: 0\r\n\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("NC");
    }
  }

  @Test
  void answerOfOurOwnToHead_hasTheLengthAndNoBody() {
    try (DataPlane plane = DataPlane.of(clusters(), Configurations.gateway(routes()));
        Peer client = plane.connect()) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.receiveAll()).contains("content-length: 19\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void tunnelThroughAGateway_isNotOffered() {
    try (DataPlane plane = DataPlane.of(clusters(), Configurations.gateway(routes()));
        Peer client = plane.connect()) {
      client.send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 404 Not Found\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OVERWRITE, Server: own, Server: envoy",
    "OVERWRITE, X: 1, server: envoy",
    "APPEND_IF_ABSENT, Server: own, Server: own",
    "APPEND_IF_ABSENT, X: 1, server: envoy",
    "PASS_THROUGH, Server: own, Server: own",
    "PASS_THROUGH, X: 1, X: 1"
  })
  void serverField_isWhatItsModeSays(ServerHeader mode, String sent, String received) {
    try (TestServer server = new TestServer();
        DataPlane plane =
            DataPlane.of(
                List.of(Configurations.cluster("one", server.address())),
                Configurations.gateway(
                    Configurations.http(List.of(Configurations.route("/", "one")), mode)));
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\n" + sent + "\r\nContent-Length: 0\r\n\r\n");
      String head = DataPlane.withoutAdded(client.receiveHead());
      assertThat(head).contains("\r\n" + received + "\r\n");
      assertThat(head.toLowerCase(Locale.ROOT).split("server: ")).hasSizeLessThanOrEqualTo(2);
    }
  }

  private static List<ClusterDefinition> clusters() {
    return List.of("exact", "regex", "prefix", "header", "domain", "suffix", "front").stream()
        .map(Configurations::cluster)
        .toList();
  }

  private static HttpConnectionManager routes() {
    HttpConnectionManager any = Configurations.http(List.of(), ServerHeader.OVERWRITE);
    return new HttpConnectionManager(
        any.statPrefix(),
        List.of(
            host(
                "*",
                exact("/exact", "exact"),
                regex("/orders/[0-9]+", "regex"),
                header("X-Version", new TextMatch.Exact("v2")),
                header("X-Tier", new TextMatch.Regex(Pattern.compile("gold-[0-9]"))),
                Configurations.route("/", "prefix")),
            host("*.example", Configurations.route("/", "suffix")),
            host("a.example", Configurations.route("/", "domain")),
            host("www.*", Configurations.route("/", "front"))),
        any.requestIds(),
        any.serverHeader(),
        any.serverName(),
        any.idleTimeout(),
        any.streamIdleTimeout(),
        any.requestHeadersTimeout(),
        any.maxRequestHeadersKb(),
        any.tracing());
  }

  private static VirtualHost host(String domain, Route... routes) {
    return new VirtualHost(domain, List.of(domain), List.of(routes));
  }

  private static Route exact(String path, String cluster) {
    return new Route(new PathMatch.Exact(path), List.of(), cluster, Duration.ZERO, null, null);
  }

  private static Route regex(String path, String cluster) {
    return new Route(
        new PathMatch.Regex(Pattern.compile(path)), List.of(), cluster, Duration.ZERO, null, null);
  }

  private static Route header(String name, TextMatch match) {
    return new Route(
        new PathMatch.Prefix("/"),
        List.of(new HeaderMatch(name, match, false)),
        "header",
        Duration.ZERO,
        null,
        null);
  }
}
