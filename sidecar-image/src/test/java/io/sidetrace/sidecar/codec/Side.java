package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One direction of a connection, for the scanner and for Netty's decoder alike.
sealed interface Side {
  @Nullable Malformation read(ByteBuf in, int length);

  String startLine();

  Fields fields();

  void frame(BodyFraming body);

  /// Whether what follows this head is no HTTP any more.
  boolean endsHttp();

  NettyDecoder decoder();

  /// Towards the server.
  record Requests(RequestHead head) implements Side {
    Requests() {
      this(new RequestHead());
    }

    @Override
    public @Nullable Malformation read(ByteBuf in, int length) {
      return head.read(in, length);
    }

    @Override
    public String startLine() {
      return head.method() + ' ' + head.target() + " HTTP/1." + (head.isHttp11() ? 1 : 0);
    }

    @Override
    public Fields fields() {
      return head.fields();
    }

    @Override
    public void frame(BodyFraming body) {
      head.frame(body);
    }

    @Override
    public boolean endsHttp() {
      return false;
    }

    @Override
    public NettyDecoder decoder() {
      return new NettyDecoder.Requests();
    }
  }

  /// Towards the client, each the answer to the same request.
  record Responses(ResponseHead head, ResponseHead.Request asked) implements Side {
    Responses(ResponseHead.Request asked) {
      this(new ResponseHead(), asked);
    }

    @Override
    public @Nullable Malformation read(ByteBuf in, int length) {
      return head.read(in, length);
    }

    @Override
    public String startLine() {
      return fields().text(0, "HTTP/1.1".length()) + ' ' + head.status();
    }

    @Override
    public Fields fields() {
      return head.fields();
    }

    @Override
    public void frame(BodyFraming body) {
      head.frame(body, asked);
    }

    @Override
    public boolean endsHttp() {
      return head.status() == 101
          || (asked == ResponseHead.Request.CONNECT && head.status() / 100 == 2);
    }

    @Override
    public NettyDecoder decoder() {
      return new NettyDecoder.Responses(asked);
    }
  }
}
