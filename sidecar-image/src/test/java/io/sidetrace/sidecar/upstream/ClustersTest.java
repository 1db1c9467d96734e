package io.sidetrace.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.ClusterDefinition.Type;
import io.sidetrace.sidecar.config.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ClustersTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private final FakeResolver resolver = new FakeResolver();
  private final Clusters clusters = new Clusters(resolver);

  @AfterEach
  void close() {
    resolver.letGo();
    clusters.close();
  }

  @Test
  void staticCluster_takesTurns() {
    clusters.apply(List.of(cluster("a", Type.STATIC, "10.0.0.1", "10.0.0.2", "::1")));

    assertThat(picks("a", 4))
        .containsExactly("10.0.0.1", "10.0.0.2", "0:0:0:0:0:0:0:1", "10.0.0.1");
  }

  @Test
  void staticCluster_refusesName() {
    assertThatThrownBy(() -> clusters.apply(List.of(cluster("a", Type.STATIC, "zipkin"))))
        .hasMessage("cluster a: address: zipkin (expected: an IP address, or the type STRICT_DNS)");
  }

  @Test
  void originalDestination_hasNoEndpointOfItsOwn() {
    clusters.apply(List.of(cluster("inbound", Type.ORIGINAL_DST)));

    Cluster inbound = get("inbound");
    assertThat(inbound.originalDestination()).isTrue();
    assertThat(inbound.pick()).isNull();
  }

  @Test
  void strictDns_takesTurnsAmongAllAddressesOfAllNames() throws Exception {
    resolver.answer("one", "10.0.0.1", "10.0.0.2").answer("two", "10.0.0.3");
    clusters.apply(List.of(cluster("a", Type.STRICT_DNS, "one", "two")));

    assertThat(clusters.awaitLookups(LONG)).isTrue();
    assertThat(picks("a", 4)).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1");
  }

  @Test
  void logicalDns_keepsToTheFirstAddress() throws Exception {
    resolver.answer("one", "10.0.0.1", "10.0.0.2");
    clusters.apply(List.of(cluster("a", Type.LOGICAL_DNS, "one")));

    assertThat(clusters.awaitLookups(LONG)).isTrue();
    assertThat(picks("a", 2)).containsExactly("10.0.0.1", "10.0.0.1");
  }

  @Test
  void nameWithBothFamilies_isReachedByIpv4() throws Exception {
    resolver.answer("both", "::1", "127.0.0.1").answer("six", "::2");
    clusters.apply(
        List.of(cluster("a", Type.STRICT_DNS, "both"), cluster("b", Type.STRICT_DNS, "six")));

    assertThat(clusters.awaitLookups(LONG)).isTrue();
    assertThat(picks("a", 2)).containsOnly("127.0.0.1");
    assertThat(picks("b", 1)).containsExactly("0:0:0:0:0:0:0:2");
  }

  @Test
  void nameThatIsNotFound_leavesNoEndpointAndSaysWhy() throws Exception {
    clusters.apply(List.of(cluster("a", Type.STRICT_DNS, "nowhere")));

    assertThat(clusters.awaitLookups(LONG)).isTrue();
    assertThat(get("a").pick()).isNull();
    assertThat(get("a").lookupFailure()).isEqualTo("not found: nowhere");
  }

  @Test
  void silentNameServer_blocksNeitherApplyNorOtherClusters() throws Exception {
    resolver.holdBack();
    clusters.apply(
        List.of(cluster("a", Type.STRICT_DNS, "one"), cluster("b", Type.STATIC, "10.0.0.1")));

    assertThat(clusters.awaitLookups(Duration.ofMillis(1))).isFalse();
    assertThat(get("a").pick()).isNull();
    assertThat(picks("b", 1)).containsExactly("10.0.0.1");
  }

  @Test
  void apply_keepsUnchangedClustersAndDropsVanishedOnes() {
    clusters.apply(List.of(cluster("a", Type.STATIC, "10.0.0.1"), cluster("b", Type.STATIC)));
    Cluster a = get("a");

    clusters.apply(List.of(cluster("a", Type.STATIC, "10.0.0.1")));

    assertThat(get("a")).isSameAs(a);
    assertThat(clusters.get("b")).isNull();
  }

  @Test
  void changedDefinitionOfTheSameNames_startsWithTheirAnswers() throws Exception {
    resolver.answer("one", "10.0.0.1");
    clusters.apply(List.of(cluster("a", Type.STRICT_DNS, "one")));
    assertThat(clusters.awaitLookups(LONG)).isTrue();
    resolver.holdBack();

    ClusterDefinition patient =
        new ClusterDefinition(
            "a", Type.STRICT_DNS, Duration.ofSeconds(9), List.of(new SocketAddress("one", 9411)));
    clusters.apply(List.of(patient));

    assertThat(get("a").definition()).isEqualTo(patient);
    assertThat(picks("a", 1)).containsExactly("10.0.0.1");
  }

  private Cluster get(String name) {
    return Objects.requireNonNull(clusters.get(name));
  }

  private List<String> picks(String name, int count) {
    Cluster cluster = get(name);
    return IntStream.range(0, count)
        .mapToObj(i -> Objects.requireNonNull(cluster.pick()).getAddress().getHostAddress())
        .toList();
  }

  private static ClusterDefinition cluster(String name, Type type, String... hosts) {
    List<SocketAddress> endpoints =
        List.of(hosts).stream().map(host -> new SocketAddress(host, 9411)).toList();
    return new ClusterDefinition(name, type, Duration.ofSeconds(1), endpoints);
  }
}
