package io.sidetrace.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.UpstreamTls;
import io.sidetrace.sidecar.config.UpstreamTls.Authorities;
import io.sidetrace.sidecar.config.UpstreamTls.Validation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class TlsTest {
  @TempDir Path directory;

  @Test
  void changedFile_isReadAgain() throws Exception {
    Certificates certificates = new Certificates(directory).make("one", "a");
    Path ca = directory.resolve("ca.pem");
    try (Tls tls = tls(ca)) {
      assertThat(tls.handler(ByteBufAllocator.DEFAULT)).isNull();
      assertThat(tls.problem()).contains("NoSuchFileException").contains("ca.pem");
      tls.start();

      Files.copy(certificates.file("one.pem"), ca);
      while (tls.problem() != null) {
        Thread.onSpinWait();
      }
      assertThat(tls.handler(ByteBufAllocator.DEFAULT)).isNotNull();

      Files.writeString(ca, "broken");
      while (tls.problem() == null) {
        Thread.onSpinWait();
      }
      assertThat(tls.handler(ByteBufAllocator.DEFAULT)).isNotNull();
    }
  }

  private static Tls tls(Path ca) {
    return new Tls(
        new ClusterDefinition("a", ClusterDefinition.Type.STATIC, Duration.ofSeconds(1), List.of()),
        new UpstreamTls("", new Validation(new Authorities.File(ca), List.of()), null),
        Duration.ofMillis(5),
        new LongAdder());
  }
}
