package io.sidetrace.sidecar.intercept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The reader of server names against a plain one, and against Netty's, which knows less of what is
/// wrong with a ClientHello.
final class ServerNameFuzzTest {
  private static final List<String> EXAMPLES =
      Corpus.of("server-name").stream().map(Corpus.Entry::input).toList();
  private static final Mutator MUTATOR =
      new Mutator(
          List.of(
              "\u0016\u0003\u0001",
              "\u0000\u0000",
              "\u0000\u0001",
              "\u00ff\u00ff",
              ClientHello.serverName("a"),
              ClientHello.extension(10, ""),
              ClientHello.record("\u0001")),
          "\u0000\u0001\u0002\u0003\u0005\u0016\u00ffaA.");

  @Test
  void firstBytes_haveTheNameThatTheySay() {
    Map<String, Integer> verdicts =
        new Fuzz("server-name", 5_000, ServerNameFuzzTest::hello, ServerNameFuzzTest::judge).run();
    assertThat(verdicts.keySet())
        .containsExactlyInAnyOrder("named by both", "named here", "named by Netty", "no name");
  }

  private static String hello(RandomGenerator random) {
    String example =
        random.nextInt(3) == 0
            ? EXAMPLES.get(random.nextInt(EXAMPLES.size()))
            : ClientHello.random(random);
    return random.nextBoolean()
        ? example
        : MUTATOR.mutate(example, ClientHello.random(random), random);
  }

  private static String judge(String text) {
    String whole = read(text, text.length());
    assertThat(read(text, 1)).as("byte by byte").isEqualTo(whole);
    assertThat(whole).isEqualTo(StrictServerName.of(text));
    String netty = byNetty(text);
    if (whole != null && netty != null) {
      assertThat(netty).isEqualTo(whole);
      return "named by both";
    }
    // Netty waits for the whole message, and does not mind lengths that contradict each other.
    return whole != null ? "named here" : netty != null ? "named by Netty" : "no name";
  }

  private static @Nullable String read(String text, int step) {
    var reader = new ServerNameReader();
    boolean more = true;
    for (int at = 0; at < text.length() && more; at += step) {
      String piece = text.substring(at, Math.min(text.length(), at + step));
      more = reader.read(bytes(piece));
    }
    return reader.name();
  }

  private static @Nullable String byNetty(String text) {
    var handler = new Capture();
    var channel = new EmbeddedChannel(handler);
    try {
      channel.writeInbound(bytes(text));
    } catch (DecoderException e) {
      // no ClientHello to it
    }
    channel.finishAndReleaseAll();
    return handler.name;
  }

  /// Takes the name and leaves all else.
  private static final class Capture extends AbstractSniHandler<String> {
    private @Nullable String name;

    @Override
    protected Future<String> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
      name = hostname;
      return ctx.executor().newSucceededFuture("");
    }

    @Override
    protected void onLookupComplete(
        ChannelHandlerContext ctx, @Nullable String hostname, Future<String> future) {}
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
