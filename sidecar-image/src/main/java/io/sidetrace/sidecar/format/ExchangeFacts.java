package io.sidetrace.sidecar.format;

import org.jspecify.annotations.Nullable;

/// What format strings ask of an exchange, at whatever moment of it: all that a protocol has to
/// provide to be logged. Event-loop confined, as its exchange.
public interface ExchangeFacts {
  /// The first value of a request's field as it goes upstream, or `:method`, `:path`, `:authority`,
  /// `:scheme`; null when there is none.
  ///
  /// @param name in lower case
  @Nullable String requestHeader(String name);

  /// The first value of a response's field as it goes to the client, or `:status`; null when there
  /// is none.
  ///
  /// @param name in lower case
  @Nullable String responseHeader(String name);

  /// Null when it is not known, or not yet.
  @Nullable String text(TextFact fact);

  /// [NumberFact#ABSENT] when it is not known, or not yet.
  long number(NumberFact fact);

  /// When the exchange began, in microseconds of the epoch.
  long startMicros();
}
