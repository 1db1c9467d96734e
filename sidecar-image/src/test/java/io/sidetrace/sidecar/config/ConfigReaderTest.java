package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.HttpConnectionManager.RequestIds;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.HttpTracing.Provider.Zipkin;
import io.sidetrace.sidecar.config.ReadResult.Read;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.PathMatch;
import io.sidetrace.sidecar.config.Route.RouteTracing;
import io.sidetrace.sidecar.config.Route.TextMatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole configurations, as the operator and people write them.
class ConfigReaderTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/config");
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
        true,
        Duration.ZERO,
        transparent(name),
        new TcpProxy(name, name, Duration.ZERO));
  }

  private static HttpConnectionManager transparent(String name) {
    SamplingPercentages none = new SamplingPercentages(0, 0, 0);
    HeaderMatch probe = new HeaderMatch("user-agent", new TextMatch.Prefix("kube-probe/"), false);
    PathMatch all = new PathMatch.Prefix("/");
    List<Route> routes =
        List.of(
            new Route(
                all, List.of(probe), name, Duration.ZERO, null, new RouteTracing(none, List.of())),
            new Route(all, List.of(), name, Duration.ZERO, null, null));
    return new HttpConnectionManager(
        name,
        List.of(new VirtualHost("all", List.of("*"), routes)),
        new RequestIds(true, true, false, false, true, false),
        ServerHeader.PASS_THROUGH,
        "envoy",
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        60,
        new HttpTracing(
            SamplingPercentages.ALL,
            List.of(),
            false,
            256,
            false,
            new Zipkin(
                "zipkin", "/api/v2/spans", "zipkin", Zipkin.Version.HTTP_JSON, true, false)));
  }
}
