package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.sidetrace.sidecar.codec.Transcript.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a stream with Netty's strict decoder.
final class DecodedStream {
  private final NettyDecoder decoder;
  private final ByteBuf in;
  private final List<Message> messages = new ArrayList<>();
  private @Nullable String refusal;
  private boolean switched;

  private DecodedStream(Side side, String input) {
    this.decoder = side.decoder();
    this.in = Unpooled.wrappedBuffer(input.getBytes(ISO_8859_1));
  }

  static Transcript read(Side side, String input) {
    var stream = new DecodedStream(side, input);
    stream.readAll();
    return new Transcript(stream.messages, stream.refusal);
  }

  private void readAll() {
    var out = new ArrayList<Object>();
    boolean more = true;
    while (more && refusal == null && !switched) {
      int before = in.readerIndex();
      out.clear();
      try {
        decoder.step(in, out);
      } catch (Exception e) {
        refusal = e.toString();
        return;
      }
      out.forEach(object -> take((HttpObject) object));
      more = !out.isEmpty() || in.readerIndex() != before;
    }
  }

  private void take(HttpObject object) {
    DecoderResult result = object.decoderResult();
    if (result.isFailure()) {
      refusal = result.cause().toString();
      return;
    }
    if (object instanceof HttpMessage message) {
      messages.add(
          new Message(NettyDecoder.startLine(message), decoder.fields(), "", Transcript.OPEN));
      switched = decoder.endsHttp(message);
    }
    if (object instanceof HttpContent content) {
      Message open = messages.removeLast();
      String body = open.body() + content.content().toString(ISO_8859_1);
      int end = content instanceof LastHttpContent ? in.readerIndex() : Transcript.OPEN;
      messages.add(new Message(open.startLine(), open.fields(), body, end));
    }
  }
}
