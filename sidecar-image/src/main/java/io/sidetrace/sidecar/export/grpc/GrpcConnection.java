package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackDecoder;
import io.sidetrace.sidecar.codec.http2.Setting;
import io.sidetrace.sidecar.codec.http2.Violation;
import io.sidetrace.sidecar.export.CollectorAddress;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client's side of one connection, and the calls on it. Calls may come before it stands; each
/// ends within its time, whatever becomes of the connection. Confined to its loop.
final class GrpcConnection extends ChannelInboundHandlerAdapter implements FrameInput.Receiver {
  /// Given back at once where it is much, so that a server need not wait for it.
  private static final int WINDOW_STEP = 16 * 1024;

  private final InetSocketAddress endpoint;
  private final EventLoop loop;
  private final Consumer<GrpcConnection> whenEnded;
  private final FrameInput input = new FrameInput(this);
  private final GrpcCalls calls = new GrpcCalls();
  private @Nullable ChannelHandlerContext context;

  /// null until the connection stands.
  private @Nullable FrameOutput output;

  private int unrestored;
  private long lastReadNanos = System.nanoTime();
  private boolean draining;
  private boolean ended;

  /// @param whenEnded is told when nothing is left of the connection
  GrpcConnection(InetSocketAddress endpoint, EventLoop loop, Consumer<GrpcConnection> whenEnded) {
    this.endpoint = endpoint;
    this.loop = loop;
    this.whenEnded = whenEnded;
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  boolean takesCalls() {
    return !draining && !ended;
  }

  // Its beginning.

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    context.channel().config().setAutoRead(true);
  }

  /// The connection stands.
  void start(Channel channel) {
    ChannelHandlerContext ready = context;
    if (ended || ready == null) {
      var _ = channel.close(); // its calls were given up meanwhile
      return;
    }
    FrameOutput started = new FrameOutput(ready);
    output = started;
    started.preface();
    beginCalls();
    started.flush();
    if (draining) {
      drain();
    }
  }

  /// The connection could not be made.
  void failed(String reason) {
    end(CollectorAddress.unreachable(reason));
  }

  // Calls.

  /// Takes the call as soon as the server does.
  void call(GrpcCall call, Duration timeout) {
    long begun = System.nanoTime();
    call.limitedBy(
        loop.schedule(
            () -> timedOut(call, begun, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS));
    calls.add(call);
    beginCalls();
    flush();
  }

  private void beginCalls() {
    if (output != null) {
      calls.begin(output);
      if (calls.areUsedUp() && !draining) {
        drain();
      }
    }
  }

  private void sendMessages() {
    if (output != null) {
      calls.send(output);
    }
  }

  private void timedOut(GrpcCall call, long begun, Duration timeout) {
    String reason = "no answer within " + timeout.toMillis() + " ms";
    if (calls.withdraw(call)) {
      call.end(CollectorAddress.unreachable(reason));
    } else if (calls.get(call.streamId) != null) {
      reset(call.streamId, ErrorCode.CANCEL);
      finish(call, new Delivery.Unanswered(DropReason.TIMEOUT, reason));
      flush();
    }
    if (lastReadNanos - begun < 0) {
      close(); // nothing has come since: the peer may be gone without a word
    }
  }

  /// Ends a call that has begun.
  private void finish(GrpcCall call, Delivery delivery) {
    calls.remove(call);
    beginCalls();
    call.end(delivery);
    closeIfDone();
  }

  private void reset(int streamId, ErrorCode code) {
    if (output != null) {
      output.reset(streamId, code);
    }
  }

  private void flush() {
    if (output != null) {
      output.flush();
    }
  }

  // What the server says.

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastReadNanos = System.nanoTime();
    ByteBuf in = (ByteBuf) message;
    try {
      Violation violation = input.read(in);
      if (violation != null) {
        violated(violation);
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  /// Who has not even begun by HTTP/2 has understood no call either.
  private void violated(Violation violation) {
    if (!input.hasBegun()) {
      end(CollectorAddress.unreachable("the endpoint speaks no HTTP/2, which gRPC is"));
      return;
    }
    if (output != null) {
      output.goAway(violation.code());
      output.flush();
    }
    end(new Delivery.Unanswered(DropReason.DISCONNECTED, violation.reason()));
  }

  @Override
  public @Nullable Violation head(int streamId, HeaderFields fields, boolean endsStream) {
    GrpcCall call = calls.get(streamId);
    if (call != null) {
      call.head(fields);
      if (endsStream) {
        ended(streamId);
      }
    }
    return null;
  }

  @Override
  public @Nullable Violation data(int streamId, ByteBuf data, int counted) {
    unrestored += counted;
    if (unrestored >= WINDOW_STEP && output != null) {
      output.restoreWindow(unrestored);
      unrestored = 0;
    }
    GrpcCall call = calls.get(streamId);
    if (call != null && !call.data(data)) {
      reset(streamId, ErrorCode.CANCEL);
      finish(call, new Delivery.Unanswered(DropReason.DISCONNECTED, "answer without end"));
    }
    return null;
  }

  @Override
  public void ended(int streamId) {
    GrpcCall call = calls.get(streamId);
    if (call == null) {
      return;
    }
    if (call.unsent() > 0) {
      reset(streamId, ErrorCode.CANCEL); // answered before it was all said
    }
    finish(call, call.answer());
  }

  @Override
  public void reset(int streamId, int code) {
    GrpcCall call = calls.get(streamId);
    if (call != null) {
      finish(call, StreamEnd.byReset(code));
    }
  }

  @Override
  public @Nullable Violation settings(ByteBuf settings) {
    boolean legal = true;
    while (settings.isReadable()) {
      int setting = settings.readUnsignedShort();
      long value = settings.readUnsignedInt();
      switch (setting) {
        case Setting.INITIAL_WINDOW_SIZE -> legal &= calls.resizeWindows(value);
        case Setting.MAX_CONCURRENT_STREAMS -> calls.limit(value);
        case Setting.HEADER_TABLE_SIZE -> resizeTable(value);
        default -> {} // frames are never longer than every server takes
      }
    }
    if (output != null) {
      output.acknowledgeSettings();
    }
    beginCalls();
    sendMessages();
    return legal ? null : Violation.WINDOW;
  }

  private void resizeTable(long bytes) {
    if (output != null) {
      output.resizeTable((int) Math.min(bytes, HpackDecoder.TABLE_BYTES));
    }
  }

  /// A server that asks without listening makes no answers pile up here.
  @Override
  public void ping(ByteBuf opaque) {
    if (output != null && context != null) {
      if (context.channel().isWritable()) {
        output.acknowledgePing(opaque);
      } else {
        close();
      }
    }
  }

  @Override
  public void goAway(int lastStreamId, int code) {
    drain();
    calls.endBegun(
        call -> call.streamId > lastStreamId,
        CollectorAddress.unreachable("GOAWAY " + StreamEnd.name(code)));
    closeIfDone();
  }

  @Override
  public @Nullable Violation window(int streamId, int increment) {
    boolean legal = calls.widenWindow(streamId, increment);
    sendMessages();
    return legal ? null : Violation.WINDOW;
  }

  // Its end.

  /// Takes no more calls, and ends with those that have begun; one that is not made yet begins
  /// those that wait. Others are told that they were not sent.
  void drain() {
    draining = true;
    if (output != null) {
      calls.endWaiting(CollectorAddress.unreachable("connection is closing"));
      closeIfDone();
    }
  }

  private void closeIfDone() {
    if (draining && output != null && calls.areDone()) {
      close();
    }
  }

  void close() {
    end(new Delivery.Unanswered(DropReason.DISCONNECTED, "connection closed before the answer"));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(new Delivery.Unanswered(DropReason.DISCONNECTED, String.valueOf(cause.getMessage())));
  }

  /// Ends the connection and all calls.
  ///
  /// @param delivery of calls that have begun; the others were certainly not sent
  private void end(Delivery delivery) {
    if (ended) {
      return;
    }
    ended = true;
    whenEnded.accept(this);
    if (context != null) {
      var _ = context.close();
    }
    calls.endBegun(_ -> true, delivery);
    calls.endWaiting(
        delivery instanceof Delivery.Postponed
            ? delivery
            : CollectorAddress.unreachable("connection closed"));
  }
}
