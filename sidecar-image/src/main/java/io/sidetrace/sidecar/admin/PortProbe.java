package io.sidetrace.sidecar.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `/probe/tcp/PORT`: whether the application listens there.
///
/// The kubelet cannot find out itself: a redirected connection to the pod always succeeds. The
/// sidecar's own connections are not redirected.
final class PortProbe {
  /// The kubelet's own default for a probe.
  static final Duration LIMIT = Duration.ofSeconds(1);

  private PortProbe() {}

  /// Connects to the address at which the kubelet found us, as it would have done.
  static CompletionStage<Answer> answer(Question question) {
    int port = port(question.rest());
    if (port < 0) {
      return CompletableFuture.completedStage(
          Answer.text(BAD_REQUEST, "port: " + question.rest() + " (expected: 1..65535)"));
    }
    var answer = new CompletableFuture<Answer>();
    var address = new InetSocketAddress(question.localAddress(), port);
    new Bootstrap()
        .group(question.loop())
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LIMIT.toMillis())
        .handler(new ChannelInboundHandlerAdapter())
        .connect(address)
        .addListener((ChannelFuture connecting) -> answer.complete(answer(connecting, address)));
    return answer;
  }

  private static Answer answer(ChannelFuture connecting, InetSocketAddress address) {
    if (connecting.isSuccess()) {
      var _ = connecting.channel().close();
      return Answer.ok("open");
    }
    Throwable cause = connecting.cause();
    return Answer.text(
        SERVICE_UNAVAILABLE,
        address + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage());
  }

  /// -1 when the text is no port.
  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65535 ? port : -1;
  }
}
