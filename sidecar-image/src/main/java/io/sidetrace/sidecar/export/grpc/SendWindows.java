package io.sidetrace.sidecar.export.grpc;

import io.sidetrace.sidecar.codec.http2.Frame;
import java.util.Collection;

/// How much a server is ready to take (RFC 9113 section 5.2): on the connection, and on each new
/// stream. Event-loop confined.
final class SendWindows {
  /// What every receiver takes at first, of a stream and of all together.
  private static final int DEFAULT = 65_535;

  private static final long LARGEST = Integer.MAX_VALUE;

  private int connection = DEFAULT;
  private int ofNewStream = DEFAULT;

  void begin(GrpcCall call) {
    call.window = ofNewStream;
  }

  /// How many bytes the call may send in one frame now.
  int room(GrpcCall call) {
    int window = Math.min(connection, call.window);
    return Math.clamp(window, 0, Math.min(call.unsent(), Frame.DEFAULT_MAX_BYTES));
  }

  void sent(GrpcCall call, int bytes) {
    connection -= bytes;
    call.window -= bytes;
  }

  /// The server takes so much more on the connection.
  ///
  /// @return whether that is not too much
  boolean widen(int bytes) {
    long wider = (long) connection + bytes;
    connection = (int) Math.min(wider, LARGEST);
    return wider <= LARGEST;
  }

  /// The server takes so much more of the call.
  ///
  /// @return whether that is not too much
  static boolean widen(GrpcCall call, int bytes) {
    long wider = (long) call.window + bytes;
    call.window = (int) Math.min(wider, LARGEST);
    return wider <= LARGEST;
  }

  /// The server sets another window for streams, those that are open among them.
  ///
  /// @return whether that is not too much
  boolean resize(long bytes, Collection<GrpcCall> open) {
    if (bytes > LARGEST) {
      return false;
    }
    int change = (int) bytes - ofNewStream;
    ofNewStream = (int) bytes;
    boolean legal = true;
    for (GrpcCall call : open) {
      legal &= widen(call, change);
    }
    return legal;
  }
}
