package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import org.jspecify.annotations.Nullable;

/// Traces the requests of one connection manager on one event loop, to which it is confined.
public final class RequestTracer {
  private final RequestIds requestIds;
  private final RequestIdentity identity;
  private final @Nullable SpanTracer spans;
  private Observer observer = Observer.NOBODY;

  /// Makes a tracer. Where the settings make no spans, propagation and sink are idle.
  public RequestTracer(
      TracingSettings settings, Propagation propagation, SpanSink sink, TracerSources sources) {
    this.requestIds = settings.requestIds();
    this.identity = new RequestIdentity(requestIds, new Ids(sources.random()));
    this.spans =
        settings.spans() == null
            ? null
            : new SpanTracer(settings, settings.spans(), propagation, sink, sources);
  }

  /// Counts from here on why requests are traced or not.
  public RequestTracer countedBy(TracingCounts.OfManager counts) {
    observer = counts;
    return this;
  }

  /// Begins the trace of a request whose head has come and whose route is known. The request is
  /// read during this call only.
  ///
  /// @param route what the route says of tracing; null: nothing
  /// @param upstream changes to the head that goes upstream
  public RequestTrace start(
      TracedRequest request, @Nullable RouteOverride route, HeaderWriter upstream) {
    return start(request, route, upstream, observer);
  }

  /// As [#start], and says why; for a tracer that was made for this, as all its decisions count
  /// where its sources count.
  public Explained explain(
      TracedRequest request, @Nullable RouteOverride route, HeaderWriter upstream) {
    var notes = new Notes();
    RequestTrace trace = start(request, route, upstream, notes);
    return new Explained(trace, notes.explain(request, trace, spans));
  }

  /// A trace, which nobody may finish, and why it is as it is.
  public record Explained(RequestTrace trace, Explanation explanation) {}

  private RequestTrace start(
      TracedRequest request, @Nullable RouteOverride route, HeaderWriter upstream, Observer told) {
    TrustedRequest trusted = TrustedRequest.of(request, requestIds, upstream);
    String received = RequestIdentity.received(request);
    String requestId = identity.identify(received, trusted);
    if (spans == null) {
      passOn(requestId, received, upstream);
      return heads(requestId, trusted, ResponseRule.Untouched.INSTANCE, null);
    }
    RouteOverride override = route == null ? RouteOverride.NONE : route;
    SamplingDecision decision = spans.decide(trusted, requestId, override);
    String decidedId = requestIds.packing().write(requestId, decision);
    SamplingDecision kept = spans.exempt(request, decidedId, override, decision);
    told.decided(requestId, kept, spans.shares(override));
    Extracted extracted = spans.extract(request);
    SpanPosition position = spans.place(request, extracted, kept);
    told.placed(extracted, position);
    String packedId = packed(requestId, decidedId, position);
    passOn(packedId, received, upstream);
    spans.inject(position, extracted, request, upstream);
    Decoration decoration = spans.decorate(trusted, override, upstream);
    HeadTrace heads = heads(packedId, trusted, decoration.responseRule(), position.span());
    return position.recorded()
        ? spans.record(trusted, override, position, heads, decoration.spanName())
        : heads;
  }

  /// Who reads the identifier alone is not to hear that the trace was sampled.
  private String packed(String requestId, String decidedId, SpanPosition position) {
    return position.decision() == SamplingDecision.RATE_LIMITED
        ? requestIds.packing().write(requestId, SamplingDecision.RATE_LIMITED)
        : decidedId;
  }

  private static void passOn(String requestId, String received, HeaderWriter upstream) {
    if (!requestId.equals(received)) {
      upstream.set(Headers.REQUEST_ID, requestId);
    }
  }

  /// Who forces a trace wants to know its identifier.
  private HeadTrace heads(
      String requestId,
      TrustedRequest request,
      ResponseRule responseRule,
      @Nullable TraceContext context) {
    boolean returned = requestIds.alwaysInResponse() || request.forceTrace() != null;
    return new HeadTrace(requestId, returned ? requestId : "", responseRule, context);
  }
}
