package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Netty's frame reader makes of a direction's bytes: a line for each frame, without what a
/// relay decides itself (values of SETTINGS, their acknowledgement, padding of header blocks).
///
/// @param refusal why it stopped; null when it did not
record FrameLog(List<String> events, @Nullable String refusal) {
  private static final long LIST_BYTES = 1 << 20;

  /// What a frame's receiver judges for itself: the values in it.
  private static final Pattern RECEIVERS =
      Pattern.compile(
          "(?i).*(delta 0|cannot depend on itself|setting .* is invalid|invalid frame length"
              + "|flag.* out of range|window size increment).*");

  static FrameLog of(String bytes) {
    List<String> events = new ArrayList<>();
    EmbeddedChannel channel = new EmbeddedChannel(new ChannelDuplexHandler());
    ChannelHandlerContext context = channel.pipeline().firstContext();
    ByteBuf in = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    var decoder = new DefaultHttp2HeadersDecoder(false, LIST_BYTES);
    String refusal = null;
    try (var reader = new DefaultHttp2FrameReader(decoder)) {
      reader.readFrame(context, in, new Log(events));
    } catch (Http2Exception e) {
      refusal = String.valueOf(e.getMessage());
    }
    in.release();
    channel.finishAndReleaseAll();
    return new FrameLog(List.copyOf(events), refusal);
  }

  boolean leftToReceiver() {
    return refusal == null || RECEIVERS.matcher(refusal).matches();
  }

  private static final class Log extends Http2FrameAdapter {
    private final List<String> events;

    Log(List<String> events) {
      this.events = events;
    }

    private void log(String format, Object... arguments) {
      events.add(format.formatted(arguments));
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int stream, ByteBuf data, int padding, boolean end) {
      log("DATA %d %s +%d %s", stream, text(data), padding, end);
      return data.readableBytes() + padding;
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int stream, Http2Headers headers, int padding, boolean end) {
      log("HEADERS %d %s %s", stream, headers, end);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end) {
      log("HEADERS %d %s %s, %d %d %s", stream, headers, end, dependency, weight, exclusive);
    }

    @Override
    public void onPriorityRead(
        ChannelHandlerContext ctx, int stream, int dependency, short weight, boolean exclusive) {
      log("PRIORITY %d %d %d %s", stream, dependency, weight, exclusive);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int stream, long code) {
      log("RST_STREAM %d %d", stream, code);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
      log("SETTINGS");
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) {
      log("PING %d", data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
      log("PING ACK %d", data);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int last, long code, ByteBuf debug) {
      log("GOAWAY %d %d %s", last, code, text(debug));
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int stream, int increment) {
      log("WINDOW_UPDATE %d %d", stream, increment);
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext ctx, byte type, int stream, Http2Flags flags, ByteBuf payload) {
      log("%d %d %d %s", type, stream, flags.value(), text(payload));
    }

    private static String text(ByteBuf bytes) {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
