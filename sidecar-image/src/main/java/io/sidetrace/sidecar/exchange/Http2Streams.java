package io.sidetrace.sidecar.exchange;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/// The streams of one connection that are open. Event-loop confined.
final class Http2Streams {
  /// Envoy's default of `max_concurrent_streams`. The upstream's own limit is lowered to it on its
  /// way to the client, so a client that heeds it never meets ours.
  static final int MAX_OPEN = 1024;

  private static final int INITIAL_STREAMS = 8;

  private static final Http2Stream[] NO_STREAMS = {};

  private final IntObjectMap<Http2Stream> open = new IntObjectHashMap<>(INITIAL_STREAMS);
  private final LoopTools tools;
  private final ClientAddresses addresses;
  private final String upstreamAddress;
  private int last;

  /// @param upstreamAddress `ip:port` of where they all go
  Http2Streams(LoopTools tools, ClientAddresses addresses, String upstreamAddress) {
    this.tools = tools;
    this.addresses = addresses;
    this.upstreamAddress = upstreamAddress;
  }

  @Nullable Http2Stream get(int id) {
    return open.get(id);
  }

  /// The highest identifier that the client has used.
  int last() {
    return last;
  }

  /// Whether a client may begin a stream with that identifier: odd ones, each higher than the last.
  boolean mayBegin(int id) {
    return (id & 1) == 1 && id > last;
  }

  void begun(int id) {
    last = id;
  }

  boolean isFull() {
    return open.size() >= MAX_OPEN;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  Http2Stream begin(int id, ListenerBehaviour.Http http) {
    tools.counters.increment(Counter.REQUESTS);
    tools.counters.increment(Counter.REQUESTS_ACTIVE);
    Http2Stream stream = new Http2Stream(id, http, addresses, upstreamAddress, tools.nanoTime());
    open.put(id, stream);
    return stream;
  }

  void end(Http2Stream stream) {
    open.remove(stream.id);
    stream.finish(tools);
  }

  /// Ends the stream because something went wrong.
  void fail(Http2Stream stream, String flag) {
    open.remove(stream.id);
    stream.fail(flag, tools);
  }

  void failAll(String flag) {
    for (Http2Stream stream : all()) {
      fail(stream, flag);
    }
  }

  /// Notes how the upstream ended under all of them.
  void upstreamEnded(WireUser.Ending how) {
    for (Http2Stream stream : all()) {
      stream.upstreamEnding = how;
    }
  }

  /// All that are open at the moment, so that they may end meanwhile.
  Http2Stream[] all() {
    return open.isEmpty() ? NO_STREAMS : open.values().toArray(Http2Stream[]::new);
  }
}
