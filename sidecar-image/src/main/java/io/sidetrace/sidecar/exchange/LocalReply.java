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
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// A response that no upstream made. Texts, statuses and flags are Envoy's.
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

  /// What Envoy refuses by an answer without a body.
  private static final Set<Malformation> SAID_WITHOUT_WORDS =
      EnumSet.of(Malformation.FRAGMENT, Malformation.VERSION, Malformation.MISSING_HOST);

  private static final String NO_BYTES = "content-length: 0\r\n";

  /// Of the lines below, roughly; a longer head makes the buffer grow.
  private static final int HEAD_BYTES = 256;

  /// RFC 9110 section 5.6.7; the JDK's RFC 1123 format has days of one digit.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private static final String LOST =
      "upstream connect error or disconnect/reset before headers. reset reason: ";

  static LocalReply refusal(Malformation why) {
    String reason =
        switch (why.status()) {
          case 431 -> "Request Header Fields Too Large";
          case 501 -> "Not Implemented";
          default -> "Bad Request";
        };
    String body = SAID_WITHOUT_WORDS.contains(why) ? "" : reason;
    return new LocalReply(why.status(), reason, body, ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR);
  }

  /// The upstream's connection ended before it answered.
  static LocalReply upstreamLost(Ending ending) {
    String flag =
        switch (ending) {
          case CLOSED, RESET -> ResponseFlag.UPSTREAM_CONNECTION_TERMINATION;
          case REFUSED, TIMED_OUT -> ResponseFlag.UPSTREAM_CONNECTION_FAILURE;
        };
    return new LocalReply(503, "Service Unavailable", LOST + resetReason(ending), flag);
  }

  /// An exchange took longer than the limit, of whichever kind.
  static LocalReply timeout(Deadline.Limit limit, HttpExchange exchange) {
    if (limit == Deadline.Limit.ROUTE) {
      return ROUTE_TIMEOUT;
    }
    return exchange.requestEnded ? IDLE_UPSTREAM : IDLE_REQUEST;
  }

  /// Envoy's words for it.
  static String resetReason(Ending ending) {
    return switch (ending) {
      case CLOSED, RESET -> "connection termination";
      case REFUSED -> "remote connection failure";
      case TIMED_OUT -> "connection timeout";
    };
  }

  /// Adds the fields that all answers of our own have, behind those that the configuration adds.
  void describe(HttpConnectionManager http, HeaderEdits edits) {
    if (!body.isEmpty()) {
      edits.set("content-length", Integer.toString(body.length()));
      edits.setIfAbsent("content-type", "text/plain");
    }
    describeOrigin(http, edits);
  }

  /// Adds the fields that say who answered, and when.
  static void describeOrigin(HttpConnectionManager http, HeaderEdits edits) {
    edits.setIfAbsent("date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    if (http.serverHeader() != HttpConnectionManager.ServerHeader.PASS_THROUGH) {
      edits.set("server", http.serverName());
    }
  }

  /// The answer to an exchange, with the edits of the moment; the caller releases it.
  ByteBuf write(LoopTools tools, Exchange exchange) {
    boolean head = exchange.method == ResponseHead.Request.HEAD;
    if (exchange.closesClient) {
      tools.edits.set("connection", "close");
    }
    ByteBuf out = head(tools.edits, head ? "transfer-encoding: chunked\r\n" : NO_BYTES);
    if (!head) {
      ascii(out, body);
    }
    return out;
  }

  /// The answer to what is no request, on a connection that is closed behind it; the caller
  /// releases it.
  ByteBuf closing(LoopTools tools, HttpConnectionManager http) {
    describe(http, tools.edits);
    tools.edits.set("connection", "close");
    ByteBuf out = head(tools.edits, NO_BYTES);
    ascii(out, body);
    return out;
  }

  /// @param emptyLength how an empty body is announced, which Envoy does behind all other lines
  private ByteBuf head(HeaderEdits edits, String emptyLength) {
    ByteBuf out = ByteBufAllocator.DEFAULT.ioBuffer(HEAD_BYTES + body.length());
    ascii(out, "HTTP/1.1 " + status + ' ' + reason + "\r\n");
    edits.writeAdded(out);
    if (body.isEmpty()) {
      ascii(out, emptyLength);
    }
    ascii(out, "\r\n");
    return out;
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
