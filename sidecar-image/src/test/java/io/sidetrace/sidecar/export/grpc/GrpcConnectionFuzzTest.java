package io.sidetrace.sidecar.export.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.export.EncodedBatch;
import io.sidetrace.sidecar.export.MessageWriter;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.trace.Span;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Servers that say what they like: each call ends exactly once, nothing is thrown, and nothing
/// leaks.
class GrpcConnectionFuzzTest {
  private static final int ROUNDS = 1_000;
  private static final int CALLS = 3;

  @Test
  void everyCall_endsOnce() {
    var verdicts =
        new Fuzz("grpc", ROUNDS, GrpcConnectionFuzzTest::input, GrpcConnectionFuzzTest::judge)
            .run();

    assertThat(verdicts.keySet()).contains("Accepted", "Unanswered", "Postponed", "Rejected");
  }

  private static String input(RandomGenerator random) {
    ByteBuf out = Unpooled.buffer();
    frame(out, Frame.SETTINGS, 0, 0, random.nextBoolean() ? "" : "\0\4\0\0\0" + (char) 5);
    int frames = random.nextInt(8);
    for (int i = 0; i < frames; i++) {
      int stream = 1 + 2 * random.nextInt(CALLS + 1);
      switch (random.nextInt(9)) {
        case 0 -> head(out, stream, 0, ":status", "200", "content-type", "application/grpc");
        case 1 -> frame(out, Frame.DATA, random.nextInt(2), stream, "\0\0\0\0\0");
        case 2 -> head(out, stream, Frame.END_STREAM, "grpc-status", "" + random.nextInt(18));
        case 3 ->
            head(out, stream, Frame.END_STREAM, ":status", "200", "grpc-status", "0", "a", "b");
        case 4 -> frame(out, Frame.RST_STREAM, 0, stream, "\0\0\0" + (char) random.nextInt(14));
        case 5 -> frame(out, Frame.GOAWAY, 0, 0, "\0\0\0" + (char) random.nextInt(8) + "\0\0\0\0");
        case 6 -> frame(out, Frame.WINDOW_UPDATE, 0, random.nextInt(2) * stream, "\0\0\1\0");
        case 7 -> frame(out, Frame.PING, random.nextInt(2), 0, "12345678");
        default -> head(out, stream, Frame.END_STREAM, ":status", "" + (100 + random.nextInt(500)));
      }
    }
    StringBuilder text =
        new StringBuilder(out.readCharSequence(out.readableBytes(), StandardCharsets.ISO_8859_1));
    for (int i = random.nextInt(3); i > 0; i--) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
    }
    if (random.nextInt(4) == 0) {
      text.setLength(random.nextInt(text.length() + 1));
    }
    return text.toString();
  }

  private static void frame(ByteBuf out, int type, int flags, int stream, String payload) {
    Frame.writeHeader(out, payload.length(), type, flags, stream);
    out.writeCharSequence(payload, StandardCharsets.ISO_8859_1);
  }

  private static void head(ByteBuf out, int stream, int flags, String... fields) {
    int start = out.writerIndex();
    out.writeZero(Frame.HEADER_BYTES);
    HpackEncoder encoder = new HpackEncoder();
    for (int i = 0; i < fields.length; i += 2) {
      encoder.literal(fields[i], fields[i + 1], out);
    }
    Frame.endBlock(out, start, flags, stream);
  }

  /// In pieces of all sizes, as a network has them.
  private static String judge(String input) {
    String first = judge(input, Integer.MAX_VALUE);
    assertThat(judge(input, 1)).isEqualTo(first);
    assertThat(judge(input, 7)).isEqualTo(first);
    return first;
  }

  private static String judge(String input, int pieceBytes) {
    EmbeddedChannel channel = new EmbeddedChannel();
    List<Delivery> ends = new ArrayList<>();
    GrpcConnection connection =
        new GrpcConnection(
            InetSocketAddress.createUnresolved("a", 1), channel.eventLoop(), _ -> {});
    EncodedBatch batch =
        new MessageWriter(new Silence(), List.of(), CollectorOptions.NONE).newBatch();
    GrpcCollector collector =
        new GrpcCollector("c", "a", "/m", Duration.ofHours(1), List.of(), Silence::new);
    channel.pipeline().addLast(connection);
    for (int i = 0; i < CALLS; i++) {
      connection.call(
          new GrpcCall(new GrpcRequest(collector, List.of(), batch), new Silence(), ends::add),
          collector.timeout());
    }
    connection.start(channel);
    for (int from = 0; from < input.length() && channel.isOpen(); ) {
      int to = (int) Math.min(input.length(), (long) from + pieceBytes);
      channel.writeInbound(
          Unpooled.copiedBuffer(input.substring(from, to), StandardCharsets.ISO_8859_1));
      from = to;
    }
    channel.checkException();
    String verdict = ends.isEmpty() ? "Silent" : ends.getFirst().getClass().getSimpleName();
    connection.close();
    channel.finishAndReleaseAll();
    batch.release();
    assertThat(ends).hasSize(CALLS);
    return verdict;
  }

  /// Says nothing.
  private static final class Silence implements SpanEncoder {
    @Override
    public String contentType() {
      return "";
    }

    @Override
    public void open(ByteBuf out) {}

    @Override
    public void encode(Span span, int index, ByteBuf out) {}

    @Override
    public void close(int spans, ByteBuf out) {}
  }
}
