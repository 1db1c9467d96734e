package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.tracing.RouteOverride;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A route with its texts as bytes. Immutable.
final class RouteEntry {
  private final Route route;
  private final byte[] bytes;
  private final List<FieldMatch> fields;
  private final @Nullable RouteOverride override;
  private final long timeoutNanos;
  private final HeaderChanges changes;

  /// @param override what the route says of tracing; null: nothing
  RouteEntry(Route route, @Nullable RouteOverride override) {
    String text =
        switch (route.path()) {
          case Route.PathMatch.Prefix prefix -> prefix.value();
          case Route.PathMatch.Exact exact -> exact.value();
          case Route.PathMatch.Regex _ -> "";
        };
    this.route = route;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.fields = route.headers().stream().map(FieldMatch::new).toList();
    this.override = override;
    this.timeoutNanos = TimeLimits.nanos(route.timeout());
    this.changes = new HeaderChanges(route.mutations());
  }

  Route route() {
    return route;
  }

  /// Empty: none.
  String name() {
    return route.name();
  }

  HeaderChanges changes() {
    return changes;
  }

  String cluster() {
    return route.cluster();
  }

  @Nullable RouteOverride override() {
    return override;
  }

  /// For the whole response; zero: no limit.
  long timeoutNanos() {
    return timeoutNanos;
  }

  boolean matches(RequestPath path, RoutedRequest request) {
    boolean pathMatches =
        switch (route.path()) {
          case Route.PathMatch.Prefix _ -> path.startsWith(bytes);
          case Route.PathMatch.Exact _ -> path.isExactly(bytes);
          case Route.PathMatch.Regex regex -> regex.pattern().matches(path.text());
        };
    return pathMatches && fieldsMatch(request);
  }

  private boolean fieldsMatch(RoutedRequest request) {
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).matches(request)) {
        return false;
      }
    }
    return true;
  }
}
