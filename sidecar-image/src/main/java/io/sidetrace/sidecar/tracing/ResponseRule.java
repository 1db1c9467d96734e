package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import org.jspecify.annotations.Nullable;

/// What becomes of `x-envoy-decorator-operation` in a response.
sealed interface ResponseRule {

  /// Applies the rule; the result is a new name for the span, null when its name stays.
  @Nullable String apply(HeaderReader response, HeaderWriter downstream);

  /// Nothing: no name to return.
  record Untouched() implements ResponseRule {
    static final Untouched INSTANCE = new Untouched();

    @Override
    public @Nullable String apply(HeaderReader response, HeaderWriter downstream) {
      return null;
    }
  }

  /// Inbound: the route's name is returned, so that the caller's span can take it.
  record Returned(String operation) implements ResponseRule {
    @Override
    public @Nullable String apply(HeaderReader response, HeaderWriter downstream) {
      downstream.set(Headers.DECORATOR_OPERATION, operation);
      return null;
    }
  }

  /// Outbound: a name that the server returned is taken, and goes no further.
  record Taken() implements ResponseRule {
    static final Taken INSTANCE = new Taken();

    @Override
    public @Nullable String apply(HeaderReader response, HeaderWriter downstream) {
      String operation = response.first(Headers.DECORATOR_OPERATION);
      if (operation == null) {
        return null;
      }
      downstream.remove(Headers.DECORATOR_OPERATION);
      return operation.isEmpty() ? null : operation;
    }
  }
}
