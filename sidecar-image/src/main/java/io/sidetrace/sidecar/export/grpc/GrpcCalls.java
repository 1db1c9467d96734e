package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.report.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The calls of one connection: those that wait until the server takes them, and those that have
/// begun. Confined to the connection's loop.
final class GrpcCalls {
  private final SendWindows windows = new SendWindows();
  private final Map<Integer, GrpcCall> begun = new LinkedHashMap<>();
  private final Deque<GrpcCall> waiting = new ArrayDeque<>();
  private long mostBegun = Integer.MAX_VALUE;
  private int nextStreamId = 1;

  void add(GrpcCall call) {
    waiting.add(call);
  }

  /// Takes the call back.
  ///
  /// @return whether it was waiting
  boolean withdraw(GrpcCall call) {
    return waiting.remove(call);
  }

  /// The server takes no more than so many calls at a time.
  void limit(long calls) {
    mostBegun = calls;
  }

  /// Begins as many calls as the server takes.
  void begin(FrameOutput out) {
    while (begun.size() < mostBegun && !waiting.isEmpty() && !areUsedUp()) {
      GrpcCall call = waiting.remove();
      call.streamId = nextStreamId;
      nextStreamId += 2;
      begun.put(call.streamId, call);
      windows.begin(call);
      out.head(call.streamId, call.request());
      send(call, out);
    }
  }

  /// Whether no identifiers of streams are left.
  boolean areUsedUp() {
    return nextStreamId < 0;
  }

  /// Sends on what the server's windows let through. A write that fails ends the connection, and
  /// every call with it, at once.
  void send(FrameOutput out) {
    List.copyOf(begun.values()).forEach(call -> send(call, out));
  }

  private void send(GrpcCall call, FrameOutput out) {
    for (int part = windows.room(call); part > 0; part = windows.room(call)) {
      windows.sent(call, part);
      ByteBuf data = call.take(part);
      out.data(call.streamId, data, call.unsent() == 0);
    }
  }

  /// The server sets another window for each stream.
  ///
  /// @return whether that is legal
  boolean resizeWindows(long bytes) {
    return windows.resize(bytes, begun.values());
  }

  /// The server takes so many more bytes of a stream, or of all together where that is 0.
  ///
  /// @return whether that is legal
  boolean widenWindow(int streamId, int bytes) {
    GrpcCall call = begun.get(streamId);
    return streamId == 0 ? windows.widen(bytes) : call == null || SendWindows.widen(call, bytes);
  }

  /// The call on that stream; null where none is any more.
  @Nullable GrpcCall get(int streamId) {
    return begun.get(streamId);
  }

  void remove(GrpcCall call) {
    begun.remove(call.streamId);
  }

  /// Whether none has begun that has not ended.
  boolean areDone() {
    return begun.isEmpty();
  }

  void endBegun(Predicate<GrpcCall> which, Delivery delivery) {
    for (GrpcCall call : List.copyOf(begun.values())) {
      if (which.test(call)) {
        begun.remove(call.streamId);
        call.end(delivery);
      }
    }
  }

  void endWaiting(Delivery delivery) {
    while (!waiting.isEmpty()) {
      waiting.remove().end(delivery);
    }
  }
}
