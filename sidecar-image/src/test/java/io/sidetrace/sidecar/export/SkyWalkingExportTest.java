package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.SkyWalking;
import io.sidetrace.sidecar.export.grpc.FakeGrpcCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Segments to an OAP server.
@Timeout(60)
class SkyWalkingExportTest {
  private final ExportFixture fixture = new ExportFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static Provider skyWalking(String token) {
    return new SkyWalking(
        new OtlpService.Grpc(
            "oap", "", Duration.ofSeconds(10), List.of(MessageField.inline("x-tenant", "shop"))),
        "",
        "",
        new MessageField.Source.Inline(token));
  }

  @Test
  void batch_isOneCallWithItsToken() throws Exception {
    Provider provider = skyWalking("t0ken");
    try (FakeGrpcCollector collector = FakeGrpcCollector.start()) {
      fixture.http2Cluster("oap", collector.port()).apply(provider).offer(provider, 10);

      assertThat(fixture.await(account -> account.queued() == 0).exported()).isEqualTo(10);
      FakeGrpcCollector.Call call = collector.calls().getFirst();
      assertThat(call.head())
          .containsEntry(":path", "/skywalking.v3.TraceSegmentReportService/collectInSync")
          .containsEntry(":authority", "oap")
          .containsEntry("authentication", "t0ken")
          .containsEntry("x-tenant", "shop");
      assertThat(UnknownFieldSet.parseFrom(call.message()).getField(1).getLengthDelimitedList())
          .hasSize(10);
    }
  }

  @Test
  void withoutAToken_nothingIsSaidOfOne() throws Exception {
    Provider provider = skyWalking("");
    try (FakeGrpcCollector collector = FakeGrpcCollector.start()) {
      fixture.http2Cluster("oap", collector.port()).apply(provider).offer(provider, 1);

      assertThat(fixture.await(account -> account.queued() == 0).exported()).isEqualTo(1);
      assertThat(collector.calls().getFirst().head()).doesNotContainKey("authentication");
    }
  }

  @Test
  void settings_neverShowTheToken() {
    assertThat(skyWalking("t0ken").settings().toString() + skyWalking("t0ken"))
        .doesNotContain("t0ken");
    assertThat(skyWalking("t0ken").settings())
        .isEqualTo(
            Map.of(
                "grpc_service.envoy_grpc.cluster_name", "oap",
                "grpc_service.envoy_grpc.authority", "",
                "client_config.service_name", "",
                "client_config.instance_name", ""));
  }
}
