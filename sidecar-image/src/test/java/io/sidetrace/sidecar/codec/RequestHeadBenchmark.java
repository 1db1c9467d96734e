package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A browser's request head of eight fields: found, and read.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestHeadBenchmark {
  private static final String HEAD =
      "GET /orders/17?full=true HTTP/1.1\r\nHost: shop.example:8080\r\n"
          + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0\r\n"
          + "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en-US,en;q=0.5\r\n"
          + "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n"
          + "x-request-id: ebc203ef-4fb6-469c-8342-7f995b6ff2ff\r\nx-b3-sampled: 0\r\n\r\n";

  private final HeadFinder finder = new HeadFinder();
  private final RequestHead head = new RequestHead();
  private final ByteBuf in =
      ByteBufAllocator.DEFAULT.ioBuffer().writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));

  @Benchmark
  public int find() {
    return finder.find(in, 64 * 1024);
  }

  @Benchmark
  public @Nullable Malformation findAndRead() {
    return head.read(in, finder.find(in, 64 * 1024));
  }
}
