package io.sidetrace.sidecar;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.ContextPropagation;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SamplingPercentages;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.exchange.TracingFactory;
import io.sidetrace.sidecar.export.Exporters;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.propagation.PropagationSettings;
import io.sidetrace.sidecar.sampling.SamplingRules;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.sampling.TraceSampling;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.tracing.AddressRange;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.CustomTag;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.tracing.RouteOverride;
import io.sidetrace.sidecar.tracing.SpanNames;
import io.sidetrace.sidecar.tracing.TracerSources;
import io.sidetrace.sidecar.tracing.TracingCounts;
import io.sidetrace.sidecar.tracing.TracingSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Turns what the configuration says of tracing into tracers: the one place where the words of
/// `config` become those of `tracing`. Thread-safe.
final class ConfiguredTracing implements TracingFactory {
  private final Exporters exporters;
  private final MalformedContexts malformedContexts;
  private final TracingCounts counts = new TracingCounts();
  private final Map<String, String> environment;

  /// By the listener's name, so that a change of anything else leaves what was used up.
  private final Map<String, TraceSampling> samplings = new ConcurrentHashMap<>();

  private volatile Node node = new Node("", "", "");

  /// @param environment what custom tags may name
  ConfiguredTracing(
      Exporters exporters, MalformedContexts malformedContexts, Map<String, String> environment) {
    this.exporters = exporters;
    this.malformedContexts = malformedContexts;
    this.environment = Map.copyOf(environment);
  }

  /// Who the spans of tracers made from now on say that they come from.
  void identify(Node node) {
    this.node = node;
  }

  /// Of all tracers that ever were.
  TracingCounts counts() {
    return counts;
  }

  @Override
  public RequestTracer tracer(HttpConnectionManager http, Listener listener, EventLoop loop) {
    HttpTracing tracing = http.tracing();
    SpanSink sink =
        tracing == null
            ? _ -> {}
            : exporters.sink(tracing.provider(), tracing.additions().collector(), loop);
    RequestTracer tracer =
        new RequestTracer(
            settings(http, listener, sampling(tracing, listener)),
            propagation(tracing, malformedContexts),
            sink,
            TracerSources.system());
    return tracing == null ? tracer : tracer.countedBy(counts.of(http.statPrefix()));
  }

  @Override
  public RequestTracer rehearsal(HttpConnectionManager http, Listener listener) {
    return new RequestTracer(
        settings(http, listener, sampling(http.tracing(), listener).untouched()),
        propagation(http.tracing(), new MalformedContexts()),
        _ -> {},
        TracerSources.system());
  }

  @Override
  public @Nullable ConnectionTracer connectionTracer(Listener listener, EventLoop loop) {
    HttpTracing tracing = listener.connectionTracing();
    return tracing == null
        ? null
        : new ConnectionTracer(
            spans(tracing, listener),
            sampling(tracing, listener),
            TracerSources.system().random(),
            exporters.sink(tracing.provider(), tracing.additions().collector(), loop));
  }

  private TracingSettings settings(
      HttpConnectionManager http, Listener listener, TraceSampling sampling) {
    HttpTracing tracing = http.tracing();
    return new TracingSettings(
        requestIds(http.requestIds()), tracing == null ? null : spans(tracing, listener), sampling);
  }

  /// One for all event loops, and for the next configuration too, unless its rules are others.
  private TraceSampling sampling(@Nullable HttpTracing tracing, Listener listener) {
    if (tracing == null) {
      return TraceSampling.NONE;
    }
    Dialect dialect = tracing.provider().dialect();
    var rules =
        new SamplingRules(
            dialect.parentRule(),
            dialect.sampler(),
            tracing.additions().sampling().followParent(),
            tracing.additions().sampling().tracesPerSecond());
    return samplings.compute(
        listener.name(),
        (_, before) ->
            before != null && before.rules().equals(rules) ? before : TraceSampling.of(rules));
  }

  private Propagation propagation(@Nullable HttpTracing tracing, MalformedContexts malformed) {
    if (tracing == null) {
      return Propagation.NONE;
    }
    ContextPropagation wanted = tracing.additions().propagation();
    return Propagation.of(
        new PropagationSettings(
            wanted.extract(),
            tracing.propagatesContext() ? wanted.inject() : List.of(),
            wanted.injectUnsampled(),
            tracing.provider().serviceOf(node.cluster()),
            tracing.provider().instanceOf(node.id())),
        malformed);
  }

  @Override
  public @Nullable RouteOverride override(Route route) {
    Route.RouteTracing tracing = route.tracing();
    Route.Decorator decorator = route.decorator();
    if (tracing == null && decorator == null) {
      return null;
    }
    return new RouteOverride(
        tracing == null ? null : shares(tracing.sampling()),
        tracing == null ? List.of() : tags(tracing.customTags()),
        decorator == null
            ? null
            : new RouteOverride.Decorator(decorator.operation(), decorator.propagate()),
        tracing == null ? SpanNames.NONE : names(tracing.names()));
  }

  private TracingSettings.Spans spans(HttpTracing tracing, Listener listener) {
    return new TracingSettings.Spans(
        listener.direction() == TrafficDirection.OUTBOUND
            ? TracingSettings.Direction.OUTBOUND
            : TracingSettings.Direction.INBOUND,
        shares(tracing.sampling()),
        tags(tracing.customTags()),
        healthCheck(tracing.healthChecks()),
        node.id(),
        node.zone(),
        tracing.maxPathTagLength(),
        tracing.verbose(),
        tracing.provider().dialect().writing(tracing.additions().propagation().inject()),
        tracing.spawnUpstreamSpan(),
        names(tracing.names()));
  }

  private static SpanNames names(io.sidetrace.sidecar.config.SpanNames names) {
    return new SpanNames(names.operation(), names.upstreamOperation());
  }

  private static TracingSettings.RequestIds requestIds(HttpConnectionManager.RequestIds ids) {
    return new TracingSettings.RequestIds(
        ids.generate(),
        ids.preserveExternal(),
        ids.alwaysInResponse(),
        ids.packTraceReason(),
        ids.useForSampling(),
        ids.useRemoteAddress(),
        ids.internalAddresses().stream()
            .map(range -> new AddressRange(range.address(), range.prefixLength()))
            .toList());
  }

  private static SamplingShares shares(SamplingPercentages sampling) {
    SamplingPercentages.Parts parts = sampling.parts();
    return new SamplingShares(
        share(sampling.client(), parts.client()),
        share(sampling.random(), parts.random()),
        share(sampling.overall(), parts.overall()));
  }

  private static SamplingShares.Share share(double percent, int parts) {
    return new SamplingShares.Share((int) Math.round(percent / 100 * parts), parts);
  }

  private static Predicate<HeaderReader> healthCheck(List<List<Route.HeaderMatch>> checks) {
    if (checks.isEmpty()) {
      return fields -> false; // as nearly everywhere: a request shall not pay for it
    }
    return fields ->
        checks.stream()
            .anyMatch(check ->
                check.stream().allMatch(match -> match.matches(fields.first(match.name()))));
  }

  private List<CustomTag> tags(List<io.sidetrace.sidecar.config.CustomTag> tags) {
    return tags.stream().map(this::tag).toList();
  }

  private CustomTag tag(io.sidetrace.sidecar.config.CustomTag tag) {
    return switch (tag) {
      case io.sidetrace.sidecar.config.CustomTag.Literal(var name, var value) ->
          new CustomTag.Literal(name, value);
      case io.sidetrace.sidecar.config.CustomTag.Environment(
              var name,
              var variable,
              var otherwise) ->
          CustomTag.environment(name, variable, otherwise, environment);
      case io.sidetrace.sidecar.config.CustomTag.Value(var name, var format) ->
          new CustomTag.Formatted(name, format);
      case io.sidetrace.sidecar.config.CustomTag.RequestHeader(
              var name,
              var header,
              var otherwise) ->
          new CustomTag.RequestHeader(name, header, otherwise);
    };
  }
}
