package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.sidetrace.sidecar.codec.Malformation;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.exchange.WireUser.Ending;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A response that no upstream made. Texts, statuses and flags are Envoy's, but for 400: it says
/// why, where Envoy repeats the status.
///
/// @param flag the response flag of the exchange
record LocalReply(int status, String reason, String body, String flag) {
  static final LocalReply NO_ROUTE = new LocalReply(404, "Not Found", "", ResponseFlag.NO_ROUTE);
  static final LocalReply NO_CLUSTER =
      new LocalReply(503, "Service Unavailable", "", ResponseFlag.NO_CLUSTER);
  static final LocalReply NO_HEALTHY_UPSTREAM =
      new LocalReply(
          503, "Service Unavailable", "no healthy upstream", ResponseFlag.NO_HEALTHY_UPSTREAM);

  /// What came by HTTP/1 is not translated.
  static final LocalReply HTTP2_ONLY =
      new LocalReply(
          505,
          "HTTP Version Not Supported",
          "this route's cluster speaks HTTP/2 (expected: a client with prior knowledge of it)",
          ResponseFlag.NO_HEALTHY_UPSTREAM);

  /// By HTTP/2, where the connection's upstream is of another cluster: a client may try again on
  /// another connection.
  static final LocalReply MISDIRECTED =
      new LocalReply(421, "Misdirected Request", "", ResponseFlag.NO_HEALTHY_UPSTREAM);

  static final LocalReply ROUTE_TIMEOUT =
      new LocalReply(
          504,
          "Gateway Timeout",
          "upstream request timeout",
          ResponseFlag.UPSTREAM_REQUEST_TIMEOUT);

  /// Neither side was heard of, and the request was incomplete.
  static final LocalReply IDLE_REQUEST =
      new LocalReply(408, "Request Timeout", "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT);

  /// Neither side was heard of, and the client had done its part.
  static final LocalReply IDLE_UPSTREAM =
      new LocalReply(504, "Gateway Timeout", "stream timeout", ResponseFlag.STREAM_IDLE_TIMEOUT);

  static final LocalReply HEAD_TIMEOUT =
      new LocalReply(408, "Request Timeout", "request header timeout", ResponseFlag.NONE);

  /// Of the lines below, roughly; a longer head makes the buffer grow.
  private static final int HEAD_BYTES = 256;

  /// RFC 9110 section 5.6.7; the JDK's RFC 1123 format has days of one digit.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private static final String LOST =
      "upstream connect error or disconnect/reset before headers. reset reason: ";

  static LocalReply refusal(Malformation why) {
    return why.status() == 431
        ? new LocalReply(
            431,
            "Request Header Fields Too Large",
            "Request Header Fields Too Large",
            ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR)
        : new LocalReply(400, "Bad Request", why.reason(), ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
  }

  /// The upstream's connection ended before it answered.
  static LocalReply upstreamLost(Ending ending) {
    return switch (ending) {
      case CLOSED, RESET ->
          unavailable("connection termination", ResponseFlag.UPSTREAM_CONNECTION_TERMINATION);
      case REFUSED ->
          unavailable("remote connection failure", ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
      case TIMED_OUT -> unavailable("connection timeout", ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
    };
  }

  /// An exchange took longer than the limit, of whichever kind.
  static LocalReply timeout(Deadline.Limit limit, HttpExchange exchange) {
    if (limit == Deadline.Limit.ROUTE) {
      return ROUTE_TIMEOUT;
    }
    return exchange.requestEnded ? IDLE_UPSTREAM : IDLE_REQUEST;
  }

  private static LocalReply unavailable(String resetReason, String flag) {
    return new LocalReply(503, "Service Unavailable", LOST + resetReason, flag);
  }

  /// The answer to an exchange, with what the edits of the moment add; the caller releases it.
  ByteBuf write(LoopTools tools, Exchange exchange) {
    ByteBuf out = head(tools, exchange.http.settings(), exchange.closesClient);
    if (exchange.method != ResponseHead.Request.HEAD) {
      ascii(out, body);
    }
    return out;
  }

  /// The answer to what is no request, on a connection that is closed behind it; the caller
  /// releases it.
  ByteBuf closing(LoopTools tools, HttpConnectionManager http) {
    ByteBuf out = head(tools, http, true);
    ascii(out, body);
    return out;
  }

  private ByteBuf head(LoopTools tools, HttpConnectionManager http, boolean closes) {
    ByteBuf out = ByteBufAllocator.DEFAULT.ioBuffer(HEAD_BYTES + body.length());
    ascii(out, "HTTP/1.1 " + status + ' ' + reason + "\r\n");
    HeaderEdits.writeLine(out, "content-length", Integer.toString(body.length()));
    if (!body.isEmpty()) {
      line(out, tools.edits, "content-type", "text/plain");
    }
    line(out, tools.edits, "date", date());
    if (http.serverHeader() != HttpConnectionManager.ServerHeader.PASS_THROUGH) {
      tools.edits.set("server", http.serverName());
    }
    if (closes) {
      HeaderEdits.writeLine(out, "connection", "close");
    }
    tools.edits.writeAdded(out);
    ascii(out, "\r\n");
    return out;
  }

  /// Now, as the field `date` has it.
  static String date() {
    return DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  /// A line that the configuration may replace.
  private static void line(ByteBuf out, HeaderEdits edits, String name, String value) {
    if (!edits.replaces(name)) {
      HeaderEdits.writeLine(out, name, value);
    }
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
