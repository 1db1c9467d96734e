package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.Transcript.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a stream as a connection of the data plane does: head by head and body by body, as the
/// bytes become visible.
final class ScannedStream {
  private static final int HEAD_LIMIT = 1 << 20;

  private final Side side;
  private final ByteBuf in;
  private final HeadFinder finder = new HeadFinder();
  private final BodyFraming body = new BodyFraming();

  /// Gets the same body byte by byte, which shows the data among its framing.
  private final BodyFraming slow = new BodyFraming();

  private final StringBuilder data = new StringBuilder();
  private final List<Message> messages = new ArrayList<>();
  private boolean inBody;
  private boolean ended;
  private @Nullable Malformation refusal;

  private ScannedStream(Side side, String input) {
    this.side = side;
    this.in = Unpooled.wrappedBuffer(input.getBytes(ISO_8859_1)).writerIndex(0);
  }

  /// @param step how many bytes come at a time
  static Transcript read(Side side, String input, int step) {
    var stream = new ScannedStream(side, input);
    while (stream.in.isWritable() && !stream.ended) {
      stream.in.writerIndex(Math.min(stream.in.writerIndex() + step, stream.in.capacity()));
      stream.proceed();
    }
    return new Transcript(stream.messages, stream.refusal == null ? null : stream.refusal.name());
  }

  private void proceed() {
    boolean more = true;
    while (more && in.isReadable() && !ended) {
      more = inBody ? continueBody() : beginMessage();
    }
  }

  private boolean beginMessage() {
    int length = finder.find(in, HEAD_LIMIT);
    if (length == HeadFinder.INCOMPLETE) {
      return false;
    }
    Malformation malformed =
        length == HeadFinder.REFUSED ? finder.malformation() : side.read(in, length);
    if (malformed != null) {
      return refuse(malformed);
    }
    in.skipBytes(length);
    side.frame(body);
    side.frame(slow);
    data.setLength(0);
    inBody = true;
    ended = side.endsHttp();
    messages.add(new Message(side.startLine(), fields(side.fields()), "", Transcript.OPEN));
    return note();
  }

  private static List<String> fields(Fields fields) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < fields.count(); i++) {
      String line = fields.text(fields.lineStart(i), fields.lineEnd(i));
      String value = fields.text(fields.valueStart(i), fields.valueEnd(i));
      texts.add(line.substring(0, line.indexOf(':')) + ": " + value);
    }
    return texts;
  }

  private boolean continueBody() {
    int taken = body.take(in);
    for (int i = 0; i < taken; i++) {
      takeSlowly();
    }
    if (slow.bodyBytes() != body.bodyBytes() || slow.ended() != body.ended()) {
      throw new AssertionError("the body differs when it comes byte by byte");
    }
    note();
    return body.malformed() ? refuse(Malformation.CHUNK) : body.ended();
  }

  private void takeSlowly() {
    long before = slow.bodyBytes();
    ByteBuf octet = in.readSlice(1);
    if (slow.take(octet) != 1) {
      throw new AssertionError("a byte of the body is refused when it comes alone");
    }
    if (slow.bodyBytes() > before) {
      data.append((char) octet.getUnsignedByte(0));
    }
  }

  /// Brings the latest message up to date.
  private boolean note() {
    Message open = messages.removeLast();
    int end = body.ended() ? in.readerIndex() : Transcript.OPEN;
    messages.add(new Message(open.startLine(), open.fields(), data.toString(), end));
    inBody = !body.ended();
    return true;
  }

  private boolean refuse(Malformation why) {
    refusal = why;
    ended = true;
    return false;
  }
}
