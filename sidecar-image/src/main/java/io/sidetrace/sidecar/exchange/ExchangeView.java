package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.TraceContext;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows formats the exchange of the moment. Reused, so that a line costs no object. Event-loop
/// confined.
final class ExchangeView implements ExchangeFacts {
  private final LoopTools tools;
  private @Nullable HttpExchange shown;
  private HeaderReader request = KeptFields.NONE;
  private HeaderReader response = KeptFields.NONE;

  ExchangeView(LoopTools tools) {
    this.tools = tools;
  }

  /// The exchange as it is remembered when its heads are gone.
  ExchangeFacts of(HttpExchange exchange) {
    return of(exchange, exchange.requestFields, exchange.responseFields);
  }

  /// The exchange with the heads of the moment.
  ExchangeFacts of(HttpExchange exchange, HeaderReader requestFields, HeaderReader responseFields) {
    shown = exchange;
    request = requestFields;
    response = responseFields;
    return this;
  }

  private HttpExchange exchange() {
    if (shown == null) {
      throw new IllegalStateException("no exchange (expected: one shown before a format)");
    }
    return shown;
  }

  @Override
  public @Nullable String requestHeader(String name) {
    return request.first(name);
  }

  @Override
  public @Nullable String responseHeader(String name) {
    if (!name.equals(":status")) {
      return response.first(name);
    }
    int status = exchange().status;
    return status == 0 ? response.first(name) : Integer.toString(status);
  }

  @Override
  public long startMicros() {
    return exchange().startMicros;
  }

  @Override
  public @Nullable String text(TextFact fact) {
    HttpExchange exchange = exchange();
    ClientAddresses addresses = exchange.addresses;
    return switch (fact) {
      case PROTOCOL -> exchange.protocol;
      case RESPONSE_FLAGS -> exchange.flag;
      case UPSTREAM_HOST -> exchange.upstreamAddress();
      case UPSTREAM_CLUSTER -> orNull(exchange.cluster);
      case ROUTE_NAME -> exchange.route == null ? null : orNull(exchange.route.name());
      case DOWNSTREAM_REMOTE_ADDRESS -> ClientAddresses.format(remote(exchange));
      case DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT -> ClientAddresses.ip(remote(exchange));
      case DOWNSTREAM_DIRECT_REMOTE_ADDRESS -> ClientAddresses.format(addresses.peer());
      case DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT -> ClientAddresses.ip(addresses.peer());
      case DOWNSTREAM_LOCAL_ADDRESS -> ClientAddresses.format(addresses.local());
      case DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT -> ClientAddresses.ip(addresses.local());
      case TRACE_ID -> {
        TraceContext context = context(exchange);
        yield context == null ? null : context.traceId().format();
      }
      case SPAN_ID -> {
        TraceContext context = context(exchange);
        yield context == null ? null : Hex.format(context.spanId());
      }
      case STREAM_ID -> exchange.trace == null ? null : orNull(exchange.trace.requestId());
    };
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable TraceContext context(HttpExchange exchange) {
    return exchange.trace == null ? null : exchange.trace.context();
  }

  /// At the edge the peer is the client, whatever it says of itself.
  private @Nullable InetSocketAddress remote(HttpExchange exchange) {
    boolean edge = exchange.http.settings().requestIds().useRemoteAddress();
    return exchange.addresses.remote(edge ? null : request.first("x-forwarded-for"));
  }

  @Override
  public long number(NumberFact fact) {
    HttpExchange exchange = exchange();
    boolean responded = exchange.respondedNanos != 0;
    return switch (fact) {
      case RESPONSE_CODE -> exchange.status;
      case BYTES_RECEIVED -> exchange.requestBytes;
      case BYTES_SENT -> exchange.responseBytes;
      case DURATION -> millis(exchange.startedNanos, now(exchange));
      case RESPONSE_DURATION ->
          responded ? millis(exchange.startedNanos, exchange.respondedNanos) : NumberFact.ABSENT;
      case RESPONSE_TX_DURATION ->
          responded ? millis(exchange.respondedNanos, now(exchange)) : NumberFact.ABSENT;
      case REQUEST_HEADERS_BYTES -> exchange.requestFieldBytes;
      case RESPONSE_HEADERS_BYTES -> exchange.responseFieldBytes;
    };
  }

  private long now(HttpExchange exchange) {
    return exchange.endedNanos == 0 ? tools.nanoTime() : exchange.endedNanos;
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }
}
