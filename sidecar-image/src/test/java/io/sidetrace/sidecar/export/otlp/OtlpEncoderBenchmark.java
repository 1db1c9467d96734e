package io.sidetrace.sidecar.export.otlp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
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

  private final Span span =
      new Span(
          new TraceContext(
              new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L),
              0xa2fb4a1d1a96d312L,
              0x20000000000001L,
              Sampling.SAMPLED),
          Kind.SERVER,
          false,
          "service1:8080",
          1_795_602_736_805_123L,
          1_500,
          List.of(
              new Tag("node_id", "sidecar~10.1.2.3~service1-5d8f7c9d4-x2x7k.sandbox"),
              new Tag("zone", ""),
              new Tag("guid:x-request-id", "ebc203ef-4fb6-969c-8342-7f995b6ff2ff"),
              new Tag("http.url", "http://service1:8080/trace/1?full=true"),
              new Tag("http.method", "GET"),
              new Tag("downstream_cluster", "-"),
              new Tag("user_agent", "curl/7.88.1"),
              new Tag("http.protocol", "HTTP/1.1"),
              new Tag("peer.address", "10.1.2.7"),
              new Tag("request_size", "0"),
              new Tag("response_size", "89"),
              new Tag("component", "proxy"),
              new Tag("upstream_cluster", "inbound"),
              new Tag("upstream_cluster.name", "inbound"),
              new Tag("http.status_code", "200"),
              new Tag("response_flags", "-")),
          List.of());

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
