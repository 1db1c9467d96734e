package io.sidetrace.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.ClusterDefinition.DnsLookupFamily;
import io.sidetrace.sidecar.config.ClusterDefinition.Type;
import io.sidetrace.sidecar.config.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LookupsTest {
  private static final Duration OFTEN = Duration.ofMillis(1);
  private final FakeResolver resolver = new FakeResolver();
  private final BlockingQueue<List<InetSocketAddress>> found = new LinkedBlockingQueue<>();

  @Test
  void changedAnswer_isFoundByTheNextLookup() throws Exception {
    resolver.answer("one", "10.0.0.1");
    try (Lookups lookups = start()) {
      assertThat(next()).containsExactly(new InetSocketAddress("10.0.0.1", 9411));

      resolver.answer("one", "10.0.0.2");

      assertThat(nextOther(new InetSocketAddress("10.0.0.1", 9411)))
          .containsExactly(new InetSocketAddress("10.0.0.2", 9411));
      assertThat(lookups.failure()).isNull();
    }
  }

  @Test
  void failedLookup_reportsNothingAndGoesOn() throws Exception {
    try (Lookups lookups = start()) {
      assertThat(lookups.awaitFirst(TimeUnit.SECONDS.toNanos(10))).isTrue();
      assertThat(lookups.failure()).isEqualTo("not found: one");
      assertThat(found).isEmpty();

      resolver.answer("one", "10.0.0.1");

      assertThat(next()).hasSize(1);
    }
  }

  @Test
  void ipv4Only_failsWithoutIpv4() throws Exception {
    resolver.answer("one", "::1");
    try (Lookups lookups = start(DnsLookupFamily.V4_ONLY)) {
      assertThat(lookups.awaitFirst(TimeUnit.SECONDS.toNanos(10))).isTrue();
      assertThat(lookups.failure()).isEqualTo("not found: one (no IPv4 address)");
    }
  }

  private Lookups start() {
    return start(DnsLookupFamily.AUTO);
  }

  private Lookups start(DnsLookupFamily family) {
    ClusterDefinition definition =
        new ClusterDefinition(
            "a",
            Type.STRICT_DNS,
            Duration.ofSeconds(1),
            List.of(new SocketAddress("one", 9411)),
            family,
            null);
    Lookups lookups = new Lookups(definition, resolver, OFTEN, found::add);
    lookups.start();
    return lookups;
  }

  private @Nullable List<InetSocketAddress> next() throws InterruptedException {
    return found.poll(10, TimeUnit.SECONDS);
  }

  private @Nullable List<InetSocketAddress> nextOther(InetSocketAddress old)
      throws InterruptedException {
    List<InetSocketAddress> answer = next();
    while (answer != null && answer.contains(old)) {
      answer = next();
    }
    return answer;
  }
}
