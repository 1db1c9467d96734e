package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One TCP connection, to a client or to an upstream: the verbs that both need, and one [WireUser]
/// that may change while it stands. The only handler in its channel's pipeline, but for TLS.
/// Event-loop confined.
///
/// What is written to a wire that is not open yet is kept, in order, until it is.
@SuppressWarnings("FutureReturnValueIgnored") // how a write or close went is told by events
final class Wire extends ChannelInboundHandlerAdapter {
  /// Reading from the other side stops at 64 KiB unsent and goes on at 32 KiB: Netty's defaults,
  /// said here because the memory per slow connection follows from them.
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  /// How long a peer may go on sending after our end; closing sooner would reset the connection and
  /// could take the last bytes from it before it has read them.
  private static final long LINGER_MILLIS = 1_000;

  /// How long a peer may take for the last bytes, some 64 KiB beside what the kernel holds: Envoy's
  /// default for streams on which nothing happens.
  private static final long UNSENT_MILLIS = 300_000;

  private WireUser user = Nobody.INSTANCE;
  private @Nullable Channel channel;
  private @Nullable ArrayDeque<ByteBuf> unsent;
  private @Nullable String peerAddress;
  private boolean reading = true;
  private @Nullable ScheduledFuture<?> lingering;
  private boolean unflushed;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean reset;
  private boolean closed;

  /// Starts to connect; how it went, the user learns in a later event of the loop.
  static Wire connect(Cluster cluster, InetSocketAddress endpoint, LoopTools tools) {
    Wire wire = new Wire();
    cluster
        .connect(tools.loop, endpoint, wire)
        .addListener(done -> wire.connected(done.cause(), tools.counters));
    return wire;
  }

  void use(WireUser next) {
    user = next;
  }

  /// Null until the connection stands.
  @Nullable Channel channel() {
    return channel;
  }

  /// The peer's address without port; empty when it has none.
  String peerAddress() {
    if (peerAddress == null) {
      SocketAddress peer = channel == null ? null : channel.remoteAddress();
      String ip = peer instanceof InetSocketAddress address ? ClientAddresses.ip(address) : null;
      peerAddress = ip == null ? "" : ip;
    }
    return peerAddress;
  }

  boolean isClosed() {
    return closed;
  }

  boolean inputHasEnded() {
    return inputEnded;
  }

  /// Takes over the buffer. Bytes for a peer that is gone are dropped.
  void write(ByteBuf bytes) {
    Channel open = channel;
    if (closed || outputEnded) {
      bytes.release();
    } else if (open == null) {
      keep(bytes);
    } else {
      unflushed = true;
      open.write(bytes, open.voidPromise());
    }
  }

  void flush() {
    if (unflushed && channel != null) {
      unflushed = false;
      channel.flush();
    }
  }

  /// Whether more may be written without piling up here.
  boolean writable() {
    return channel != null && channel.isWritable();
  }

  /// Whether bytes of the peer are wanted; until told otherwise, they are.
  void reading(boolean wanted) {
    if (reading != wanted) {
      reading = wanted;
      // Behind the peer's end Netty has taken the socket out of epoll; asking for more would throw.
      if (channel != null && !inputEnded) {
        channel.config().setAutoRead(wanted);
      }
    }
  }

  /// Sends FIN behind all that was written; the peer may go on sending.
  void endOutput() {
    if (outputEnded || closed) {
      return;
    }
    outputEnded = true;
    if (channel != null) {
      afterWrites(this::shutdownOutput);
    }
  }

  /// Closes behind all that was written, and gives the peer a moment to end as well.
  void close() {
    if (closed) {
      return;
    }
    use(new Discard(this, user));
    endOutput();
    reading(true);
    afterWrites(this::lastWritten);
    if (lingering == null) {
      closeAfter(UNSENT_MILLIS);
    }
  }

  private void lastWritten() {
    if (inputEnded || channel == null) {
      closeNow();
    } else {
      closeAfter(LINGER_MILLIS);
    }
  }

  private void closeAfter(long millis) {
    if (channel == null || !channel.isOpen()) {
      return;
    }
    if (lingering != null) {
      lingering.cancel(false);
    }
    lingering = channel.eventLoop().schedule(this::closeNow, millis, TimeUnit.MILLISECONDS);
  }

  /// Sends RST: what the peer of a broken connection would see without us.
  void abort() {
    reset = true;
    if (channel != null && channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    closeNow();
  }

  private void closeNow() {
    if (channel != null) {
      channel.close();
    } else {
      end(WireUser.Ending.CLOSED);
    }
  }

  /// What was held back and what came behind it, in one buffer that takes over both.
  static ByteBuf append(@Nullable ByteBuf held, ByteBuf bytes) {
    return held == null
        ? bytes
        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), held, bytes);
  }

  private void keep(ByteBuf bytes) {
    if (unsent == null) {
      unsent = new ArrayDeque<>();
    }
    unsent.add(bytes);
  }

  private void afterWrites(Runnable then) {
    Channel open = channel;
    if (open == null) {
      then.run();
      return;
    }
    unflushed = false;
    ChannelFuture written = open.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (written.isDone()) {
      then.run();
    } else {
      written.addListener(done -> then.run());
    }
  }

  private void shutdownOutput() {
    if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
      SslHandler tls = duplex.pipeline().get(SslHandler.class);
      if (tls == null) {
        duplex.shutdownOutput();
      } else {
        // TLS has an end of its own, so that one cut off is noticed
        tls.closeOutbound().addListener(told -> duplex.shutdownOutput());
      }
    }
    if (inputEnded) {
      closeNow();
    }
  }

  private void connected(@Nullable Throwable failure, Counters counters) {
    if (failure != null && !closed) {
      counters.increment(Counter.UPSTREAM_CONNECT_FAILURES);
      boolean late = failure instanceof ConnectTimeoutException;
      end(late ? WireUser.Ending.TIMED_OUT : WireUser.Ending.REFUSED);
    }
  }

  private void end(WireUser.Ending ending) {
    if (closed) {
      return;
    }
    closed = true;
    if (unsent != null) {
      unsent.forEach(ByteBuf::release);
      unsent = null;
    }
    if (lingering != null) {
      lingering.cancel(false);
    }
    user.closed(ending);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Channel open = ctx.channel();
    if (closed) {
      open.close(); // given up while it was connecting
      return;
    }
    channel = open;
    open.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    open.config().setWriteBufferWaterMark(WATER_MARK);
    open.config().setAutoRead(reading);
    sendKept(open);
    user.opened();
  }

  private void sendKept(Channel open) {
    if (unsent != null) {
      unsent.forEach(bytes -> open.write(bytes, open.voidPromise()));
      unsent = null;
      open.flush();
    }
    if (outputEnded) {
      afterWrites(this::shutdownOutput);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    user.read((ByteBuf) bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    user.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    user.writabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
      inputEnded = true;
      user.inputEnded();
    }
  }

  /// I/O failed, which is the peer's reset; or it is a bug, and then this connection ends alone.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reset = true;
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(reset ? WireUser.Ending.RESET : WireUser.Ending.CLOSED);
  }

  /// The user of a wire that has none yet.
  private enum Nobody implements WireUser {
    INSTANCE;

    @Override
    public void read(ByteBuf bytes) {
      bytes.release();
    }

    @Override
    public void readComplete() {}

    @Override
    public void inputEnded() {}

    @Override
    public void closed(Ending ending) {}
  }

  /// Takes the place of a wire's user while it closes.
  private record Discard(Wire wire, WireUser user) implements WireUser {
    @Override
    public void read(ByteBuf bytes) {
      bytes.release();
    }

    @Override
    public void readComplete() {}

    @Override
    public void inputEnded() {
      wire.afterWrites(wire::closeNow);
    }

    @Override
    public void closed(Ending ending) {
      user.closed(ending);
    }
  }
}
