package io.sidetrace.sidecar.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Promise;
import io.sidetrace.sidecar.config.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;

/// Stands in for a connection's handler until TLS stands: for the handler that is when the
/// connection begins. Event-loop confined.
final class TlsStart extends ChannelInboundHandlerAdapter {
  private final Tls tls;
  private final ChannelHandler handler;
  private final Promise<Channel> connected;
  private final SocketAddress endpoint;

  /// @param handler takes this one's place
  /// @param connected told when TLS stands, or why it does not
  TlsStart(
      Tls tls, InetSocketAddress endpoint, ChannelHandler handler, Promise<Channel> connected) {
    this.endpoint = new SocketAddress(endpoint.getAddress().getHostAddress(), endpoint.getPort());
    this.tls = tls;
    this.handler = handler;
    this.connected = connected;
  }

  /// The handshake reads, whatever the handler will want.
  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        begin(context);
      } else {
        fail(context, done.cause());
      }
    }
  }

  private void begin(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(false);
    context.pipeline().addLast(handler);
    connected.trySuccess(context.channel());
    context.fireChannelActive();
    context.pipeline().remove(this);
  }

  private void fail(ChannelHandlerContext context, Throwable cause) {
    if (connected.isDone()) {
      return;
    }
    tls.countFailure();
    String reason = "TLS with " + endpoint.format() + ": " + reason(cause);
    IOException failure =
        cause instanceof SslHandshakeTimeoutException
            ? new ConnectTimeoutException(reason)
            : new ConnectException(reason);
    failure.initCause(cause);
    connected.tryFailure(failure);
    var _ = context.close();
  }

  /// The innermost message is the one that says what is wrong.
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, new IOException("closed by the server"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, cause);
  }
}
