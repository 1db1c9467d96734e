package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes frames of one direction, as text whose characters are bytes: most of them as they should
/// be, some with something that readers have been fooled by.
final class FrameBytes {
  private static final int MOST_FRAMES = 8;
  private static final int TYPES = 11;
  private static final List<String> BLOCKS =
      List.of("\u0082\u0084\u0086", "\u0088", "\u0040\u0001a\u0001b", "\u00be", "", "\u0080");
  private static final List<String> TOKENS =
      List.of(
          frame(Frame.SETTINGS, 0, 0, ""),
          frame(Frame.HEADERS, Frame.END_HEADERS, 1, "\u0082"),
          frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, ""),
          frame(Frame.DATA, Frame.PADDED, 1, "\u0005abc"),
          frame(Frame.PING, 0, 0, "12345678"),
          "\u0000\u0000\u0001",
          "\u0000\u0040\u0001",
          "\u00ff\u00ff\u00ff",
          "\u0000\u0000\u0000\u0001");
  private static final Mutator MUTATOR =
      new Mutator(TOKENS, "\u0000\u0001\u0002\u0004\u0008\u0009\u0020\u0028\u0080\u00ff");

  private final List<String> corpus =
      Corpus.of("frames").stream().map(Corpus.Entry::input).toList();

  String frames(RandomGenerator random) {
    String made = random.nextInt(4) == 0 ? any(random) : valid(random);
    return random.nextInt(3) == 0 ? MUTATOR.mutate(made, any(random), random) : made;
  }

  private String any(RandomGenerator random) {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private static String valid(RandomGenerator random) {
    var text = new StringBuilder(frame(Frame.SETTINGS, 0, 0, settings(random)));
    for (int count = random.nextInt(MOST_FRAMES); count > 0; count--) {
      text.append(one(random));
    }
    return text.toString();
  }

  private static String one(RandomGenerator random) {
    int stream = 1 + random.nextInt(4);
    return switch (random.nextInt(TYPES)) {
      case Frame.DATA -> data(stream, random);
      case Frame.HEADERS -> headers(stream, random);
      case Frame.PRIORITY -> frame(Frame.PRIORITY, 0, stream, "\0\0\0\u0009\u0010");
      case Frame.RST_STREAM -> frame(Frame.RST_STREAM, 0, stream, "\0\0\0\u0008");
      case Frame.SETTINGS -> frame(Frame.SETTINGS, 0, 0, settings(random));
      case Frame.PUSH_PROMISE -> frame(Frame.SETTINGS, Frame.ACK, 0, "");
      case Frame.PING -> frame(Frame.PING, random.nextInt(2), 0, "pingpong");
      case Frame.GOAWAY -> frame(Frame.GOAWAY, 0, 0, "\0\0\0\u0001\0\0\0\0bye");
      case Frame.WINDOW_UPDATE ->
          frame(Frame.WINDOW_UPDATE, 0, random.nextInt(2) * stream, "\0\0\u0001\0");
      default -> frame(0x20 + random.nextInt(8), random.nextInt(256), stream, "unknown");
    };
  }

  private static String data(int stream, RandomGenerator random) {
    String body = "x".repeat(random.nextInt(20));
    int end = random.nextInt(2) * Frame.END_STREAM;
    return random.nextBoolean()
        ? frame(Frame.DATA, end, stream, body)
        : frame(Frame.DATA, end | Frame.PADDED, stream, "\u0003" + body + "\0\0\0");
  }

  private static String headers(int stream, RandomGenerator random) {
    String block = BLOCKS.get(random.nextInt(random.nextInt(8) == 0 ? BLOCKS.size() : 3));
    int flags = random.nextInt(2) * Frame.END_STREAM;
    String payload = block;
    if (random.nextInt(4) == 0) {
      flags |= Frame.WITH_PRIORITY;
      payload = "\0\0\0\u0009\u0010" + payload;
    }
    if (random.nextInt(4) == 0) {
      flags |= Frame.PADDED;
      payload = "\u0002" + payload + "\0\0";
    }
    if (random.nextInt(4) == 0) {
      return frame(Frame.HEADERS, flags, stream, payload)
          + frame(Frame.CONTINUATION, Frame.END_HEADERS, stream, "\u0040\u0001a\u0001c");
    }
    return frame(Frame.HEADERS, flags | Frame.END_HEADERS, stream, payload);
  }

  private static String settings(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> "\0\u0001\0\0\0\0";
      case 1 -> "\0\u0004\0\u0001\0\0\0\u0003\0\0\0\u0064";
      case 2 -> "\0\u0005\0\0\u0040\0\u0042\u0042\0\0\0\u0001";
      default -> "";
    };
  }

  private static String frame(int type, int flags, int stream, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    return new String(
        Http2Peer.frameBytes(type, flags, stream, bytes), StandardCharsets.ISO_8859_1);
  }
}
