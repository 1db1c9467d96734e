package io.sidetrace.sidecar.export.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.sidetrace.sidecar.export.CollectorAddress;
import io.sidetrace.sidecar.report.Delivery;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A socket towards one endpoint. Nobody answers datagrams, so a batch is delivered when the kernel
/// took all of it and nobody refused any for a while. Confined to its loop.
final class UdpSocket extends ChannelInboundHandlerAdapter {
  /// A receiver's buffer has 208 KiB by default, in which the kernel counts some 2.5 KiB for a
  /// segment: it holds 80, and what comes on top is lost without a word.
  static final int BURST = 32;

  /// Some 10 000 segments a second, the most that the queues are made for.
  static final Duration PAUSE = Duration.ofMillis(3);

  /// Within a cluster, a refusal takes a millisecond or two.
  static final Duration REFUSAL = Duration.ofMillis(50);

  private final InetSocketAddress endpoint;
  private final Consumer<UdpSocket> whenClosed;
  private final Deque<Sending> sending = new ArrayDeque<>();
  private final Deque<Sending> unrefused = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private boolean stepping;
  private boolean leaving;
  private boolean closed;

  /// A batch on its way.
  private static final class Sending {
    final UdpBatch batch;
    final Consumer<Delivery> done;
    int sent;

    Sending(UdpBatch batch, Consumer<Delivery> done) {
      this.batch = batch;
      this.done = done;
    }
  }

  UdpSocket(InetSocketAddress endpoint, Consumer<UdpSocket> whenClosed) {
    this.endpoint = endpoint;
    this.whenClosed = whenClosed;
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  /// Tells the end of the batch exactly once.
  void send(UdpBatch batch, Consumer<Delivery> done) {
    if (closed) {
      done.accept(CollectorAddress.unreachable("socket closed"));
      return;
    }
    sending.add(new Sending(batch, done));
    if (!stepping) {
      step();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    step();
  }

  /// Sends as much as a receiver is sure to have room for, and goes on a little later.
  private void step() {
    ChannelHandlerContext channel = context;
    if (channel == null || !channel.channel().isActive() || sending.isEmpty()) {
      stepping = false;
      return;
    }
    stepping = true;
    for (int i = 0; i < BURST && !sending.isEmpty(); i++) {
      Sending first = sending.getFirst();
      if (first.sent < first.batch.spans()) {
        write(channel, first);
      }
      if (first.sent == first.batch.spans()) {
        sending.removeFirst();
        unrefused.add(first);
        later(channel, () -> settle(first), REFUSAL);
      }
    }
    channel.flush();
    later(channel, this::step, PAUSE);
  }

  private void write(ChannelHandlerContext channel, Sending first) {
    channel
        .write(first.batch.datagram(first.sent++))
        .addListener(written -> {
          if (!written.isSuccess()) {
            refused(written.cause());
          }
        });
  }

  private static void later(ChannelHandlerContext channel, Runnable task, Duration after) {
    EventLoop loop = channel.channel().eventLoop();
    var _ = loop.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void settle(Sending sent) {
    if (unrefused.remove(sent)) {
      sent.done.accept(new Delivery.Accepted());
      closeWhenIdle();
    }
  }

  /// What a daemon has to say to us is nothing that we wait for.
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refused(cause);
  }

  /// Nobody listens there: nothing that is under way can have arrived.
  void refused(Throwable cause) {
    close();
    end(CollectorAddress.unreachable(String.valueOf(cause.getMessage())));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    close();
    end(CollectorAddress.unreachable("socket closed"));
  }

  private void end(Delivery delivery) {
    List<Sending> ended = List.copyOf(unrefused);
    List<Sending> unsent = List.copyOf(sending);
    unrefused.clear();
    sending.clear();
    ended.forEach(sent -> sent.done.accept(delivery));
    unsent.forEach(waiting -> waiting.done.accept(delivery));
  }

  /// Closes when all that is under way has come to its end.
  void leave() {
    leaving = true;
    closeWhenIdle();
  }

  private void closeWhenIdle() {
    if (leaving && sending.isEmpty() && unrefused.isEmpty()) {
      close();
    }
  }

  /// Takes no batch any more, from now on.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    whenClosed.accept(this);
    if (context != null) {
      var _ = context.close();
    }
  }
}
