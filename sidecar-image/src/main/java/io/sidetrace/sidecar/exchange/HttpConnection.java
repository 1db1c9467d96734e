package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
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
  final HttpTimer timer;
  private final LoopTools tools;
  private final ExchangeQueue exchanges = new ExchangeQueue();
  private final RequestStart requests;
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
    this.timer = new HttpTimer(this, tools);
    this.responses = new ResponseStart(this, tools);
    ClientAddresses addresses =
        new ClientAddresses(client, early == null ? null : early.endpoint());
    this.requests = new RequestStart(this, addresses, tools);
    if (early != null) {
      upstreams.adopt(early);
    }
    listener.opened(this);
    timer.start();
  }

  // From the client.

  @Override
  public void read(ByteBuf bytes) {
    timer.event();
    if (ending) {
      bytes.release();
      return;
    }
    held = Wire.append(held, bytes);
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
      timer.headBegan();
      return false;
    }
    timer.headEnded();
    if (length == HeadFinder.REFUSED) {
      return refuse(finder.malformation(), http);
    }
    Malformation malformed = tools.requestHead.read(in, length);
    return malformed == null ? dispatch(in, length, http) : refuse(malformed, http);
  }

  private boolean dispatch(ByteBuf in, int length, ListenerBehaviour.Http http) {
    RequestHead head = tools.requestHead;
    Destination destination = upstreams.route(http);
    if (!exchanges.isEmpty() && !destination.isOriginal()) {
      return waitForTurn();
    }
    Exchange exchange = requests.begin(head, http, destination);
    UpstreamLink link = upstreams.open(destination);
    exchange.link = link;
    head.frame(body);
    if (link != null) {
      link.wire.write(requests.outgoing(exchange, in, length));
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
      exchange.endRequest();
      timer.awaiting(exchange);
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
      Http2Refusal.NO_HTTP2.write(client, tools);
      end(Ending.CLOSED);
    } else {
      tools.counters.increment(Counter.REQUESTS_MALFORMED);
      refuse(LocalReply.refusal(why), http);
    }
    return false;
  }

  /// Answers what is no request.
  void refuse(LocalReply reply, ListenerBehaviour.Http http) {
    requests.refused(reply, http);
    closeWith(reply, http);
  }

  private void closeWith(LocalReply reply, ListenerBehaviour.Http http) {
    tools.edits.clear();
    client.write(reply.closing(tools, http.settings()));
    end(Ending.CLOSED);
  }

  /// What came so far went on; the upstream sees a request that never ends well.
  private boolean refuseBody(Exchange exchange) {
    tools.counters.increment(Counter.REQUESTS_MALFORMED);
    boolean answerable = exchanges.first() == exchange && !exchange.responseStarted;
    LocalReply refusal = LocalReply.refusal(Malformation.CHUNK);
    if (answerable) {
      exchange.answeredBy(refusal);
    }
    exchanges.failAll(ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR, tools);
    ending = true; // an upstream that was still connecting ends within this call
    upstreams.abort();
    if (answerable) {
      closeWith(refusal, exchange.http);
    } else {
      end(Ending.CLOSED);
    }
    return false;
  }

  /// Answers the only exchange there is.
  void reply(Exchange exchange, LocalReply reply) {
    client.write(responses.local(exchange, reply));
    client.flush();
    completed(exchange);
  }

  /// The exchange whose time runs: the oldest that is not answered, or one that was answered before
  /// its request had ended; null between requests.
  @Nullable Exchange current() {
    Exchange first = exchanges.first();
    return first == null ? receiving : first;
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
    timer.turn(exchanges.first());
    exchange.endResponse();
    if (exchange.requestEnded || exchange.closesClient) {
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
      upstreams.abandon(link);
    }
  }

  private void relay(UpstreamLink link) {
    ending = true;
    timer.stop();
    listener.closed(this);
    ByteBuf unread = held;
    held = null;
    new OpaqueRelay(exchanges, receiving, tools)
        .begin(client, unread, link, listener.http().settings().streamIdleTimeout());
  }

  void upstreamEnded(UpstreamLink link, Ending how) {
    upstreams.forget(link);
    Exchange exchange = answering(link);
    if (exchange == null && (ending || link.role == Role.ROUTED)) {
      return;
    }
    if (exchange != null && !exchange.responseStarted && link.role == Role.ROUTED) {
      reply(exchange, LocalReply.upstreamLost(how));
    } else {
      exchanges.failAll(ResponseFlag.ofLoss(exchange, how), tools);
      end(how);
    }
  }

  /// Ends both sides: the client sees what the upstream did, behind all that was written to it.
  void end(Ending how) {
    stop(ResponseFlag.UPSTREAM_CONNECTION_TERMINATION);
    upstreams.close();
    if (how == Ending.CLOSED) {
      client.close();
    } else {
      client.abort();
    }
  }

  private void stop(String flag) {
    ending = true;
    timer.stop();
    dropHeld();
    exchanges.failAll(flag, tools);
  }

  // Back-pressure and endings.

  void updateReading() {
    client.reading(ending || (!waiting && upstreams.writable()));
  }

  @Override
  public void writabilityChanged() {
    timer.event();
    upstreams.reading(client.writable());
  }

  @Override
  public void inputEnded() {
    if (receiving != null && receiving.link != null && receiving.link.role == Role.ROUTED) {
      stop(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION); // its request can never end
      end(Ending.CLOSED);
    } else if (exchanges.isEmpty()) {
      end(Ending.CLOSED);
    } else if (!waiting) {
      upstreams.endOutput();
    }
  }

  @Override
  public void closed(Ending how) {
    stop(ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION);
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

  /// Its next response says so.
  @Override
  public void leave() {}

  @Override
  public void closeIfAtRest() {
    if (current() == null && held == null) {
      end(Ending.CLOSED);
    }
  }

  @Override
  public void reconfigured() {
    timer.start();
  }

  private void dropHeld() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
