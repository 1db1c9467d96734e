package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the HTTP filters of a connection manager: health checks, then the router.
final class HttpFilterReader {
  private static final Extensions<HttpFilter> FILTERS =
      new Extensions<HttpFilter>()
          .with(
              "envoy.extensions.filters.http.health_check.v3.HealthCheck",
              HttpFilterReader::healthCheck,
              "envoy.filters.http.health_check",
              "envoy.health_check")
          .with(
              "envoy.extensions.filters.http.router.v3.Router",
              HttpFilterReader::router,
              "envoy.filters.http.router",
              "envoy.router");

  private HttpFilterReader() {}

  /// What health checks match; the router has no options that are supported, so there is nothing to
  /// keep of it.
  static List<List<HeaderMatch>> healthChecks(Field field) {
    List<HttpFilter> filters = field.messages(HttpFilterReader::httpFilter);
    List<List<HeaderMatch>> healthChecks = new ArrayList<>();
    for (HttpFilter filter : filters) {
      if (filter instanceof HttpFilter.HealthCheck(var headers)) {
        healthChecks.add(headers);
      }
    }
    boolean endsInRouter = !filters.isEmpty() && filters.getLast() instanceof HttpFilter.Router;
    boolean oneRouter = filters.size() == healthChecks.size() + 1;
    if (filters.size() == field.size() && !(endsInRouter && oneRouter)) {
      field.refuse(
          "%d filters, the last %s (expected: one router, and it last)"
              .formatted(filters.size(), endsInRouter ? "a router" : "none"));
    }
    return healthChecks;
  }

  private sealed interface HttpFilter {
    record Router() implements HttpFilter {}

    record HealthCheck(List<HeaderMatch> headers) implements HttpFilter {}
  }

  private static @Nullable HttpFilter httpFilter(Message message) {
    message.named("HttpFilter");
    return FILTERS.read(message);
  }

  private static HttpFilter router(Message message) {
    message.named("Router");
    message
        .field("start_child_span")
        .only(false, "not here (expected: spawn_upstream_span in tracing)");
    message.field("suppress_envoy_headers").only(false, "not supported yet");
    message.field("dynamic_stats").flag(true);
    return new HttpFilter.Router();
  }

  private static HttpFilter healthCheck(Message message) {
    message.named("HealthCheck");
    Field passThrough = message.field("pass_through_mode");
    if (!passThrough.flag(false)) {
      passThrough.refuse(
          passThrough.describe() + " (expected: true; health checks are not answered here)");
    }
    message.unsupported("cache_time", "answers are not kept");
    message.unsupported("cluster_min_healthy_percentages", "not supported yet");
    return new HttpFilter.HealthCheck(
        message.field("headers").messages(HeaderMatchReader::headerMatch));
  }
}
