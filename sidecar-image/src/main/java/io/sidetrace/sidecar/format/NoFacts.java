package io.sidetrace.sidecar.format;

import org.jspecify.annotations.Nullable;

/// An exchange that says nothing. Immutable.
record NoFacts() implements ExchangeFacts {
  @Override
  public @Nullable String requestHeader(String name) {
    return null;
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return null;
  }

  @Override
  public @Nullable String text(TextFact fact) {
    return null;
  }

  @Override
  public long number(NumberFact fact) {
    return NumberFact.ABSENT;
  }

  @Override
  public long startMicros() {
    return 0;
  }
}
