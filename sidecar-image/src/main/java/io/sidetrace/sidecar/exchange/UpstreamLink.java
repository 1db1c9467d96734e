package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.BodyFraming;
import io.sidetrace.sidecar.codec.HeadFinder;
import io.sidetrace.sidecar.codec.ResponseHead;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection to one upstream, and the responses that come over it: finds their boundaries and
/// hands their parts to the [HttpConnection] that it belongs to. Event-loop confined.
final class UpstreamLink implements WireUser {
  /// No response head that is longer is understood: what requests are limited to by default.
  static final int HEAD_LIMIT = 256 * 1024;

  /// What this link is to its client's connection.
  enum Role {
    /// To where the client meant to go; the two connections live and end together.
    ORIGINAL,
    /// To an endpoint that a route chose; it may end while the client's goes on.
    ROUTED
  }

  final Role role;
  final Wire wire;
  private final HttpConnection connection;
  private final LoopTools tools;
  private final String address;
  private final HeadFinder finder = new HeadFinder();
  private final BodyFraming body = new BodyFraming();
  private @Nullable ByteBuf held;
  private boolean inBody;
  private boolean opaque;
  private boolean ended;

  UpstreamLink(
      Role role,
      Wire wire,
      InetSocketAddress endpoint,
      HttpConnection connection,
      LoopTools tools) {
    this.role = role;
    this.wire = wire;
    this.connection = connection;
    this.tools = tools;
    this.address = Objects.requireNonNull(ClientAddresses.format(endpoint));
  }

  /// `ip:port` of the endpoint, or `[ip]:port`.
  String address() {
    return address;
  }

  @Override
  public void read(ByteBuf bytes) {
    connection.timer.event();
    held = Wire.append(held, bytes);
    proceed();
    wire.reading(connection.client.writable() || connection.client.isClosed());
  }

  private void proceed() {
    boolean more = true;
    while (more && held != null && held.isReadable()) {
      more = (inBody || opaque) ? forwardBody() : beginResponse();
    }
    if (held != null && !held.isReadable()) {
      held.release();
      held = null;
    }
  }

  @Override
  public void readComplete() {
    connection.client.flush();
  }

  private boolean beginResponse() {
    ByteBuf in = Objects.requireNonNull(held);
    Exchange exchange = connection.answering(this);
    if (exchange == null) {
      connection.surprised(this);
      return false;
    }
    int length = finder.find(in, HEAD_LIMIT);
    if (length == HeadFinder.INCOMPLETE) {
      return false;
    }
    ResponseHead head = tools.responseHead;
    if (length == HeadFinder.REFUSED || head.read(in, length) != null) {
      connection.notUnderstood(this, exchange);
      return true;
    }
    if (head.isInterim()) {
      connection.client.write(in.readRetainedSlice(length));
      return true;
    }
    if (head.status() == 101 && !exchange.maySwitch) {
      connection.notUnderstood(this, exchange);
      return true;
    }
    respond(exchange, head, in, length);
    return true;
  }

  private void respond(Exchange exchange, ResponseHead head, ByteBuf in, int length) {
    in.skipBytes(length);
    if (exchange.maySwitch && switchesProtocol(exchange, head)) {
      connection.switchProtocol(this, exchange, head);
      return;
    }
    head.frame(body, exchange.method);
    inBody = true;
    connection.respond(this, exchange, head);
    if (body.endsWithConnection()) {
      exchange.closesClient = true;
    }
    endBodyIfComplete(exchange);
  }

  private static boolean switchesProtocol(Exchange exchange, ResponseHead head) {
    return exchange.method == ResponseHead.Request.CONNECT
        ? head.status() < 300
        : head.status() == 101;
  }

  private boolean forwardBody() {
    ByteBuf in = Objects.requireNonNull(held);
    int taken = opaque ? in.readableBytes() : body.take(in);
    forward(in, taken);
    Exchange exchange = connection.answering(this);
    if (exchange == null || opaque) {
      return false;
    }
    exchange.responseBytes = body.bodyBytes();
    if (body.malformed()) {
      connection.notUnderstood(this, exchange);
      return true;
    }
    endBodyIfComplete(exchange);
    return true;
  }

  /// Whole buffers go on as they are; only what is shared is sliced.
  private void forward(ByteBuf in, int taken) {
    if (taken == in.readableBytes()) {
      held = null;
      connection.client.write(in);
    } else {
      connection.client.write(in.readRetainedSlice(taken));
    }
  }

  private void endBodyIfComplete(Exchange exchange) {
    if (body.ended()) {
      inBody = false;
      connection.completed(exchange);
    }
  }

  /// Ends the connection; nobody is told any more.
  void abandon() {
    ended = true;
    wire.close();
  }

  /// Whether the response that comes has no end but the connection's.
  boolean lastsUntilClose() {
    return inBody && body.endsWithConnection();
  }

  /// From here on nothing is understood: bytes go to the client until the connection ends.
  void becomeOpaque() {
    opaque = true;
  }

  /// Gives away what was read and not yet forwarded; null when nothing.
  @Nullable ByteBuf takeHeld() {
    ByteBuf rest = held;
    held = null;
    return rest;
  }

  @Override
  public void opened() {
    connection.updateReading();
  }

  @Override
  public void writabilityChanged() {
    connection.updateReading();
  }

  @Override
  public void inputEnded() {
    end(Ending.CLOSED);
  }

  @Override
  public void closed(Ending ending) {
    end(ending);
    if (held != null) {
      held.release();
      held = null;
    }
  }

  private void end(Ending ending) {
    if (ended) {
      return;
    }
    ended = true;
    if (held != null && role == Role.ORIGINAL) {
      // the beginning of a head: whoever reads it shall see as much of it as we did
      connection.client.write(held);
      held = null;
    }
    Exchange exchange = connection.answering(this);
    if (exchange != null && inBody && body.endsWithConnection() && ending == Ending.CLOSED) {
      inBody = false;
      connection.completed(exchange);
    } else {
      if (exchange != null) {
        exchange.upstreamEnding = ending;
      }
      connection.upstreamEnded(this, ending);
    }
    if (role == Role.ROUTED) {
      wire.close(); // the client's connection, which may stay, no longer knows this one
    }
  }
}
