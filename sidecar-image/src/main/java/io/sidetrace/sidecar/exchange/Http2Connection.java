package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Violation;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.Moment;

/// A client's HTTP/2 connection with prior knowledge, and the one to its upstream: both have the
/// same streams under the same identifiers, and all frames go from one to the other. What waits to
/// be sent is bounded by the receiver's windows, and by reading no more than can be passed on.
/// Event-loop confined.
final class Http2Connection implements WireUser, OpenConnection {
  /// What every client begins with, before its first frame.
  private static final int PREFACE_BYTES = 24;

  final Wire client;
  final EarlyUpstream upstream;
  final LoopListener listener;
  final Http2Streams streams;
  final FrameOutput toClient;
  final FrameOutput toUpstream;
  final RequestSide requests;
  final FrameRelay fromClient;
  final FrameRelay fromUpstream;
  final Http2Timer timer;
  private final LoopTools tools;

  /// Whether the client was told to leave, but not yet from which request on it is too late.
  private boolean told;

  /// Whether new requests are refused.
  private boolean goingAway;

  /// Whether the connection ends with its last stream.
  private boolean closing;

  private boolean ending;

  Http2Connection(Wire client, LoopListener listener, EarlyUpstream early) {
    this.client = client;
    this.listener = listener;
    this.tools = listener.tools();
    this.upstream = early;
    ClientAddresses addresses = new ClientAddresses(client, early.originalDestination());
    this.streams = new Http2Streams(tools, addresses, early.address());
    this.timer = new Http2Timer(this, tools);
    this.toClient = new FrameOutput(client);
    this.toUpstream = new FrameOutput(early.wire());
    this.requests = new RequestSide(this);
    var requestLimits = new FrameRelay.Limits(listener.http().headLimit(), tools);
    this.fromClient =
        new FrameRelay(requests, toUpstream, toClient, SettingsCaps.OF_CLIENT, requestLimits);
    var responseLimits = new FrameRelay.Limits(UpstreamLink.HEAD_LIMIT, tools);
    this.fromUpstream =
        new FrameRelay(
            new ResponseSide(this), toClient, toUpstream, SettingsCaps.OF_UPSTREAM, responseLimits);
    FrameRelay.pair(fromClient, fromUpstream);
  }

  /// Takes over both wires.
  ///
  /// @param first what the client said so far, its whole preface at least
  static Http2Connection join(
      Wire client, LoopListener listener, EarlyUpstream early, ByteBuf first) {
    Http2Connection connection = new Http2Connection(client, listener, early);
    listener.opened(connection);
    client.use(connection);
    early.wire().use(connection.new Upstream());
    connection.timer.start();
    connection.toUpstream.raw(first, PREFACE_BYTES);
    connection.read(first);
    connection.readComplete();
    return connection;
  }

  // From the client.

  @Override
  public void read(ByteBuf bytes) {
    timer.event();
    Violation violation = ending ? null : fromClient.read(bytes);
    bytes.release();
    timer.inHead(fromClient.inHead());
    if (violation != null) {
      clientViolated(violation);
    }
    updateReading();
  }

  @Override
  public void readComplete() {
    toUpstream.flush();
    toClient.flush();
    updateReading();
  }

  @Override
  public void writabilityChanged() {
    updateReading();
  }

  @Override
  public void inputEnded() {
    toUpstream.flush();
    upstream.wire().endOutput();
  }

  @Override
  public void closed(Ending how) {
    ending = true;
    timer.stop();
    streams.failAll(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION);
    endUpstream(how);
    release();
  }

  /// From the upstream.
  private final class Upstream implements WireUser {
    @Override
    public void opened() {
      updateReading();
    }

    @Override
    public void read(ByteBuf bytes) {
      timer.event();
      Violation violation = ending ? null : fromUpstream.read(bytes);
      bytes.release();
      if (violation != null) {
        upstreamViolated(violation);
      }
      updateReading();
    }

    @Override
    public void readComplete() {
      toClient.flush();
      toUpstream.flush();
      updateReading();
    }

    @Override
    public void writabilityChanged() {
      updateReading();
    }

    @Override
    public void inputEnded() {
      upstreamEnded(Ending.CLOSED);
    }

    @Override
    public void closed(Ending how) {
      upstreamEnded(how);
    }
  }

  /// The upstream had said that before the client did.
  void greeted(ByteBuf bytes) {
    var side = new Upstream();
    side.read(bytes);
    side.readComplete();
  }

  // Streams.

  void endIfDone(Http2Stream stream) {
    if (stream.ended()) {
      streams.end(stream);
      closeIfDone();
    }
  }

  /// Ends a stream towards both peers.
  void reset(Http2Stream stream, ErrorCode code) {
    streams.fail(stream, ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
    toClient.reset(stream.id, code);
    toUpstream.reset(stream.id, code);
  }

  /// Answers a request in its upstream's place.
  ///
  /// @param requestEnded whether the client has nothing more to say
  void answer(Http2Stream stream, LocalReply reply, boolean requestEnded) {
    Http2Answer answer = new Http2Answer(reply, stream.grpc);
    stream.status = answer.status();
    stream.flag = reply.flag();
    tools.edits.clear();
    HeaderReader edited = tools.edits.over(answer);
    tools.changeResponse(stream, edited);
    answer.describe(stream.http.settings(), tools.edits);
    tools.tracing.response(stream.trace, answer, tools.edits);
    stream.responseFields = stream.http.needs().keepResponse(edited);
    toClient.answer(stream, tools.edits, fromUpstream.encoder);
    stream.mark(Moment.FIRST_DOWNSTREAM_TX_BYTE_SENT);
    stream.endResponse();
    if (!requestEnded) {
      toClient.reset(stream.id, ErrorCode.NO_ERROR);
    }
    streams.end(stream);
    closeIfDone();
  }

  /// Ends a stream that took too long. One whose response has begun is cut off by a reset, so that
  /// nobody takes it for a whole one.
  void giveUp(Http2Stream stream, LocalReply reply) {
    toUpstream.reset(stream.id, ErrorCode.CANCEL);
    if (stream.responseStarted) {
      streams.fail(stream, reply.flag());
      toClient.reset(stream.id, ErrorCode.INTERNAL_ERROR);
      closeIfDone();
    } else {
      answer(stream, reply, stream.requestEnded);
    }
    toUpstream.flush();
    toClient.flush();
  }

  // Endings.

  boolean isGoingAway() {
    return goingAway;
  }

  @Override
  public void leave() {
    leaveIfTold();
    toClient.flush();
  }

  /// A client that has not heard SETTINGS yet is told with its first response.
  void leaveIfTold() {
    if (listener.draining() && !told && fromUpstream.settingsSeen()) {
      told = true;
      toClient.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR, "draining");
    }
    if (closing) {
      goAway("draining");
    }
  }

  @Override
  public void closeIfAtRest() {
    closing = true;
    goAway("draining");
    closeIfDone();
    toClient.flush();
  }

  /// Requests that the client has sent are answered, new ones are not taken.
  void goAway(String reason) {
    if (!goingAway && fromUpstream.settingsSeen()) {
      goingAway = true;
      toClient.goAway(streams.last(), ErrorCode.NO_ERROR, reason);
    }
  }

  @Override
  public void reconfigured() {
    timer.start();
  }

  void endIdle() {
    end(ErrorCode.NO_ERROR, "idle timeout");
  }

  void endInHead() {
    end(ErrorCode.ENHANCE_YOUR_CALM, "request header timeout");
  }

  private void closeIfDone() {
    if ((goingAway || closing) && streams.isEmpty() && !ending) {
      end(Ending.CLOSED);
    }
  }

  private void clientViolated(Violation why) {
    tools.counters.increment(counter(why));
    streams.failAll(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
    end(why.code(), why.reason());
  }

  private static Counter counter(Violation why) {
    return switch (why) {
      case FIRST_FRAME,
          STREAM_IDENTIFIER,
          HEADER_BLOCK_INTERRUPTED,
          CONTINUATION_OF_NOTHING,
          PADDING,
          PUSH,
          FRAME_SIZE,
          WINDOW,
          COMPRESSION ->
          Counter.HTTP2_PROTOCOL_ERRORS;
      case HEADERS_TOO_LARGE, CONTINUATION_FLOOD -> Counter.HTTP2_HEADERS_TOO_LARGE;
      case CONTROL_FLOOD, SETTINGS_IGNORED -> Counter.HTTP2_CONTROL_FLOODS;
      case RESET_FLOOD -> Counter.HTTP2_RESET_FLOODS;
    };
  }

  /// What the upstream sends is no HTTP/2; to the client that is our failure.
  private void upstreamViolated(Violation why) {
    tools.counters.increment(Counter.RESPONSES_MALFORMED);
    streams.failAll(ResponseFlag.UPSTREAM_PROTOCOL_ERROR);
    if (!toUpstream.inFrame()) {
      toUpstream.goAway(0, why.code(), why.reason());
    }
    end(ErrorCode.INTERNAL_ERROR, "upstream: " + why.reason());
  }

  private void end(ErrorCode code, String reason) {
    if (toClient.inFrame()) {
      end(Ending.RESET); // nothing can be said in the middle of a frame
      return;
    }
    if (!fromUpstream.settingsSeen()) {
      toClient.settings(new byte[0]);
    }
    toClient.goAway(streams.last(), code, reason);
    end(Ending.CLOSED);
  }

  private void upstreamEnded(Ending how) {
    if (ending) {
      return;
    }
    if (how == Ending.REFUSED || how == Ending.TIMED_OUT) {
      tools.counters.increment(Counter.UPSTREAM_CONNECT_FAILURES);
    }
    streams.upstreamEnded(how);
    if (upstream.chosen() == null) {
      streams.failAll(LocalReply.upstreamLost(how).flag());
      end(how);
    } else {
      answerAll(LocalReply.upstreamLost(how));
      end(ErrorCode.NO_ERROR, "upstream ended");
    }
  }

  /// A gateway's client is told of each request by itself.
  private void answerAll(LocalReply reply) {
    ending = true; // nothing more comes or goes but these answers
    for (Http2Stream stream : streams.all()) {
      giveUp(stream, reply);
    }
  }

  /// The upstream could not be reached before the client had said what it speaks.
  void upstreamFailed(Ending how) {
    streams.upstreamEnded(how);
    streams.failAll(LocalReply.upstreamLost(how).flag());
    end(how);
  }

  /// Ends both sides: the client sees what the upstream did, behind all that was written to it.
  private void end(Ending how) {
    ending = true;
    timer.stop();
    streams.failAll(ResponseFlag.UPSTREAM_CONNECTION_TERMINATION);
    toClient.flush();
    endUpstream(Ending.CLOSED);
    if (how == Ending.CLOSED) {
      client.close();
    } else {
      client.abort();
    }
  }

  private void endUpstream(Ending how) {
    if (how == Ending.CLOSED) {
      toUpstream.flush();
      upstream.wire().close();
    } else {
      upstream.wire().abort();
    }
  }

  private void release() {
    toClient.discard();
    toUpstream.discard();
    listener.closed(this);
  }

  private void updateReading() {
    if (!ending) {
      client.reading(upstream.wire().writable());
      upstream.wire().reading(client.writable());
    }
  }
}
