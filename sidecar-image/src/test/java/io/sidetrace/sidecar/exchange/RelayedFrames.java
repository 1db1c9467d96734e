package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.Violation;
import io.sidetrace.sidecar.upstream.Clusters;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [FrameRelay] made of a direction's bytes: what went on, and why it stopped.
///
/// @param output as Latin-1
/// @param end null while the connection goes on
record RelayedFrames(String output, @Nullable Violation end) {
  private static final int HEAD_LIMIT = 1 << 16;
  private static final int FAR_BYTES = 300;

  /// @return in a word, what became of the frames
  static String judge(String bytes) {
    String input = whole(bytes);
    RelayedFrames relayed = relay(input, Math.max(1, input.length()));
    assertThat(relay(input, 1)).as("byte by byte").isEqualTo(relayed);
    FrameLog came = FrameLog.of(input);
    FrameLog went = FrameLog.of(relayed.output);
    if (relayed.end == null) {
      return judgeGoingOn(came, went);
    }
    judgeEnd(relayed.end, came, went);
    return relayed.end.name();
  }

  /// Completes the last frame, or cuts it off when that is far: Netty looks at whole frames only.
  private static String whole(String bytes) {
    int at = 0;
    while (at + Frame.HEADER_BYTES <= bytes.length()) {
      int length = bytes.charAt(at) << 16 | bytes.charAt(at + 1) << 8 | bytes.charAt(at + 2);
      int end = at + Frame.HEADER_BYTES + length;
      if (length > Frame.DEFAULT_MAX_BYTES) {
        return bytes.substring(0, at + Frame.HEADER_BYTES);
      }
      if (end > bytes.length()) {
        int missing = end - bytes.length();
        return missing > FAR_BYTES ? bytes.substring(0, at) : bytes + "\0".repeat(missing);
      }
      at = end;
    }
    return bytes.substring(0, at);
  }

  private static String judgeGoingOn(FrameLog came, FrameLog went) {
    assertThat(went.events()).isEqualTo(came.events());
    assertThat(came.leftToReceiver()).as("Netty: %s", came.refusal()).isTrue();
    if (came.refusal() == null) {
      assertThat(went.refusal()).isNull();
    }
    return "PASSED";
  }

  /// What went on before the end is what came; and Netty would have ended there too, unless it does
  /// not look at that. Header blocks have a fuzz test of their own.
  private static void judgeEnd(Violation end, FrameLog came, FrameLog went) {
    int passed = Math.min(went.events().size(), came.events().size());
    assertThat(went.events()).isEqualTo(came.events().subList(0, passed));
    boolean wentWrong = went.refusal() != null && end != Violation.PADDING;
    if (wentWrong) {
      assertThat(went.leftToReceiver()).as("Netty of what went on: %s", went.refusal()).isTrue();
      return;
    }
    switch (end) {
      case FIRST_FRAME,
          PUSH,
          CONTINUATION_FLOOD,
          HEADERS_TOO_LARGE,
          CONTROL_FLOOD,
          RESET_FLOOD,
          SETTINGS_IGNORED,
          COMPRESSION -> {}
      case STREAM_IDENTIFIER,
          HEADER_BLOCK_INTERRUPTED,
          CONTINUATION_OF_NOTHING,
          PADDING,
          FRAME_SIZE -> {
        assertThat(came.refusal()).as("Netty, where we end with %s", end).isNotNull();
        assertThat(came.events()).hasSameSizeAs(went.events());
      }
    }
  }

  private static RelayedFrames relay(String input, int pieceBytes) {
    Wire forward = new Wire();
    Wire backward = new Wire();
    EmbeddedChannel out = new EmbeddedChannel(forward);
    EmbeddedChannel back = new EmbeddedChannel(backward);
    LoopTools tools = new LoopTools(out.eventLoop(), new Clusters(), new Counters());
    FrameOutput toReceiver = new FrameOutput(forward);
    FrameOutput toSender = new FrameOutput(backward);
    var limits = new FrameRelay.Limits(HEAD_LIMIT, tools);
    var passing = new Passing(tools, toReceiver);
    var relay = new FrameRelay(passing, toReceiver, toSender, SettingsCaps.OF_CLIENT, limits);
    var answers = new FrameRelay(passing, toSender, toReceiver, SettingsCaps.OF_UPSTREAM, limits);
    FrameRelay.pair(relay, answers);
    passing.relay = relay;
    Violation end = read(relay, input, pieceBytes);
    toReceiver.flush();
    toSender.flush();
    String output = written(out);
    written(back);
    toReceiver.discard();
    return new RelayedFrames(output, end);
  }

  private static @Nullable Violation read(FrameRelay relay, String input, int pieceBytes) {
    Violation end = null;
    for (int at = 0; at < input.length() && end == null; at += pieceBytes) {
      String piece = input.substring(at, Math.min(input.length(), at + pieceBytes));
      ByteBuf bytes = Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1);
      end = relay.read(bytes);
      bytes.release();
    }
    return end;
  }

  private static String written(EmbeddedChannel channel) {
    var text = new StringBuilder();
    for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; bytes.release()) {
      text.append(bytes.toString(StandardCharsets.ISO_8859_1));
    }
    channel.finishAndReleaseAll();
    return text.toString();
  }

  /// Knows no streams and passes everything.
  private static final class Passing implements StreamSide {
    private final LoopTools tools;
    private final FrameOutput out;
    private @Nullable FrameRelay relay;

    Passing(LoopTools tools, FrameOutput out) {
      this.tools = tools;
      this.out = out;
    }

    @Override
    public Treatment begin(FrameReader frame) {
      return Treatment.PASS;
    }

    @Override
    public void data(FrameReader frame, int bytes) {
      assertThat(bytes).isBetween(0, frame.length());
    }

    @Override
    public @Nullable Violation head(HeaderBlock block, HeaderFields fields) {
      tools.edits.clear();
      out.head(block, fields, tools.edits, Objects.requireNonNull(relay).encoder);
      return null;
    }
  }
}
