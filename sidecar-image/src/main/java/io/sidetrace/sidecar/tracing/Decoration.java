package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.tracing.RouteOverride.Decorator;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import org.jspecify.annotations.Nullable;

/// The name that a decorator gives a span, and what becomes of names in the response.
///
/// @param spanName null: the span is named after the authority
record Decoration(@Nullable String spanName, ResponseRule responseRule) {
  /// A format names the span, and no head says anything of it.
  static final Decoration FORMATTED = new Decoration(null, ResponseRule.Untouched.INSTANCE);

  private static final Decoration PLAIN_INBOUND =
      new Decoration(null, ResponseRule.Untouched.INSTANCE);
  private static final Decoration PLAIN_OUTBOUND =
      new Decoration(null, ResponseRule.Taken.INSTANCE);

  static Decoration of(
      TrustedRequest request,
      @Nullable Decorator decorator,
      Direction direction,
      HeaderWriter upstream) {
    return switch (direction) {
      case INBOUND -> inbound(request, decorator, upstream);
      case OUTBOUND -> outbound(decorator, upstream);
    };
  }

  /// The caller's name for the operation beats the route's and ends here; the route's is returned.
  private static Decoration inbound(
      TrustedRequest request, @Nullable Decorator decorator, HeaderWriter upstream) {
    String given = request.decoratorOperation();
    if (given != null) {
      upstream.remove(Headers.DECORATOR_OPERATION);
      if (!given.isEmpty()) {
        return new Decoration(given, ResponseRule.Untouched.INSTANCE);
      }
    }
    if (decorator == null) {
      return PLAIN_INBOUND;
    }
    String operation = decorator.operation();
    return new Decoration(
        operation,
        decorator.propagate()
            ? new ResponseRule.Returned(operation)
            : ResponseRule.Untouched.INSTANCE);
  }

  /// The route's name goes along, so that the server's span can take it.
  private static Decoration outbound(@Nullable Decorator decorator, HeaderWriter upstream) {
    if (decorator == null) {
      return PLAIN_OUTBOUND;
    }
    if (decorator.propagate()) {
      upstream.set(Headers.DECORATOR_OPERATION, decorator.operation());
    }
    return new Decoration(decorator.operation(), ResponseRule.Taken.INSTANCE);
  }
}
