package io.sidetrace.operator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.ConfigReader;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SidecarContractTest {
  private static final Node NODE = new Node("pod.shop", "service1", "");

  @TempDir private Path temporary;

  static Stream<SpecCase> read() {
    return SpecCase.all();
  }

  @ParameterizedTest
  @MethodSource("read")
  void renderedConfig_isReadByTheSidecar(SpecCase spec) throws IOException {
    var rendered = RenderedDirectory.write(spec, temporary);

    var result = new ConfigReader(rendered.bootstrap(), "", NODE).read();

    assertThat(result).isInstanceOf(ReadResult.Read.class);
    var read = (ReadResult.Read) result;
    assertThat(read.configuration().version()).isEqualTo(rendered.config().hash());
    assertThat(read.configuration().listeners())
        .extracting(listener -> listener.name())
        .containsExactly("inbound", "outbound");
    assertThat(read.configuration().clusters())
        .extracting(cluster -> cluster.name())
        .contains("inbound", "outbound")
        .hasSize(3);
  }

  @Test
  void brokenFile_isRefusedByTheSidecar() throws IOException {
    var rendered = RenderedDirectory.write(SpecCase.all().findFirst().orElseThrow(), temporary);
    var listeners = temporary.resolve("lds.json");
    Files.writeString(
        listeners, Files.readString(listeners).replace("skip_xff_append", "skip_xff_apend"));

    var result = new ConfigReader(rendered.bootstrap(), "", NODE).read();

    assertThat(result).isInstanceOf(ReadResult.Refused.class);
  }
}
