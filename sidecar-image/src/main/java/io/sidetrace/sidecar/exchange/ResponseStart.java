package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.codec.FieldBytes;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.exchange.UpstreamLink.Role;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.Moment;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Makes the head that goes to the client: the upstream's with the few lines that may change, or
/// one of our own. Event-loop confined.
final class ResponseStart {
  private static final HeaderReader NO_FIELDS = name -> null;

  /// As text, the milliseconds that most upstreams take: up to a quarter of a second.
  private static final String[] MILLIS =
      IntStream.range(0, 256).mapToObj(Integer::toString).toArray(String[]::new);

  private final HttpConnection connection;
  private final LoopTools tools;
  private final HeaderReader upstreamFields;

  ResponseStart(HttpConnection connection, LoopTools tools) {
    this.connection = connection;
    this.tools = tools;
    this.upstreamFields = tools.responseHead.fields()::first;
  }

  /// The final head of the exchange, as it goes to the client.
  ///
  /// @param last whether nothing else of the client is under way
  ByteBuf of(Exchange exchange, UpstreamLink link, ResponseHead head, boolean last) {
    exchange.mark(Moment.FIRST_UPSTREAM_RX_BYTE_RECEIVED);
    exchange.mark(Moment.FIRST_DOWNSTREAM_TX_BYTE_SENT);
    exchange.responseStarted = true;
    exchange.status = head.status();
    exchange.respondedNanos = tools.nanoTime();
    exchange.responseFieldBytes = head.fields().fieldBytes();
    exchange.upstreamStatus = head.status();
    HeaderEdits edits = tools.edits;
    edits.clear();
    if (exchange.requestEnded && !exchange.maySwitch) {
      edits.set("x-envoy-upstream-service-time", millisSince(exchange));
    }
    tools.changeResponse(exchange, tools.http1.response());
    setServer(exchange.http.settings(), head.fields(), edits);
    if (link.role == Role.ROUTED) {
      exchange.closesClient = !exchange.clientKeepsAlive || !head.keepsAlive();
    }
    // Behind an answer that came before its request had ended, a close would cut the request off.
    if (last && exchange.requestEnded && head.status() != 101 && connection.listener.draining()) {
      edits.set("connection", "close");
      exchange.closesClient = true;
    }
    tools.tracing.response(exchange.trace, upstreamFields, edits);
    exchange.responseFields = exchange.http.needs().keepResponse(tools.http1.response());
    return edits.apply(head.fields(), ByteBufAllocator.DEFAULT);
  }

  /// From the request to the upstream's response.
  static String millisSince(HttpExchange exchange) {
    long nanos = exchange.respondedNanos - exchange.startedNanos;
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis < MILLIS.length ? MILLIS[(int) millis] : Long.toString(millis);
  }

  static void setServer(HttpConnectionManager http, FieldBytes head, HeaderEdits edits) {
    boolean set =
        switch (http.serverHeader()) {
          case OVERWRITE -> true;
          case APPEND_IF_ABSENT -> head.indexOf("server") < 0;
          case PASS_THROUGH -> false;
        };
    if (set) {
      edits.set("server", http.serverName());
    }
  }

  /// A whole response of our own.
  ByteBuf local(Exchange exchange, LocalReply reply) {
    exchange.mark(Moment.FIRST_DOWNSTREAM_TX_BYTE_SENT);
    exchange.responseStarted = true;
    exchange.flag = reply.flag();
    // The rest of a body that nobody wants is not waited for, and a connection whose only upstream
    // was given up has nowhere to go on to.
    exchange.closesClient =
        !exchange.clientKeepsAlive
            || !exchange.requestEnded
            || exchange.method == ResponseHead.Request.CONNECT
            || (exchange.link != null && exchange.link.role == Role.ORIGINAL)
            || connection.listener.draining();
    tools.edits.clear();
    HeaderReader edited =
        tools.edits.over(name -> name.equals(":status") ? Integer.toString(reply.status()) : null);
    tools.changeResponse(exchange, edited);
    exchange.answeredBy(reply); // fields that are added see no code yet, as in Envoy
    reply.describe(exchange.http.settings(), tools.edits);
    tools.tracing.response(exchange.trace, NO_FIELDS, tools.edits);
    exchange.responseFields = exchange.http.needs().keepResponse(edited);
    return reply.write(tools, exchange);
  }
}
