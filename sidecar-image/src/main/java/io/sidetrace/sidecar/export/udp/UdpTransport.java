package io.sidetrace.sidecar.export.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.Transport;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends batches as datagrams, all to one endpoint as long as that is there. Confined to its loop.
final class UdpTransport implements Transport<UdpBatch> {
  /// A batch with a single span fits; fuller ones double it a few times.
  private static final int FIRST_BODY_BYTES = 2 * 1024;

  private final SpanEncoder encoder;
  private final EventLoop loop;
  private final UdpTarget target;
  private @Nullable UdpSocket socket;
  private boolean retired;

  UdpTransport(SpanEncoder encoder, EventLoop loop, UdpTarget target) {
    this.encoder = encoder;
    this.loop = loop;
    this.target = target;
  }

  @Override
  public UdpBatch newBatch() {
    return new UdpBatch(encoder, ByteBufAllocator.DEFAULT.directBuffer(FIRST_BODY_BYTES));
  }

  @Override
  public void send(UdpBatch batch, Consumer<Delivery> done) {
    UdpSocket open = socket;
    switch (target.next(open == null ? null : open.endpoint())) {
      case UdpTarget.Next.Nowhere(var why) -> done.accept(why.delivery());
      case UdpTarget.Next.Endpoint(InetSocketAddress endpoint) -> {
        UdpSocket next =
            open != null && open.endpoint().equals(endpoint) ? open : connect(endpoint);
        next.send(batch, done);
        if (retired) {
          next.leave();
        }
      }
    }
  }

  /// No packet is exchanged for it: the kernel notes whom it hears refusals from.
  private UdpSocket connect(InetSocketAddress endpoint) {
    if (socket != null) {
      socket.leave();
    }
    UdpSocket next = new UdpSocket(endpoint, this::forget);
    socket = next;
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(EpollDatagramChannel.class)
            .handler(next)
            .connect(endpoint);
    connecting.addListener(_ -> {
      if (!connecting.isSuccess()) {
        next.refused(connecting.cause());
      }
    });
    return next;
  }

  private void forget(UdpSocket closed) {
    if (socket == closed) {
      socket = null;
    }
  }

  @Override
  public void retire() {
    retired = true;
    if (socket != null) {
      socket.leave();
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
