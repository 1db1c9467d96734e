package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.ArrayList;
import java.util.List;

/// Netty's strict decoder outside of a pipeline, so that it shows how many bytes each step took.
interface NettyDecoder {
  void step(ByteBuf in, List<Object> out) throws Exception;

  /// `name: value` of the latest head, as they came: the decoder itself drops or rewrites some.
  List<String> fields();

  /// Whether what follows this head is no HTTP any more.
  boolean endsHttp(HttpMessage message);

  /// Strict is the default; limits are out of the way, as each has its own test.
  private static HttpDecoderConfig strict() {
    return new HttpDecoderConfig()
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true)
        .setAllowDuplicateContentLengths(false)
        .setMaxInitialLineLength(1 << 20)
        .setMaxHeaderSize(1 << 20)
        .setMaxChunkSize(1 << 20);
  }

  private static List<String> copy(HttpMessage message) {
    var fields = new ArrayList<String>();
    message.headers().forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
    return fields;
  }

  static String startLine(HttpMessage message) {
    return switch (message) {
      case HttpRequest request ->
          request.method() + " " + request.uri() + ' ' + request.protocolVersion();
      case HttpResponse response -> response.protocolVersion() + " " + response.status().code();
      default -> throw new IllegalStateException(message.toString());
    };
  }

  final class Requests extends HttpRequestDecoder implements NettyDecoder {
    private List<String> fields = List.of();

    Requests() {
      super(strict());
    }

    /// The decoder asks this between reading the fields and changing them.
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      fields = copy(message);
      return super.isContentAlwaysEmpty(message);
    }

    @Override
    public void step(ByteBuf in, List<Object> out) throws Exception {
      decode(null, in, out);
    }

    @Override
    public List<String> fields() {
      return fields;
    }

    @Override
    public boolean endsHttp(HttpMessage message) {
      return false;
    }
  }

  final class Responses extends HttpResponseDecoder implements NettyDecoder {
    private final ResponseHead.Request asked;
    private List<String> fields = List.of();

    Responses(ResponseHead.Request asked) {
      super(strict());
      this.asked = asked;
    }

    /// RFC 9112 section 6.3, which the decoder leaves to a codec that knows the request. Its own
    /// answer differs for the handshake of the WebSocket draft of 2010, whose body had no length.
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      fields = copy(message);
      int status = ((HttpResponse) message).status().code();
      return asked == ResponseHead.Request.HEAD
          || status < 200
          || status == 204
          || status == 304
          || (asked == ResponseHead.Request.CONNECT && status < 300);
    }

    @Override
    public void step(ByteBuf in, List<Object> out) throws Exception {
      decode(null, in, out);
    }

    @Override
    public List<String> fields() {
      return fields;
    }

    @Override
    public boolean endsHttp(HttpMessage message) {
      int status = ((HttpResponse) message).status().code();
      return status == 101 || (asked == ResponseHead.Request.CONNECT && status / 100 == 2);
    }
  }
}
