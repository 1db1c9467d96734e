package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final SendWindows windows = new SendWindows();
  private final Map<Integer, GrpcCall> open = new LinkedHashMap<>();
  private final Deque<GrpcCall> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable FrameOutput output;
  private String scheme = "http";
  private long mostOpen = Integer.MAX_VALUE;
  private int nextStreamId = 1;
  private int unrestored;
  private long lastReadNanos;
  private boolean draining;
  private boolean ended;

  /// @param whenEnded is told when nothing is left of the connection
  GrpcConnection(InetSocketAddress endpoint, EventLoop loop, Consumer<GrpcConnection> whenEnded) {
    this.endpoint = endpoint;
    this.loop = loop;
    this.whenEnded = whenEnded;
    this.lastReadNanos = System.nanoTime();
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
    scheme = channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
    FrameOutput started = new FrameOutput(ready);
    output = started;
    started.preface();
    beginWaiting();
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
    waiting.add(call);
    beginWaiting();
    flush();
  }

  private void beginWaiting() {
    FrameOutput out = output;
    while (out != null && open.size() < mostOpen && !waiting.isEmpty()) {
      if (nextStreamId < 0) {
        drain(); // identifiers are used up
        return;
      }
      GrpcCall call = waiting.remove();
      call.streamId = nextStreamId;
      nextStreamId += 2;
      open.put(call.streamId, call);
      windows.begin(call);
      out.head(call.streamId, call.request(), scheme);
      sendMessage(call, out);
    }
  }

  private void sendMessage(GrpcCall call, FrameOutput out) {
    for (int part = windows.room(call); part > 0; part = windows.room(call)) {
      windows.sent(call, part);
      ByteBuf data = call.take(part);
      out.data(call.streamId, data, call.unsent() == 0);
    }
  }

  private void sendMessages() {
    FrameOutput out = output;
    if (out != null) {
      // A write that fails ends the connection, and every call with it, at once.
      List.copyOf(open.values()).forEach(call -> sendMessage(call, out));
    }
  }

  private void timedOut(GrpcCall call, long begun, Duration timeout) {
    String reason = "no answer within " + timeout.toMillis() + " ms";
    if (waiting.remove(call)) {
      call.end(CollectorAddress.unreachable(reason));
    } else if (open.containsKey(call.streamId)) {
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
    open.remove(call.streamId);
    beginWaiting();
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

  private void violated(Violation violation) {
    if (output != null) {
      output.goAway(violation.code());
      output.flush();
    }
    end(new Delivery.Unanswered(DropReason.DISCONNECTED, violation.reason()));
  }

  @Override
  public @Nullable Violation head(int streamId, HeaderFields fields, boolean endsStream) {
    GrpcCall call = open.get(streamId);
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
    GrpcCall call = open.get(streamId);
    if (call != null && !call.data(data)) {
      reset(streamId, ErrorCode.CANCEL);
      finish(call, new Delivery.Unanswered(DropReason.DISCONNECTED, "answer without end"));
    }
    return null;
  }

  @Override
  public void ended(int streamId) {
    GrpcCall call = open.remove(streamId);
    if (call == null) {
      return;
    }
    if (call.unsent() > 0) {
      reset(streamId, ErrorCode.CANCEL); // answered before it was all said
    }
    beginWaiting();
    call.answered();
    closeIfDone();
  }

  @Override
  public void reset(int streamId, int code) {
    GrpcCall call = open.get(streamId);
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
        case Setting.INITIAL_WINDOW_SIZE -> legal &= windows.resize(value, open.values());
        case Setting.MAX_CONCURRENT_STREAMS -> mostOpen = value;
        case Setting.HEADER_TABLE_SIZE -> resizeTable(value);
        default -> {} // frames are never longer than every server takes
      }
    }
    if (output != null) {
      output.acknowledgeSettings();
    }
    beginWaiting();
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
    endAll(
        call -> call.streamId > lastStreamId,
        CollectorAddress.unreachable("GOAWAY " + StreamEnd.name(code)));
  }

  @Override
  public @Nullable Violation window(int streamId, int increment) {
    GrpcCall call = open.get(streamId);
    boolean legal =
        streamId == 0
            ? windows.widen(increment)
            : call == null || SendWindows.widen(call, increment);
    sendMessages();
    return legal ? null : Violation.WINDOW;
  }

  // Its end.

  /// Takes no more calls, and ends with those that have begun; one that is not made yet begins
  /// those that wait. Others are told that they were not sent.
  void drain() {
    draining = true;
    if (output != null) {
      endWaiting(CollectorAddress.unreachable("connection is closing"));
      closeIfDone();
    }
  }

  private void closeIfDone() {
    if (draining && output != null && open.isEmpty()) {
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
    endAll(_ -> true, delivery);
    endWaiting(
        delivery instanceof Delivery.Postponed
            ? delivery
            : CollectorAddress.unreachable("connection closed"));
  }

  private void endAll(Predicate<GrpcCall> which, Delivery delivery) {
    for (GrpcCall call : List.copyOf(open.values())) {
      if (which.test(call)) {
        open.remove(call.streamId);
        call.end(delivery);
      }
    }
    closeIfDone();
  }

  private void endWaiting(Delivery delivery) {
    while (!waiting.isEmpty()) {
      waiting.remove().end(delivery);
    }
  }
}
