package io.sidetrace.sidecar.admin;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.GATEWAY_TIMEOUT;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers the first request of a connection and closes it: probes and scrapers come one at a time,
/// and answers that wait can so never overtake each other. Event-loop confined.
///
/// Releases everything that it reads; bodies mean nothing here.
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final String BROKEN_ESCAPE = " (expected: two hexadecimal digits behind a %)";

  private final Endpoints endpoints;
  private boolean asked;

  RequestHandler(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!asked && message instanceof HttpRequest request) {
        asked = true;
        context.pipeline().remove(ReadTimeoutHandler.class);
        answer(context, request);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(ChannelHandlerContext context, HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      write(context, Answer.text(BAD_REQUEST, "request: " + request.decoderResult().cause()));
      return;
    }
    QueryStringDecoder target = target(request.uri());
    if (target == null) {
      write(context, Answer.text(BAD_REQUEST, request.uri() + BROKEN_ESCAPE));
      return;
    }
    String path = target.path();
    Endpoint endpoint = endpoints.find(request.method(), path);
    CompletableFuture<Answer> answer = ask(endpoint, question(context, endpoint, target));
    ScheduledFuture<?> timeout =
        context
            .executor()
            .schedule(
                () -> answer.complete(Answer.text(GATEWAY_TIMEOUT, late(endpoint))),
                endpoint.limit().toMillis(),
                TimeUnit.MILLISECONDS);
    var _ =
        answer.whenComplete((made, failure) -> {
          timeout.cancel(false);
          write(context, made == null ? failed(failure) : made);
        });
  }

  /// Null where an escape is broken, which the decoder notices when it is asked.
  private static @Nullable QueryStringDecoder target(String uri) {
    try {
      QueryStringDecoder target = new QueryStringDecoder(uri);
      target.path();
      target.parameters();
      return target;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Question question(
      ChannelHandlerContext context, Endpoint endpoint, QueryStringDecoder target) {
    var local = (InetSocketAddress) context.channel().localAddress();
    return new Question(
        target.path().substring(endpoint.path().length()),
        target.parameters(),
        local.getAddress(),
        context.channel().eventLoop());
  }

  /// A copy of the endpoint's answer that a timeout may complete first.
  private static CompletableFuture<Answer> ask(Endpoint endpoint, Question question) {
    var copy = new CompletableFuture<Answer>();
    CompletionStage<Answer> answering;
    try {
      answering = endpoint.answering().apply(question);
    } catch (RuntimeException e) {
      copy.completeExceptionally(e);
      return copy;
    }
    var _ =
        answering.whenComplete((made, failure) -> {
          if (failure == null) {
            copy.complete(made);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    return copy;
  }

  private static void write(ChannelHandlerContext context, Answer answer) {
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), answer.body());
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
    response
        .headers()
        .set(CONTENT_TYPE, answer.contentType())
        .set(CONTENT_LENGTH, body.readableBytes())
        .set(CACHE_CONTROL, "no-cache, max-age=0")
        .set(CONNECTION, HttpHeaderValues.CLOSE);
    if (answer.status().equals(METHOD_NOT_ALLOWED)) {
      response.headers().set(ALLOW, "GET");
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static String late(Endpoint endpoint) {
    return endpoint.path() + ": no answer within " + endpoint.limit().toSeconds() + " s";
  }

  private static Answer failed(@Nullable Throwable failure) {
    return Answer.text(INTERNAL_SERVER_ERROR, "failed: " + failure);
  }

  /// The client went away, sent no request in time, or no HTTP: nobody is left to answer.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
