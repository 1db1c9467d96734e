package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.Datadog;
import io.sidetrace.sidecar.config.provider.Provider;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AgentTest {
  @Test
  void message_hasTheFieldsThatAnAgentWants() throws Exception {
    try (ExportFixture fixture = new ExportFixture();
        FakeCollector agent = FakeCollector.start()) {
      Provider datadog = new Datadog("agent", "shop", "agent.example");
      fixture.cluster("agent", agent.port()).apply(datadog).offer(datadog, 6);

      fixture.await(snapshot -> snapshot.exported() == 6);
      String head = String.join("\n", agent.heads()).toLowerCase(Locale.ROOT);
      assertThat(head)
          .contains(
              "post /v0.4/traces http/1.1",
              "host: agent.example",
              "content-type: application/msgpack",
              "datadog-meta-lang: java",
              "datadog-meta-tracer-version: test");
      int traces =
          head.lines()
              .filter(line -> line.startsWith("x-datadog-trace-count: "))
              .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1).strip()))
              .sum();
      assertThat(traces).isEqualTo(6);
    }
  }
}
