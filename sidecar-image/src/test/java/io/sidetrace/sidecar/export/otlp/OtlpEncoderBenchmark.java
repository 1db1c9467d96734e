package io.sidetrace.sidecar.export.otlp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.export.BenchmarkSpan;
import io.sidetrace.sidecar.trace.Span;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A server span with the tags that every one has, as bytes: the time and the garbage of each, and
/// its length.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OtlpEncoderBenchmark {
  private final OtlpEncoder encoder =
      new OtlpEncoder(new OtlpResource(Map.of("service.name", "service1.sandbox"), "1"));
  private final ByteBuf out = ByteBufAllocator.DEFAULT.ioBuffer(4096);
  private final Span span = BenchmarkSpan.SERVER;

  @Benchmark
  public int encode() {
    out.clear();
    encoder.encode(span, 0, out);
    return out.readableBytes();
  }

  @TearDown
  public void sayLength() {
    System.out.printf("%nspan: %d bytes%n", encode());
    out.release();
  }
}
