package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.Violation;
import io.sidetrace.sidecar.tracing.Moment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The requests of an HTTP/2 connection: each is checked, routed and traced and goes on; what is
/// malformed ends here. Event-loop confined.
final class RequestSide implements StreamSide {
  private static final byte[] GRPC = "application/grpc".getBytes(StandardCharsets.US_ASCII);

  private final Http2Connection connection;
  private final Http2Streams streams;
  private final LoopTools tools;
  private final Allowance resets;

  RequestSide(Http2Connection connection) {
    this.connection = connection;
    this.streams = connection.streams;
    this.tools = connection.listener.tools();
    this.resets = Allowance.ofResets(tools);
  }

  @Override
  public Treatment begin(FrameReader frame) {
    Http2Stream stream = streams.get(frame.streamId());
    if (stream == null) {
      return frame.streamId() > streams.last() ? Treatment.IDLE_STREAM : closed(frame);
    }
    stream.lastEventNanos = connection.timer.lastEventNanos();
    return switch (frame.type()) {
      case Frame.DATA -> beginData(stream);
      case Frame.RST_STREAM -> giveUp(stream);
      default -> Treatment.PASS;
    };
  }

  private Treatment closed(FrameReader frame) {
    if (frame.type() == Frame.DATA) {
      connection.toClient.reset(frame.streamId(), ErrorCode.STREAM_CLOSED);
    }
    return Treatment.DROP;
  }

  private Treatment beginData(Http2Stream stream) {
    if (!stream.requestEnded) {
      return Treatment.PASS;
    }
    Violation flood = madeUsReset(stream, ErrorCode.STREAM_CLOSED);
    return flood == null ? Treatment.DROP : Treatment.RESET_FLOOD;
  }

  private Treatment giveUp(Http2Stream stream) {
    streams.fail(stream, ResponseFlag.DOWNSTREAM_REMOTE_RESET);
    return stream.responseEnded || resets.spend(tools) ? Treatment.PASS : Treatment.RESET_FLOOD;
  }

  @Override
  public void data(FrameReader frame, int bytes) {
    Http2Stream stream = streams.get(frame.streamId());
    if (stream != null) {
      stream.requestBytes += bytes;
      endIf(frame.has(Frame.END_STREAM), stream);
    }
  }

  private void endIf(boolean last, Http2Stream stream) {
    if (last) {
      stream.endRequest();
      stream.awaitedSinceNanos = connection.timer.lastEventNanos();
      connection.endIfDone(stream);
    }
  }

  /// An answer came to its end; the client may give up another request.
  void answered() {
    resets.earn(1);
  }

  @Override
  public @Nullable Violation head(HeaderBlock block, HeaderFields fields) {
    int id = block.streamId();
    Http2Stream stream = streams.get(id);
    if (stream != null) {
      return trailers(stream, block, fields);
    }
    if (streams.mayBegin(id)) {
      streams.begun(id);
      return request(block, fields);
    }
    return (id & 1) == 0 ? Violation.STREAM_IDENTIFIER : refuse(id, ErrorCode.STREAM_CLOSED);
  }

  private @Nullable Violation request(HeaderBlock block, HeaderFields fields) {
    int id = block.streamId();
    if (streams.isFull() || connection.isGoingAway()) {
      tools.counters.increment(Counter.HTTP2_STREAMS_REFUSED);
      return refuse(id, ErrorCode.REFUSED_STREAM);
    }
    if (!fields.shape().isRequest(fields)) {
      tools.counters.increment(Counter.REQUESTS_MALFORMED);
      return refuse(id, ErrorCode.PROTOCOL_ERROR);
    }
    dispatch(block, fields);
    return null;
  }

  private @Nullable Violation refuse(int id, ErrorCode code) {
    connection.toClient.reset(id, code);
    return connection.fromClient.answered();
  }

  private void dispatch(HeaderBlock block, HeaderFields fields) {
    ListenerBehaviour.Http http = connection.listener.http();
    Destination destination = Destination.of(tools.http2Request, http, tools.clusters);
    Http2Stream stream = streams.begin(block.streamId(), http);
    trace(stream, destination, fields);
    if (!connection.upstream.leadsTo(destination)) {
      misdirected(stream, destination, block);
      return;
    }
    connection.fromClient.passed();
    stream.sent = true;
    stream.mark(Moment.FIRST_UPSTREAM_TX_BYTE_SENT);
    connection.toUpstream.head(block, fields, tools.edits, connection.fromClient.encoder);
    endIf(block.endsStream(), stream);
  }

  /// What is configured has changed since the connection began, or was wrong from the start.
  private void misdirected(Http2Stream stream, Destination destination, HeaderBlock block) {
    if (destination.cluster() == null) {
      connection.answer(stream, destination.absence(), block.endsStream());
      return;
    }
    connection.goAway("another cluster is configured");
    connection.answer(stream, LocalReply.MISDIRECTED, block.endsStream());
  }

  private void trace(Http2Stream stream, Destination destination, HeaderFields fields) {
    stream.routed(destination);
    stream.lastEventNanos = connection.timer.lastEventNanos();
    stream.requestFieldBytes = fields.fieldBytes();
    stream.grpc = isGrpc(fields);
    tools.edits.clear();
    Http2Request request = tools.http2Request.from(connection.client.peerAddress());
    stream.trace = tools.tracing.start(stream.http, destination.route(), request, tools.edits);
    tools.changeRequest(stream, tools.http2);
    stream.requestFields = stream.http.needs().keepRequest(tools.http2.request());
  }

  /// `application/grpc`, alone or with a message format.
  private static boolean isGrpc(HeaderFields fields) {
    int index = fields.indexOf("content-type");
    if (index < 0) {
      return false;
    }
    byte[] bytes = fields.bytes(index);
    int from = fields.valueStart(index);
    int end = from + GRPC.length;
    int to = fields.valueEnd(index);
    return to >= end
        && Arrays.equals(bytes, from, end, GRPC, 0, GRPC.length)
        && (to == end || bytes[end] == '+');
  }

  private @Nullable Violation trailers(Http2Stream stream, HeaderBlock block, HeaderFields fields) {
    if (stream.requestEnded) {
      return madeUsReset(stream, ErrorCode.STREAM_CLOSED);
    }
    if (!block.endsStream() || !fields.shape().isTrailers()) {
      tools.counters.increment(Counter.REQUESTS_MALFORMED);
      return madeUsReset(stream, ErrorCode.PROTOCOL_ERROR);
    }
    tools.edits.clear();
    connection.toUpstream.head(block, fields, tools.edits, connection.fromClient.encoder);
    endIf(true, stream);
    return null;
  }

  /// A client that makes us reset its streams costs what one does that resets them itself.
  private @Nullable Violation madeUsReset(Http2Stream stream, ErrorCode code) {
    connection.reset(stream, code);
    return resets.spend(tools) ? null : Violation.RESET_FLOOD;
  }
}
