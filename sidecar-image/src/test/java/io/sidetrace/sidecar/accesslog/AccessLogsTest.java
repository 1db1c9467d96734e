package io.sidetrace.sidecar.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.AccessLog;
import io.sidetrace.sidecar.config.AccessLog.Layout;
import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.FakeFacts;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.JsonFormat;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// Nothing is written before a test says so, by closing or filling.
  private final AccessLogs logs = new AccessLogs(Duration.ofDays(1));

  @TempDir Path directory;

  @Test
  void lines_areWrittenInOrderAtTheEnd() throws Exception {
    Path file = directory.resolve("a.log");
    AccessLogger logger =
        logs.logger(
            List.of(
                text(file, "%RESPONSE_CODE% \u00e9 %REQ(X-A)%\n"),
                new AccessLog(
                    new AccessLog.Destination.File(file),
                    new Layout.Json(
                        JsonFormat.Fields.of(
                            Map.of("code", new JsonFormat.Text(format("%RESPONSE_CODE%"))))))));
    logger.log(facts(200).request("x-a", "\u00ff"));
    logger.log(facts(503));
    logs.close(LIMIT);

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .isEqualTo("200 \u00c3\u00a9 \u00ff\n{\"code\":200}\n503 \u00c3\u00a9 -\n{\"code\":503}\n");
    assertThat(logs.written()).isEqualTo(4);
    assertThat(logs.dropped()).isZero();
  }

  @Test
  void linesBeyondTheBuffer_areDroppedAndCounted() throws Exception {
    LineBuffer buffer = new LineBuffer();
    StringBuilder line = new StringBuilder("x".repeat(LineBuffer.CAPACITY_BYTES / 4));

    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.QUIETLY);
    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.URGENTLY);
    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.QUIETLY);
    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.QUIETLY);
    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.NOT);
    LineBuffer.Batch batch = buffer.take(new byte[0]);
    assertThat(batch.octets().limit()).isEqualTo(LineBuffer.CAPACITY_BYTES);
    assertThat(batch.lines()).isEqualTo(4);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.add(line)).isEqualTo(LineBuffer.Added.QUIETLY);
  }

  @Test
  void bufferHalfFull_isWrittenAtOnce() throws Exception {
    Path file = directory.resolve("b.log");
    String line = "x".repeat(LineBuffer.CAPACITY_BYTES / 2);
    AccessLogger logger = logs.logger(List.of(text(file, line)));

    logger.log(facts(200));

    await(() -> logs.written() == 1);
    assertThat(file).hasSize(line.length());
    logs.close(LIMIT);
  }

  @Test
  void fileThatCannotBeOpened_losesCountedLinesOnly() throws Exception {
    AccessLogger logger = logs.logger(List.of(text(directory.resolve("none/a.log"), "x\n")));
    logger.log(facts(200));
    logger.log(facts(200));
    logs.close(LIMIT);

    assertThat(logs.written()).isZero();
    assertThat(logs.dropped()).isEqualTo(2);
  }

  @Test
  void rotatedFile_isMadeAnew() throws Exception {
    Path file = directory.resolve("c.log");
    LineSink sink = new LineSink(new AccessLog.Destination.File(file));
    write(sink, "one\n");
    Files.move(file, directory.resolve("c.log.1"));
    write(sink, "two\n");
    write(sink, "three\n");
    sink.close();

    assertThat(directory.resolve("c.log.1")).hasContent("one\n");
    assertThat(file).hasContent("two\nthree\n");
  }

  @Test
  void lineThatCannotBeMade_isDroppedAlone() throws Exception {
    Path file = directory.resolve("d.log");
    AccessLogger logger = logs.logger(List.of(text(file, "%REQ(A)%\n")));
    logger.log(new Broken());
    logger.log(facts(200).request("a", "b"));
    logs.close(LIMIT);

    assertThat(file).hasContent("b\n");
    assertThat(logs.dropped()).isEqualTo(1);
  }

  private static void write(LineSink sink, String line) {
    sink.buffer.add(new StringBuilder(line));
    assertThat(sink.write()).isEqualTo(new LineSink.Lines(1, 0));
  }

  private static AccessLog text(Path file, String format) {
    return new AccessLog(new AccessLog.Destination.File(file), new Layout.Text(format(format)));
  }

  private static Format format(String text) {
    return switch (Format.parse(text, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }

  private static FakeFacts facts(int status) {
    return new FakeFacts().with(NumberFact.RESPONSE_CODE, status);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /// An exchange with a bug.
  private static final class Broken implements ExchangeFacts {
    @Override
    public String requestHeader(String name) {
      throw new IllegalStateException(name);
    }

    @Override
    public String responseHeader(String name) {
      throw new IllegalStateException(name);
    }

    @Override
    public String text(io.sidetrace.sidecar.format.TextFact fact) {
      throw new IllegalStateException();
    }

    @Override
    public long number(NumberFact fact) {
      throw new IllegalStateException();
    }

    @Override
    public long startMicros() {
      throw new IllegalStateException();
    }
  }
}
