package io.sidetrace.sidecar.export;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection to a collector: one message at a time, and its answer. Confined to its loop.
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  /// An answer to spans is empty or one line of complaint; a longer one is not worth reading.
  static final int MOST_ANSWER_BYTES = 64 * 1024;

  private final InetSocketAddress endpoint;
  private final Duration timeout;
  private final HttpTransport transport;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;

  /// @param transport is told when the connection is free again, and when it has ended
  HttpConnection(InetSocketAddress endpoint, Duration timeout, HttpTransport transport) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.transport = transport;
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    context.pipeline().addBefore(context.name(), "codec", new HttpClientCodec());
    context.channel().config().setAutoRead(true);
  }

  /// Sends the request, which it releases, and tells the end of it exactly once.
  void post(FullHttpRequest request, Consumer<Delivery> done) {
    ChannelHandlerContext channel = context;
    if (channel == null || !channel.channel().isActive()) {
      request.release();
      done.accept(new Delivery.Unanswered(DropReason.DISCONNECTED, "connection closed"));
      return;
    }
    Exchange started = new Exchange(transport, done);
    exchange = started;
    started.timeout =
        channel.executor().schedule(this::timedOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
    channel
        .writeAndFlush(request)
        .addListener(written -> {
          started.written = written.isSuccess();
          if (!written.isSuccess()) {
            close();
          }
        });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    Exchange answered = exchange;
    if (answered == null || message.decoderResult().isFailure()) {
      close(); // an answer to nothing, or none that can be read
      return;
    }
    if (message instanceof HttpResponse head) {
      answered.head(head);
    }
    if (message instanceof HttpContent content) {
      boolean wanted = answered.body.add(content.content());
      if (message instanceof LastHttpContent && answered.status != 0) {
        complete(answered);
      } else if (!wanted) {
        close();
      }
    }
  }

  /// Frees the connection before it tells, so that the next batch finds it.
  private void complete(Exchange answered) {
    exchange = null;
    if (answered.keepAlive && answered.written) {
      transport.rest(this);
    } else {
      close();
    }
    answered.end(DropReason.DISCONNECTED, "no status");
  }

  private void timedOut() {
    finish(DropReason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    transport.forget(this);
    finish(DropReason.DISCONNECTED, "connection closed before the answer");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    finish(DropReason.DISCONNECTED, String.valueOf(cause.getMessage()));
    close();
  }

  /// Ends the exchange by the status that came, or else as unanswered for that reason.
  private void finish(DropReason reason, String detail) {
    Exchange ended = exchange;
    if (ended == null) {
      return;
    }
    exchange = null;
    ended.end(reason, detail);
  }

  void close() {
    if (context != null) {
      var _ = context.close();
    }
  }

  /// One message and what is known of its answer. Once the status is there it counts, whatever
  /// becomes of the body.
  private static final class Exchange {
    final HttpTransport transport;
    final Consumer<Delivery> done;
    final AnswerBytes body = new AnswerBytes(MOST_ANSWER_BYTES);
    @Nullable ScheduledFuture<?> timeout;
    boolean written;
    boolean keepAlive;
    int status;
    @Nullable String retryAfter;

    Exchange(HttpTransport transport, Consumer<Delivery> done) {
      this.transport = transport;
      this.done = done;
    }

    void head(HttpResponse head) {
      if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        return;
      }
      status = head.status().code();
      retryAfter = head.headers().get(HttpHeaderNames.RETRY_AFTER);
      keepAlive = HttpUtil.isKeepAlive(head);
    }

    void end(DropReason reason, String detail) {
      if (timeout != null) {
        timeout.cancel(false);
      }
      done.accept(status == 0 ? new Delivery.Unanswered(reason, detail) : answered());
    }

    private Delivery answered() {
      Delivery answer = Answer.of(status, retryAfter, InstantSource.system());
      return answer instanceof Delivery.Accepted ? transport.accepted(body.toBytes()) : answer;
    }
  }
}
