package io.sidetrace.sidecar.admin;

import com.google.re2j.Pattern;
import io.sidetrace.sidecar.config.ContextPropagation;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SamplingBounds;
import io.sidetrace.sidecar.config.SamplingPercentages;
import io.sidetrace.sidecar.config.VirtualHost;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;

/// A connection manager in Envoy's form.
final class ConnectionManagerDump {
  private ConnectionManagerDump() {}

  static JsonObject of(HttpConnectionManager http) {
    HttpConnectionManager.RequestIds ids = http.requestIds();
    JsonObject dump =
        new JsonObject()
            .put("stat_prefix", http.statPrefix())
            .put("generate_request_id", ids.generate())
            .put("preserve_external_request_id", ids.preserveExternal())
            .put("always_set_request_id_in_response", ids.alwaysInResponse())
            .put("use_remote_address", ids.useRemoteAddress())
            .put("server_header_transformation", http.serverHeader())
            .put("server_name", http.serverName())
            .put("stream_idle_timeout", ClusterDump.duration(http.streamIdleTimeout()))
            .put("request_headers_timeout", ClusterDump.duration(http.requestHeadersTimeout()))
            .put("max_request_headers_kb", http.maxRequestHeadersKb())
            .put("route_config", new JsonObject().put("virtual_hosts", hosts(http)));
    HttpTracing tracing = http.tracing();
    return tracing == null ? dump : dump.put("tracing", tracing(tracing));
  }

  private static JsonObject tracing(HttpTracing tracing) {
    return sampling(new JsonObject(), tracing.sampling())
        .put("verbose", tracing.verbose())
        .put("max_path_tag_length", tracing.maxPathTagLength())
        .put("spawn_upstream_span", tracing.spawnUpstreamSpan())
        .put("provider", provider(tracing.provider()))
        .put("io.sidetrace.propagation", propagation(tracing.additions().propagation()))
        .put("io.sidetrace.sampling", bounds(tracing.additions().sampling()));
  }

  private static JsonObject bounds(SamplingBounds bounds) {
    boolean bounded = bounds.tracesPerSecond() > 0;
    return new JsonObject()
        .put("traces_per_second", bounded ? bounds.tracesPerSecond() : null)
        .put("follow_parent", bounds.followParent());
  }

  /// Envoy has no field for it: it stands in the metadata of the filter chain.
  static JsonObject propagation(ContextPropagation propagation) {
    return new JsonObject()
        .put("extract", propagation.extract().stream().map(HeaderFormat::label).toList())
        .put("inject", propagation.inject().stream().map(HeaderFormat::label).toList())
        .put("inject_unsampled", propagation.injectUnsampled());
  }

  private static JsonObject sampling(JsonObject dump, SamplingPercentages percent) {
    return dump.put("client_sampling", new JsonObject().put("value", percent.client()))
        .put("random_sampling", new JsonObject().put("value", percent.random()))
        .put("overall_sampling", new JsonObject().put("value", percent.overall()));
  }

  private static JsonObject provider(Provider provider) {
    JsonObject settings = new JsonObject();
    provider.settings().forEach(settings::put);
    return new JsonObject().put("name", provider.extension()).put("typed_config", settings);
  }

  private static List<JsonObject> hosts(HttpConnectionManager http) {
    return http.virtualHosts().stream().map(ConnectionManagerDump::host).toList();
  }

  private static JsonObject host(VirtualHost host) {
    return new JsonObject()
        .put("name", host.name())
        .put("domains", host.domains())
        .put("routes", host.routes().stream().map(ConnectionManagerDump::route).toList());
  }

  static JsonObject route(Route route) {
    JsonObject dump =
        new JsonObject()
            .put("match", match(route))
            .put(
                "route",
                new JsonObject()
                    .put("cluster", route.cluster())
                    .put("timeout", ClusterDump.duration(route.timeout())));
    Route.Decorator decorator = route.decorator();
    if (decorator != null) {
      dump.put(
          "decorator",
          new JsonObject()
              .put("operation", decorator.operation())
              .put("propagate", decorator.propagate()));
    }
    Route.RouteTracing tracing = route.tracing();
    return tracing == null
        ? dump
        : dump.put("tracing", sampling(new JsonObject(), tracing.sampling()));
  }

  private static JsonObject match(Route route) {
    var match = new JsonObject();
    switch (route.path()) {
      case Route.PathMatch.Prefix(String value) -> match.put("prefix", value);
      case Route.PathMatch.Exact(String value) -> match.put("path", value);
      case Route.PathMatch.Regex(Pattern pattern) -> match.put("safe_regex", regex(pattern));
    }
    return route.headers().isEmpty()
        ? match
        : match.put(
            "headers", route.headers().stream().map(ConnectionManagerDump::header).toList());
  }

  private static JsonObject header(Route.HeaderMatch header) {
    var text = new JsonObject();
    switch (header.text()) {
      case Route.TextMatch.Exact(String value) -> text.put("exact", value);
      case Route.TextMatch.Prefix(String value) -> text.put("prefix", value);
      case Route.TextMatch.Suffix(String value) -> text.put("suffix", value);
      case Route.TextMatch.Contains(String value) -> text.put("contains", value);
      case Route.TextMatch.Regex(Pattern pattern) -> text.put("safe_regex", regex(pattern));
      case Route.TextMatch.Present() -> text.put("present_match", true);
    }
    return new JsonObject()
        .put("name", header.name())
        .put("string_match", text)
        .put("invert_match", header.invert());
  }

  private static JsonObject regex(Pattern pattern) {
    return new JsonObject().put("regex", pattern.pattern());
  }
}
