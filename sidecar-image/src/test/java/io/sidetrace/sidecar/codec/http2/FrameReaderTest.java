package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameReaderTest {
  private static final List<String> FRAMES =
      List.of("0/1 on 3: hello", "6/0 on 0: 12345678", "4/1 on 0: ");

  @Test
  void frames_areFoundWhereverTheirBytesAreSplit() {
    byte[] all = bytes("hello", 0, 1, 3, "12345678", 6, 0, 0, "", 4, 1, 0);
    for (int split = 0; split <= all.length; split++) {
      List<String> found = new ArrayList<>();
      FrameReader reader = new FrameReader();
      StringBuilder payload = new StringBuilder();
      read(reader, Unpooled.wrappedBuffer(all, 0, split), payload, found);
      read(reader, Unpooled.wrappedBuffer(all, split, all.length - split), payload, found);
      assertThat(found).as("split at %s", split).isEqualTo(FRAMES);
    }
  }

  @Test
  void frames_areFoundByteByByte() {
    byte[] all = bytes("hello", 0, 1, 3, "12345678", 6, 0, 0, "", 4, 1, 0);
    List<String> found = new ArrayList<>();
    FrameReader reader = new FrameReader();
    StringBuilder payload = new StringBuilder();
    for (int i = 0; i < all.length; i++) {
      read(reader, Unpooled.wrappedBuffer(all, i, 1), payload, found);
    }
    assertThat(found).isEqualTo(FRAMES);
  }

  private static void read(
      FrameReader reader, ByteBuf in, StringBuilder payload, List<String> found) {
    while (reader.inFrame() ? in.isReadable() : reader.readHeader(in)) {
      int taken = reader.take(in.readableBytes());
      payload.append(in.readCharSequence(taken, Blocks.LATIN_1));
      if (reader.end()) {
        found.add(
            "%d/%d on %d: %s".formatted(reader.type(), reader.flags(), reader.streamId(), payload));
        payload.setLength(0);
      }
    }
  }

  private static byte[] bytes(Object... payloadTypeFlagsStream) {
    ByteBuf out = Unpooled.buffer();
    for (int i = 0; i < payloadTypeFlagsStream.length; i += 4) {
      String payload = (String) payloadTypeFlagsStream[i];
      out.writeMedium(payload.length());
      out.writeByte((int) payloadTypeFlagsStream[i + 1]);
      out.writeByte((int) payloadTypeFlagsStream[i + 2]);
      out.writeInt((int) payloadTypeFlagsStream[i + 3]);
      out.writeCharSequence(payload, Blocks.LATIN_1);
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource
  void header_isRefusedForWhatItSays(int length, int type, int flags, int stream, Violation why) {
    FrameReader reader = new FrameReader();
    ByteBuf in = Unpooled.buffer();
    in.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);

    assertThat(reader.readHeader(in)).isTrue();
    assertThat(reader.check()).isEqualTo(why);
  }

  static Stream<Arguments> header_isRefusedForWhatItSays() {
    return Stream.of(
        argumentSet("the largest frame", 16_384, Frame.DATA, 0, 1, null),
        argumentSet("a larger one", 16_385, Frame.DATA, 0, 1, Violation.FRAME_SIZE),
        argumentSet("a ping of 7 bytes", 7, Frame.PING, 0, 0, Violation.FRAME_SIZE),
        argumentSet("a reset of 5 bytes", 5, Frame.RST_STREAM, 0, 1, Violation.FRAME_SIZE),
        argumentSet("a window of 3 bytes", 3, Frame.WINDOW_UPDATE, 0, 1, Violation.FRAME_SIZE),
        argumentSet("a short GOAWAY", 7, Frame.GOAWAY, 0, 0, Violation.FRAME_SIZE),
        argumentSet("half a setting", 9, Frame.SETTINGS, 0, 0, Violation.FRAME_SIZE),
        argumentSet("an ack that says something", 6, Frame.SETTINGS, 1, 0, Violation.FRAME_SIZE),
        argumentSet("data on no stream", 1, Frame.DATA, 0, 0, Violation.STREAM_IDENTIFIER),
        argumentSet("headers on no stream", 1, Frame.HEADERS, 4, 0, Violation.STREAM_IDENTIFIER),
        argumentSet("settings on a stream", 6, Frame.SETTINGS, 0, 1, Violation.STREAM_IDENTIFIER),
        argumentSet("a ping on a stream", 8, Frame.PING, 0, 1, Violation.STREAM_IDENTIFIER),
        argumentSet("the reserved bit", 8, Frame.PING, 0, 1 << 31, null),
        argumentSet("an unknown type", 3, 0x42, 0xff, 7, null));
  }

  @Test
  void largerFrames_passOnceAllowed() {
    FrameReader reader = new FrameReader();
    reader.allow(1 << 20);
    reader.allow(16_384);
    ByteBuf in = Unpooled.buffer();
    in.writeMedium(1 << 20).writeByte(Frame.DATA).writeByte(0).writeInt(1);

    assertThat(reader.readHeader(in)).isTrue();
    assertThat(reader.check()).isNull();
  }
}
