package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import org.jspecify.annotations.Nullable;

/// An exchange as it stood when the request to the upstream ended, which is what formats say on
/// that request's own span: an answer of the proxy's own came later, and so did the flags, but for
/// those of a client that left. Immutable.
record AttemptFacts(ExchangeFacts exchange, int status, String flags) implements ExchangeFacts {
  private static final String CLIENT_LEFT = "DC";
  private static final String NONE = "-";

  @Override
  public @Nullable String requestHeader(String name) {
    return exchange.requestHeader(name);
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return status == 0 ? null : exchange.responseHeader(name);
  }

  @Override
  public @Nullable String text(TextFact fact) {
    boolean early = fact == TextFact.RESPONSE_FLAGS && !flags.equals(CLIENT_LEFT);
    return early ? NONE : exchange.text(fact);
  }

  @Override
  public long number(NumberFact fact) {
    return switch (fact) {
      case RESPONSE_CODE -> status;
      case BYTES_SENT -> status == 0 ? 0 : exchange.number(fact);
      case BYTES_RECEIVED,
          DURATION,
          RESPONSE_DURATION,
          RESPONSE_TX_DURATION,
          REQUEST_HEADERS_BYTES,
          RESPONSE_HEADERS_BYTES ->
          exchange.number(fact);
    };
  }

  @Override
  public long startMicros() {
    return exchange.startMicros();
  }
}
