package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.sidetrace.sidecar.codec.BodyFraming;
import io.sidetrace.sidecar.codec.HeadFinder;
import io.sidetrace.sidecar.codec.Malformation;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.exchange.UpstreamLink.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client's HTTP/1 connection: one request after the other is read, routed, traced and sent on;
/// responses come back in the same order. Event-loop confined.
///
/// Requests to the original destination go on as they come, so pipelining stays pipelining. Routed
/// ones wait until the one before is answered, as each may go elsewhere.
final class HttpConnection implements WireUser, OpenConnection {
  final Wire client;
  final LoopListener listener;
  final Upstreams upstreams;
  private final LoopTools tools;
  private final ExchangeQueue exchanges = new ExchangeQueue();
  private final ResponseStart responses;
  private final HeadFinder finder = new HeadFinder();
  private final BodyFraming body = new BodyFraming();
  private @Nullable ByteBuf held;

  /// The exchange whose request body is arriving.
  private @Nullable Exchange receiving;

  /// Whether bytes are held until an exchange has ended.
  private boolean waiting;

  /// Whether no further request is taken.
  private boolean ending;

  HttpConnection(Wire client, LoopListener listener, @Nullable EarlyUpstream early) {
    this.client = client;
    this.listener = listener;
    this.tools = listener.tools();
    this.upstreams = new Upstreams(this, tools);
    this.responses = new ResponseStart(this, tools);
    if (early != null) {
      upstreams.adopt(early);
    }
    listener.opened(this);
  }

  // From the client.

  @Override
  public void read(ByteBuf bytes) {
    if (ending) {
      bytes.release();
      return;
    }
    held =
        held == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), held, bytes);
    proceed();
  }

  @Override
  public void readComplete() {
    upstreams.flush();
  }

  private void proceed() {
    waiting = false;
    boolean more = true;
    while (more && held != null && held.isReadable() && !ending) {
      more = receiving == null ? beginRequest(held) : forwardBody(held, receiving);
    }
    if (held != null && !held.isReadable()) {
      dropHeld();
    }
    updateReading();
  }

  private boolean beginRequest(ByteBuf in) {
    if (exchanges.mustSettle()) {
      return waitForTurn();
    }
    ListenerBehaviour.Http http = listener.http();
    int length = finder.find(in, http.headLimit());
    if (length == HeadFinder.INCOMPLETE) {
      return false;
    }
    if (length == HeadFinder.REFUSED) {
      return refuse(finder.malformation(), http);
    }
    Malformation malformed = tools.requestHead.read(in, length);
    return malformed == null ? dispatch(in, length, http) : refuse(malformed, http);
  }

  private boolean dispatch(ByteBuf in, int length, ListenerBehaviour.Http http) {
    RequestHead head = tools.requestHead;
    Destination destination = upstreams.route(head, http);
    if (!exchanges.isEmpty() && !destination.isOriginal()) {
      return waitForTurn();
    }
    Exchange exchange = begin(head, http, destination);
    UpstreamLink link = upstreams.open(destination);
    exchange.link = link;
    head.frame(body);
    if (link != null) {
      link.wire.write(outgoing(head, in, length));
    } else {
      in.skipBytes(length);
    }
    exchanges.add(exchange);
    receiving = exchange;
    endRequestIfComplete(exchange);
    if (link == null) {
      reply(exchange, destination.absence());
    }
    return true;
  }

  private Exchange begin(RequestHead head, ListenerBehaviour.Http http, Destination destination) {
    tools.edits.clear();
    tools.counters.increment(Counter.REQUESTS);
    tools.counters.increment(Counter.REQUESTS_ACTIVE);
    Exchange exchange = new Exchange(http, head, tools.nanoTime());
    exchange.cluster = destination.clusterName();
    exchange.trace =
        tools.tracing.start(http, destination.route(), client.peerAddress(), tools.edits);
    return exchange;
  }

  /// The head as it goes upstream; moves the reader index behind the one that came.
  private ByteBuf outgoing(RequestHead head, ByteBuf in, int length) {
    if (head.offersHttp2()) {
      Http2Offer.strip(head.fields(), tools.edits);
    }
    if (tools.edits.count() == 0) {
      return in.readRetainedSlice(length);
    }
    in.skipBytes(length);
    return tools.edits.apply(head.fields(), in.alloc());
  }

  private boolean forwardBody(ByteBuf in, Exchange exchange) {
    int taken = body.take(in);
    UpstreamLink link = Objects.requireNonNull(exchange.link);
    if (taken == in.readableBytes()) {
      held = null; // a whole buffer goes on as it is
      link.wire.write(in);
    } else if (taken > 0) {
      link.wire.write(in.readRetainedSlice(taken));
    }
    if (body.malformed()) {
      return refuseBody(exchange);
    }
    endRequestIfComplete(exchange);
    return true;
  }

  private void endRequestIfComplete(Exchange exchange) {
    exchange.requestBytes = body.bodyBytes();
    if (body.ended()) {
      receiving = null;
      exchange.requestEnded = true;
      if (exchange.responseEnded) {
        exchange.finish(tools);
      }
    }
  }

  private boolean waitForTurn() {
    waiting = true;
    return false;
  }

  // Refusals and other answers of our own.

  private boolean refuse(Malformation why, ListenerBehaviour.Http http) {
    if (!exchanges.isEmpty()) {
      return waitForTurn(); // the requests before it are answered first
    }
    if (why == Malformation.HTTP2_PREFACE) {
      Http2Refusal.write(client, tools);
    } else {
      tools.counters.increment(Counter.REQUESTS_MALFORMED);
      tools.edits.clear();
      client.write(LocalReply.refusal(why).closing(tools, http.settings()));
    }
    end(Ending.CLOSED);
    return false;
  }

  /// What came so far went on; the upstream sees a request that never ends well.
  private boolean refuseBody(Exchange exchange) {
    tools.counters.increment(Counter.REQUESTS_MALFORMED);
    boolean answerable = exchanges.first() == exchange && !exchange.responseStarted;
    exchanges.failAll(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR, tools);
    upstreams.abort();
    if (answerable) {
      tools.edits.clear();
      LocalReply refusal = LocalReply.refusal(Malformation.CHUNK);
      client.write(refusal.closing(tools, exchange.http.settings()));
    }
    end(Ending.CLOSED);
    return false;
  }

  /// Answers the only exchange there is.
  private void reply(Exchange exchange, LocalReply reply) {
    client.write(responses.local(exchange, reply));
    client.flush();
    exchange.responseEnded = true;
    exchanges.removeFirst();
    exchange.finish(tools);
    if (exchange.closesClient) {
      end(Ending.CLOSED);
    } else {
      settled();
    }
  }

  // From an upstream.

  /// The exchange that the upstream's next byte belongs to; null when it owes nothing.
  @Nullable Exchange answering(UpstreamLink link) {
    Exchange first = exchanges.first();
    return first != null && first.link == link ? first : null;
  }

  void respond(UpstreamLink link, Exchange exchange, ResponseHead head) {
    boolean last = exchanges.size() == 1 && held == null;
    client.write(responses.of(exchange, link, head, last));
  }

  /// The response has ended.
  void completed(Exchange exchange) {
    exchanges.removeFirst();
    exchange.responseEnded = true;
    if (exchange.requestEnded) {
      exchange.finish(tools);
    }
    if (exchange.closesClient) {
      end(Ending.CLOSED);
    } else {
      settled();
    }
  }

  /// An exchange is done: what waited for that goes on.
  private void settled() {
    if (waiting) {
      proceed();
      upstreams.flush();
    }
    if (exchanges.isEmpty() && client.inputHasEnded()) {
      end(Ending.CLOSED);
    }
  }

  /// The connection goes on in another protocol.
  void switchProtocol(UpstreamLink link, Exchange exchange, ResponseHead head) {
    respond(link, exchange, head);
    exchange.requestEnded = true;
    relay(link);
  }

  /// What the upstream sends is no HTTP response; it is the client's to make sense of.
  void notUnderstood(UpstreamLink link, Exchange exchange) {
    tools.counters.increment(Counter.RESPONSES_MALFORMED);
    exchange.flag = ResponseFlag.UPSTREAM_PROTOCOL_ERROR;
    exchange.responseStarted = true;
    if (link.role == Role.ORIGINAL) {
      relay(link);
    } else {
      link.becomeOpaque();
      ending = true;
    }
  }

  /// The upstream speaks without having been asked.
  void surprised(UpstreamLink link) {
    tools.counters.increment(Counter.RESPONSES_MALFORMED);
    if (link.role == Role.ORIGINAL) {
      relay(link);
    } else {
      upstreams.forget(link);
      link.wire.abort();
    }
  }

  private void relay(UpstreamLink link) {
    ending = true;
    ByteBuf fromUpstream = link.takeHeld();
    if (fromUpstream != null) {
      client.write(fromUpstream);
    }
    if (held != null) {
      link.wire.write(held);
      held = null;
    }
    Relay.join(client, link.wire, (sent, received, how) -> exchanges.endAll(sent, received, tools));
    listener.closed(this);
  }

  void upstreamEnded(UpstreamLink link, Ending how) {
    upstreams.forget(link);
    Exchange exchange = answering(link);
    if (ending && exchange == null) {
      return;
    }
    if (how == Ending.REFUSED || how == Ending.TIMED_OUT) {
      tools.counters.increment(Counter.UPSTREAM_CONNECT_FAILURES);
    }
    if (link.role == Role.ROUTED) {
      routedEnded(exchange, how);
    } else {
      exchanges.failAll(LocalReply.upstreamLost(how).flag(), tools);
      end(how);
    }
  }

  private void routedEnded(@Nullable Exchange exchange, Ending how) {
    if (exchange == null) {
      return;
    }
    if (exchange.responseStarted) {
      exchanges.failAll(ResponseFlag.UPSTREAM_CONNECTION_TERMINATION, tools);
      end(how);
    } else {
      reply(exchange, LocalReply.upstreamLost(how));
    }
  }

  /// Ends both sides: the client sees what the upstream did, behind all that was written to it.
  private void end(Ending how) {
    ending = true;
    dropHeld();
    exchanges.failAll(ResponseFlag.UPSTREAM_CONNECTION_TERMINATION, tools);
    upstreams.close();
    if (how == Ending.CLOSED) {
      client.close();
    } else {
      client.abort();
    }
  }

  // Back-pressure and endings.

  void updateReading() {
    client.reading(ending || (!waiting && upstreams.writable()));
  }

  @Override
  public void writabilityChanged() {
    upstreams.reading(client.writable());
  }

  @Override
  public void inputEnded() {
    if (exchanges.isEmpty()) {
      end(Ending.CLOSED);
    } else if (!waiting) {
      upstreams.endOutput();
    }
  }

  @Override
  public void closed(Ending how) {
    ending = true;
    dropHeld();
    exchanges.failAll(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION, tools);
    if (receiving != null) {
      receiving.finish(tools);
    }
    if (how == Ending.CLOSED) {
      upstreams.close();
    } else {
      upstreams.abort();
    }
    listener.closed(this);
  }

  /// Closes the connection now if it is at rest, else behind the response to come.
  @Override
  public void drain() {
    if (exchanges.isEmpty() && held == null) {
      end(Ending.CLOSED);
    }
  }

  private void dropHeld() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
