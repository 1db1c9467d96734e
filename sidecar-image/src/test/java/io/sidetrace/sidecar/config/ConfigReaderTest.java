package io.sidetrace.sidecar.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.HeaderMutations.Addition;
import io.sidetrace.sidecar.config.HeaderMutations.AppendAction;
import io.sidetrace.sidecar.config.HttpConnectionManager.CidrRange;
import io.sidetrace.sidecar.config.HttpConnectionManager.RequestIds;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.ReadResult.Read;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.PathMatch;
import io.sidetrace.sidecar.config.Route.RouteTracing;
import io.sidetrace.sidecar.config.Route.TextMatch;
import io.sidetrace.sidecar.config.SamplingPercentages.Parts;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.JsonFormat;
import io.sidetrace.sidecar.format.Surroundings;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whole configurations, as the operator and people write them.
class ConfigReaderTest {
  private static final Path EXAMPLES = Tree.EXAMPLES;
  private static final Node NOBODY = new Node("", "", "");

  @Test
  void rendered_configuration_is_read() {
    Read read = read("rendered/bootstrap.json");

    assertThat(read.admin()).isEqualTo(new SocketAddress("127.0.0.1", 15000));
    assertThat(read.configuration().version()).isEqualTo("sha256-of-contents");
    assertThat(read.configuration().clusters())
        .containsExactly(
            originalDestination("inbound"),
            originalDestination("outbound"),
            new ClusterDefinition(
                "zipkin",
                ClusterDefinition.Type.STRICT_DNS,
                Duration.ofSeconds(1),
                List.of(new SocketAddress("localhost", 9411))));
    assertThat(read.configuration().listeners())
        .containsExactly(
            redirected("inbound", TrafficDirection.INBOUND, "0.0.0.0", "::", 15006),
            redirected("outbound", TrafficDirection.OUTBOUND, "127.0.0.1", "::1", 15001));
  }

  @Test
  void gateway_isRead() {
    Read read = read("front-proxy.yaml");

    assertThat(read.node()).isEqualTo(new Node("front-proxy-1", "front-proxy", ""));
    assertThat(read.configuration().version()).matches("[0-9a-f]{16}");
    Listener listener = read.configuration().listeners().getFirst();
    assertThat(listener.direction()).isEqualTo(TrafficDirection.OUTBOUND);
    assertThat(listener.originalDestination()).isFalse();
    assertThat(listener.detection()).isEqualTo(Detection.NONE);
    assertThat(listener.tcp()).isNull();
    HttpConnectionManager manager = requireNonNull(listener.http());
    assertThat(manager.serverHeader()).isEqualTo(ServerHeader.OVERWRITE);
    assertThat(manager.serverName()).isEqualTo("envoy");
    assertThat(manager.idleTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(manager.streamIdleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(manager.requestIds())
        .isEqualTo(new RequestIds(true, false, false, true, true, false, List.of()));
    assertThat(manager.virtualHosts().getFirst().routes())
        .containsExactly(
            new Route(
                new PathMatch.Prefix("/"),
                List.of(),
                "service1",
                Duration.ofSeconds(15),
                new Route.Decorator("checkAvailability", true),
                null));
  }

  @Test
  void configurationOf2018_isRead() {
    Read read = read("envoy-2018.yaml");

    assertThat(read.admin()).isEqualTo(new SocketAddress("0.0.0.0", 8001));
    assertThat(read.configuration().clusters())
        .containsExactly(
            new ClusterDefinition(
                "service1",
                ClusterDefinition.Type.STRICT_DNS,
                Duration.ofMillis(250),
                List.of(new SocketAddress("service1", 80))),
            new ClusterDefinition(
                "zipkin",
                ClusterDefinition.Type.STATIC,
                Duration.ofSeconds(1),
                List.of(new SocketAddress("10.5.0.9", 9411))));
    Listener listener = read.configuration().listeners().getFirst();
    assertThat(listener.name()).isEqualTo("0.0.0.0:80");
    assertThat(listener.direction()).isEqualTo(TrafficDirection.OUTBOUND);
    assertThat(requireNonNull(listener.http()).tracing())
        .isEqualTo(
            new HttpTracing(
                SamplingPercentages.ALL,
                List.of(new CustomTag.RequestHeader("x-tenant", "x-tenant", "")),
                List.of(),
                false,
                256,
                false,
                true,
                new Zipkin(
                    "zipkin",
                    "/api/v1/spans",
                    "zipkin",
                    Zipkin.Version.HTTP_JSON_V1,
                    TraceIds.ROOT_SPAN_64,
                    true),
                SpanNames.NONE));
  }

  @Test
  void driverOf2017_isRead() {
    Tree tree =
        Tree.example("envoy-2018.yaml")
            .set(
                "$.tracing.http",
                "{driver: {type: zipkin, config: {collector_cluster: zipkin,"
                    + " collector_endpoint: /api/v1/spans}}}");

    assertThat(tree.read()).isInstanceOf(Read.class);
  }

  @Test
  void keysOfTheRuntime_beatTheShares() {
    Tree tree =
        Tree.example("everything.yaml")
            .set(
                "$.layered_runtime.layers",
                "[{name: a, static_layer: {tracing.random_sampling: 7, tracing.client_enabled: 3}},"
                    + " {name: b, static_layer: {tracing.random_sampling: 5000}}]");

    Read read = (Read) tree.read();

    HttpConnectionManager manager =
        requireNonNull(read.configuration().listeners().getFirst().http());
    assertThat(requireNonNull(manager.tracing()).sampling())
        .isEqualTo(new SamplingPercentages(3, 100, 50, new Parts(100, 100, 10_000)));
    Route route = manager.virtualHosts().getFirst().routes().getFirst();
    assertThat(requireNonNull(route.tracing()).sampling())
        .isEqualTo(new SamplingPercentages(3, 100, 25, new Parts(100, 100, 1_000_000)));
  }

  @Test
  void everySupportedField_reachesTheRecords() {
    Read read = read("everything.yaml");

    assertThat(read.node()).isEqualTo(new Node("node-1", "shop", "eu-1"));
    Listener listener = read.configuration().listeners().getFirst();
    assertThat(listener.detectTimeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(listener.tcp())
        .isEqualTo(
            new TcpProxy(
                "inbound",
                "inbound",
                Duration.ofSeconds(60),
                List.of(
                    new AccessLog(
                        new AccessLog.Destination.StandardError(),
                        new AccessLog.Layout.Text(Format.DEFAULT_LOG))),
                true));
    assertThat(listener.connectionTracing()).isNotNull();
    HttpConnectionManager manager = requireNonNull(listener.http());
    assertThat(manager.serverName()).isEqualTo("shop");
    assertThat(manager.serverHeader()).isEqualTo(ServerHeader.APPEND_IF_ABSENT);
    assertThat(manager.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(manager.streamIdleTimeout()).isEqualTo(Duration.ofSeconds(40));
    assertThat(manager.requestHeadersTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(manager.maxRequestHeadersKb()).isEqualTo(96);
    assertThat(manager.accessLogs()).isEqualTo(everyLog());
    assertThat(manager.requestIds())
        .isEqualTo(
            new RequestIds(
                false,
                true,
                true,
                false,
                false,
                true,
                List.of(new CidrRange(InetAddress.ofLiteral("10.0.0.0"), 8))));
    assertThat(manager.tracing()).isEqualTo(everyTracing());
    VirtualHost host = manager.virtualHosts().getFirst();
    assertThat(host.domains()).containsExactly("api.example.com", "*.shop.example.com", "shop.*");
    assertThat(host.routes().getFirst()).isEqualTo(everyRoute());
    assertThat(read.configuration().clusters().getFirst().dnsLookupFamily())
        .isEqualTo(ClusterDefinition.DnsLookupFamily.V4_ONLY);
    assertThat(read.configuration().clusters().getFirst().tls())
        .isEqualTo(
            new UpstreamTls(
                "backend.example.com",
                new UpstreamTls.Validation(
                    new UpstreamTls.Authorities.File(Path.of("/etc/tls/ca.pem")),
                    List.of("backend.example.com")),
                new UpstreamTls.Identity(
                    Path.of("/etc/tls/tls.crt"), Path.of("/etc/tls/tls.key"))));
  }

  private static List<AccessLog> everyLog() {
    JsonFormat list =
        new JsonFormat.Elements(
            List.of(
                new JsonFormat.Plain("1"),
                new JsonFormat.Plain("2.5"),
                new JsonFormat.Plain("true"),
                new JsonFormat.Plain("null"),
                new JsonFormat.Text(format("%PROTOCOL%"))));
    JsonFormat document =
        JsonFormat.Fields.of(
            Map.of("list", list, "code", new JsonFormat.Text(format("%RESPONSE_CODE%"))));
    return List.of(
        new AccessLog(
            new AccessLog.Destination.StandardOutput(), new AccessLog.Layout.Json(document)),
        new AccessLog(
            new AccessLog.Destination.StandardError(),
            new AccessLog.Layout.Text(Format.DEFAULT_LOG)),
        new AccessLog(
            new AccessLog.Destination.File(Path.of("/tmp/access.log")),
            new AccessLog.Layout.Text(format("%REQ(X-A)%\n"))));
  }

  private static Format format(String text) {
    return switch (Format.parse(text, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }

  private static HttpTracing everyTracing() {
    return new HttpTracing(
        new SamplingPercentages(10, 0.25, 50),
        List.of(
            new CustomTag.Literal("mesh", "sidetrace"),
            new CustomTag.Environment("pod", "POD_NAME", "none"),
            new CustomTag.RequestHeader("tenant", "x-tenant", "nobody"),
            new CustomTag.Value("code", format("%RESPONSE_CODE%"))),
        List.of(List.of(new HeaderMatch(":path", new TextMatch.Exact("/healthz"), false))),
        true,
        64,
        false,
        false,
        new Zipkin(
            "zipkin",
            "/api/v2/spans",
            "zipkin.example.com",
            Zipkin.Version.HTTP_JSON,
            TraceIds.ROOT_SPAN_128,
            false),
        new SpanNames(format("%REQ(:METHOD)%"), format("%UPSTREAM_CLUSTER%")),
        new TracingAdditions(
            new ContextPropagation(
                List.of(HeaderFormat.B3, HeaderFormat.TRACECONTEXT),
                List.of(HeaderFormat.DATADOG, HeaderFormat.SW8),
                false),
            new SamplingBounds(2.5, false),
            CollectorOptions.NONE));
  }

  private static Route everyRoute() {
    return new Route(
        new PathMatch.Exact("/health"),
        List.of(
            new HeaderMatch("user-agent", new TextMatch.Prefix("kube-probe/"), false),
            new HeaderMatch("x-a", new TextMatch.Exact("a"), false),
            new HeaderMatch("x-b", new TextMatch.Suffix("b"), true),
            new HeaderMatch("x-c", new TextMatch.Contains("c"), false),
            new HeaderMatch("x-d", new TextMatch.Present(), false),
            new HeaderMatch("x-e", new TextMatch.Present(), false)),
        "inbound",
        Duration.ZERO,
        new Route.Decorator("health", false),
        new RouteTracing(
            new SamplingPercentages(1, 0.05, 25, new Parts(100, 10_000, 1_000_000)),
            List.of(new CustomTag.Literal("route", "health")),
            new SpanNames(format("%ROUTE_NAME%"), format("%UPSTREAM_HOST%"))),
        "exact",
        List.of(
            new HeaderMutations(
                List.of(
                    new Addition(
                        "x-route", format("%ROUTE_NAME%"), AppendAction.ADD_IF_ABSENT, true)),
                List.of(),
                List.of(
                    new Addition(
                        "x-id",
                        format("%STREAM_ID%"),
                        AppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
                        false)),
                List.of()),
            new HeaderMutations(List.of(), List.of("x-debug"), List.of(), List.of()),
            new HeaderMutations(List.of(), List.of(), List.of(), List.of("x-powered-by"))));
  }

  @Test
  void commandLine_overridesTheFile() {
    Path file = EXAMPLES.resolve("front-proxy.yaml");
    String yaml = "{node: {cluster: b, id: b}, static_resources: {clusters: [{name: more}]}}";

    ReadResult result = new ConfigReader(file, yaml, new Node("c", "", "z")).read();

    assertThat(result)
        .isInstanceOfSatisfying(
            Read.class,
            read -> {
              assertThat(read.node()).isEqualTo(new Node("c", "b", "z"));
              assertThat(read.configuration().clusters())
                  .extracting(ClusterDefinition::name)
                  .containsExactly("service1", "zipkin", "more");
            });
  }

  private static Read read(String file) {
    ReadResult result = new ConfigReader(EXAMPLES.resolve(file), "", NOBODY).read();
    assertThat(result).isInstanceOf(Read.class);
    return (Read) result;
  }

  private static ClusterDefinition originalDestination(String name) {
    return new ClusterDefinition(
        name, ClusterDefinition.Type.ORIGINAL_DST, Duration.ofSeconds(120), List.of());
  }

  private static Listener redirected(
      String name, TrafficDirection direction, String v4, String v6, int port) {
    return new Listener(
        name,
        List.of(new SocketAddress(v4, port), new SocketAddress(v6, port)),
        direction,
        true,
        Detection.HTTP1_AND_HTTP2,
        Duration.ZERO,
        transparent(name),
        new TcpProxy(name, name, Duration.ZERO));
  }

  private static HttpConnectionManager transparent(String name) {
    SamplingPercentages none = new SamplingPercentages(0, 0, 0, new Parts(100, 100, 100));
    HeaderMatch probe = new HeaderMatch("user-agent", new TextMatch.Prefix("kube-probe/"), false);
    PathMatch all = new PathMatch.Prefix("/");
    List<Route> routes =
        List.of(
            new Route(
                all,
                List.of(probe),
                name,
                Duration.ZERO,
                null,
                new RouteTracing(none, List.of(), SpanNames.NONE)),
            new Route(all, List.of(), name, Duration.ZERO, null, null));
    return new HttpConnectionManager(
        name,
        List.of(new VirtualHost("all", List.of("*"), routes)),
        new RequestIds(true, true, false, false, true, false, List.of()),
        ServerHeader.PASS_THROUGH,
        "envoy",
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        60,
        new HttpTracing(
            SamplingPercentages.ALL,
            List.of(),
            List.of(),
            false,
            256,
            false,
            true,
            new Zipkin(
                "zipkin",
                "/api/v2/spans",
                "zipkin",
                Zipkin.Version.HTTP_JSON,
                TraceIds.ROOT_SPAN_128,
                false),
            SpanNames.NONE));
  }
}
