package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.RequestIdSampler;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of tracing that spans need: decide, take a place in the trace, record. Event-loop
/// confined.
final class SpanTracer {
  private final TracingSettings.Spans settings;
  private final RequestIds requestIds;
  private final Propagation propagation;
  private final RequestIdSampler sampler;
  private final SpanPositions positions;
  private final SpanRecorder recorder;
  private final boolean passesOverShares;

  /// @param spans what the settings say of spans
  SpanTracer(
      TracingSettings all,
      TracingSettings.Spans spans,
      Propagation propagation,
      SpanSink sink,
      TracerSources sources) {
    this.settings = spans;
    this.passesOverShares =
        !(spans.dialect().sampler() instanceof SamplerChoice.RequestId)
            || spans.dialect().unsampled() == Unsampled.SENT;
    this.requestIds = all.requestIds();
    this.propagation = propagation;
    this.sampler = new RequestIdSampler(sources.random(), requestIds.packing());
    this.positions =
        new SpanPositions(
            new Ids(sources.random()), all.sampling().onLoop(sources.random()), spans);
    this.recorder = SpanRecorder.of(spans, sources.clock(), sink);
  }

  /// What names the span of such a request and what its heads say of the name.
  Decoration decorate(TrustedRequest request, RouteOverride route, HeaderWriter upstream) {
    boolean formatted = route.names().request() != null || settings.names().request() != null;
    return formatted
        ? Decoration.FORMATTED
        : Decoration.of(request, route.decorator(), settings.direction(), upstream);
  }

  SamplingDecision decide(TrustedRequest request, String requestId, RouteOverride route) {
    if (!requestIds.useForSampling()) {
      return SamplingDecision.ALWAYS;
    }
    return sampler.decide(
        requestId,
        request.head().first(Headers.CLIENT_TRACE_ID),
        request.forceTrace(),
        shares(route));
  }

  SamplingShares shares(RouteOverride route) {
    return route.sampling() == null ? settings.sampling() : route.sampling();
  }

  SamplingDecision exempt(
      TracedRequest request, String requestId, RouteOverride route, SamplingDecision decision) {
    boolean exempt =
        neverRecords(route) || settings.healthCheck().test(new ForwardedFields(request, requestId));
    return exempt ? SamplingDecision.HEALTH_CHECK : decision;
  }

  /// A route for health checks lets nothing through; who does not go by shares, or sends what is
  /// not sampled too, would not notice.
  private boolean neverRecords(RouteOverride route) {
    return passesOverShares && route.sampling() != null && route.sampling().areNone();
  }

  Extracted extract(TracedRequest request) {
    return propagation.extract(request);
  }

  /// Takes the request's place in its trace, and decides whether that is recorded.
  SpanPosition place(TracedRequest request, Extracted extracted, SamplingDecision decision) {
    return positions.of(request, extracted, decision);
  }

  /// Tells the upstream, whether recorded or not: the decision goes along, unless the propagation
  /// has it otherwise.
  void inject(
      SpanPosition position, Extracted extracted, TracedRequest request, HeaderWriter upstream) {
    if (propagation.injects(extracted, position.injected().sampling())) {
      propagation.inject(position.injected(), request, upstream);
    }
  }

  /// Whose context it is that came, and how it goes on.
  Explanation.Formats formats(TracedRequest request, Extracted extracted, SpanPosition position) {
    boolean injects = propagation.injects(extracted, position.injected().sampling());
    return new Explanation.Formats(
        propagation.understood(request), injects ? propagation.injected() : List.of());
  }

  /// Begins a span.
  ///
  /// @param heads what the exchange's heads need, as without a span
  /// @param decoratedName null: the span is named as the dialect names it
  RequestTrace record(
      TrustedRequest request,
      RouteOverride route,
      SpanPosition position,
      HeadTrace heads,
      @Nullable String decoratedName) {
    TracedRequest head = request.head();
    List<CustomTag> customTags = CustomTags.merged(settings.customTags(), route.customTags());
    String plainName = plainName(head);
    var facts =
        new RequestFacts(
            decoratedName == null ? plainName : decoratedName,
            plainName,
            head.protocol(),
            recorder.tags().begin(request, heads.requestId()),
            CustomTags.of(new ForwardedFields(head, heads.requestId()), customTags),
            CustomTags.formatted(customTags),
            route.names().or(settings.names()));
    return new RecordedTrace(recorder, heads, position, facts);
  }

  private String plainName(TracedRequest head) {
    return switch (settings.dialect().naming()) {
      case AUTHORITY -> head.authority();
      case DIRECTION ->
          switch (settings.direction()) {
            case INBOUND -> "ingress";
            case OUTBOUND -> "egress " + head.authority();
          };
    };
  }
}
