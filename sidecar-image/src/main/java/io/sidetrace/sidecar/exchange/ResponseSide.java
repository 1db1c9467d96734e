package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.Violation;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.Moment;
import org.jspecify.annotations.Nullable;

/// The responses of an HTTP/2 connection: they go on whatever they are; what a span tells of them
/// is noted. Event-loop confined.
final class ResponseSide implements StreamSide {
  private final Http2Connection connection;
  private final Http2Streams streams;
  private final LoopTools tools;
  private final HeaderReader upstreamFields;

  ResponseSide(Http2Connection connection) {
    this.connection = connection;
    this.streams = connection.streams;
    this.tools = connection.listener.tools();
    this.upstreamFields = tools.fields::first;
  }

  @Override
  public Treatment begin(FrameReader frame) {
    Http2Stream stream = streams.get(frame.streamId());
    if (stream == null) {
      // One that is over, the client has forgotten as we have; one that never was, is its to judge.
      return frame.streamId() > streams.last() ? Treatment.PASS : Treatment.DROP;
    }
    stream.lastEventNanos = connection.timer.lastEventNanos();
    if (frame.type() == Frame.RST_STREAM) {
      stream.upstreamEnding = WireUser.Ending.RESET;
      streams.fail(stream, ResponseFlag.UPSTREAM_REMOTE_RESET);
    }
    return Treatment.PASS;
  }

  @Override
  public void data(FrameReader frame, int bytes) {
    Http2Stream stream = streams.get(frame.streamId());
    if (stream != null) {
      stream.responseBytes += bytes;
      endIf(frame.has(Frame.END_STREAM), stream);
    }
  }

  private void endIf(boolean last, Http2Stream stream) {
    if (last) {
      stream.endResponse();
      connection.requests.answered();
      connection.endIfDone(stream);
    }
  }

  @Override
  public @Nullable Violation head(HeaderBlock block, HeaderFields fields) {
    Http2Stream stream = streams.get(block.streamId());
    if (stream == null) {
      return null;
    }
    stream.lastEventNanos = connection.timer.lastEventNanos();
    tools.edits.clear();
    if (stream.responseStarted) {
      trailers(stream, fields);
    } else {
      response(stream, block, fields);
    }
    connection.fromUpstream.passed();
    connection.toClient.head(block, fields, tools.edits, connection.fromUpstream.encoder);
    endIf(block.endsStream(), stream);
    return null;
  }

  private void response(Http2Stream stream, HeaderBlock block, HeaderFields fields) {
    if (!fields.shape().isResponse(fields)) {
      malformed(stream);
      return;
    }
    int status = fields.shape().status(fields);
    if (status < 200 && !block.endsStream()) {
      return; // another head follows
    }
    stream.mark(Moment.FIRST_UPSTREAM_RX_BYTE_RECEIVED);
    stream.mark(Moment.FIRST_DOWNSTREAM_TX_BYTE_SENT);
    stream.responseStarted = true;
    stream.status = status;
    stream.upstreamStatus = status;
    stream.respondedNanos = tools.nanoTime();
    stream.responseFieldBytes = fields.fieldBytes();
    if (stream.requestEnded) {
      tools.edits.set("x-envoy-upstream-service-time", ResponseStart.millisSince(stream));
    }
    tools.changeResponse(stream, tools.http2.response());
    ResponseStart.setServer(stream.http.settings(), fields, tools.edits);
    tools.tracing.response(stream.trace, upstreamFields, tools.edits);
    stream.responseFields = stream.http.needs().keepResponse(tools.http2.response());
    connection.leaveIfTold();
  }

  private void trailers(Http2Stream stream, HeaderFields fields) {
    if (fields.shape().isTrailers()) {
      tools.tracing.trailers(stream.trace, upstreamFields);
    } else {
      malformed(stream);
    }
  }

  /// It is the client's to make sense of.
  private void malformed(Http2Stream stream) {
    tools.counters.increment(Counter.RESPONSES_MALFORMED);
    stream.responseStarted = true;
    stream.flag = ResponseFlag.UPSTREAM_PROTOCOL_ERROR;
  }
}
