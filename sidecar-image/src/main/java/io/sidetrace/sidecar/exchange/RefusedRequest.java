package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import io.sidetrace.sidecar.tracing.SpanClock;
import org.jspecify.annotations.Nullable;

/// What was answered although it was no request, as access logs tell of it. Nothing of it is known
/// but where it came from. Immutable.
record RefusedRequest(LocalReply reply, ClientAddresses addresses, long startMicros)
    implements ExchangeFacts {
  RefusedRequest(LocalReply reply, ClientAddresses addresses) {
    this(reply, addresses, SpanClock.systemMicros());
  }

  @Override
  public @Nullable String requestHeader(String name) {
    return null;
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return switch (name) {
      case ":status" -> Integer.toString(reply.status());
      case "content-type" -> reply.body().isEmpty() ? null : "text/plain";
      default -> null;
    };
  }

  @Override
  public @Nullable String text(TextFact fact) {
    return switch (fact) {
      case PROTOCOL -> "HTTP/1.1";
      case RESPONSE_FLAGS -> reply.flag();
      case DOWNSTREAM_REMOTE_ADDRESS, DOWNSTREAM_DIRECT_REMOTE_ADDRESS ->
          ClientAddresses.format(addresses.peer());
      case DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT, DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT ->
          ClientAddresses.ip(addresses.peer());
      case DOWNSTREAM_LOCAL_ADDRESS -> ClientAddresses.format(addresses.local());
      case DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT -> ClientAddresses.ip(addresses.local());
      case UPSTREAM_HOST, UPSTREAM_CLUSTER, ROUTE_NAME, TRACE_ID, SPAN_ID, STREAM_ID -> null;
    };
  }

  @Override
  public long number(NumberFact fact) {
    return switch (fact) {
      case RESPONSE_CODE -> reply.status();
      case BYTES_SENT -> reply.body().length();
      case BYTES_RECEIVED, DURATION, REQUEST_HEADERS_BYTES, RESPONSE_HEADERS_BYTES -> 0;
      case RESPONSE_DURATION, RESPONSE_TX_DURATION -> NumberFact.ABSENT;
    };
  }
}
