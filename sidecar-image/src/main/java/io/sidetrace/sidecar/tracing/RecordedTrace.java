package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Annotation;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Parent;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The tracing of an exchange that becomes a span, or two where the request to the upstream has its
/// own. Event-loop confined.
final class RecordedTrace implements RequestTrace {
  private final SpanRecorder recorder;
  private final HeadTrace heads;
  private final SpanPosition position;
  private final RequestFacts facts;
  private final long startTick;
  private final List<Mark> marks;
  private String spanName;
  private GrpcStatus grpcStatus = GrpcStatus.NONE;

  private record Mark(Moment moment, long tick) {}

  private record Interval(long startMicros, long durationMicros) {}

  RecordedTrace(SpanRecorder recorder, HeadTrace heads, SpanPosition position, RequestFacts facts) {
    this.recorder = recorder;
    this.heads = heads;
    this.position = position;
    this.facts = facts;
    this.startTick = recorder.clock().tick();
    this.marks = recorder.verbose() ? new ArrayList<>(Moment.values().length) : List.of();
    this.spanName = facts.spanName();
  }

  /// The span so far.
  Explanation.Recorded explain() {
    List<Tag> tags = new ArrayList<>(facts.tags());
    facts.customTags().forEach(tag -> CustomTags.put(tags, tag));
    String name = facts.names().request() == null ? spanName : "";
    return new Explanation.Recorded(name, recorder.kind(), tags);
  }

  @Override
  public String requestId() {
    return heads.requestId();
  }

  @Override
  public TraceContext context() {
    return position.span();
  }

  @Override
  public void response(HeaderReader upstreamResponse, HeaderWriter downstream) {
    String returnedName = heads.respond(upstreamResponse, downstream);
    if (returnedName != null) {
      spanName = returnedName;
    }
    grpcStatus = GrpcStatus.of(upstreamResponse);
  }

  @Override
  public void trailers(HeaderReader upstreamTrailers) {
    grpcStatus = grpcStatus.or(upstreamTrailers);
  }

  @Override
  public void mark(Moment moment) {
    if (recorder.verbose()) {
      marks.add(new Mark(moment, recorder.clock().tick()));
    }
  }

  /// The request's span goes first, because some collectors take the first of a group for its root.
  @Override
  public void finish(Outcome outcome) {
    Interval interval = interval();
    Outcome.Attempt attempt = outcome.attempt();
    recorder.sink().offer(requestSpan(outcome, interval));
    if (position.hasUpstreamSpan() && attempt != null) {
      recorder.sink().offer(upstreamSpan(outcome, attempt, interval));
    }
  }

  private Interval interval() {
    long elapsed = recorder.clock().tick() - startTick;
    // Zipkin reads a duration of 0 as none at all.
    long duration = Math.max(1, TimeUnit.NANOSECONDS.toMicros(elapsed));
    return new Interval(recorder.clock().dateMicros(startTick), duration);
  }

  private List<Tag> customTags(ExchangeFacts exchange) {
    return CustomTags.complete(facts.customTags(), facts.formattedTags(), exchange);
  }

  /// A format that says nothing leaves the plain name.
  private String name(Outcome outcome) {
    Format format = facts.names().request();
    if (format == null) {
      return spanName;
    }
    String formatted = format.characters(outcome.facts());
    return formatted.isEmpty() ? facts.plainName() : formatted;
  }

  private String upstreamName(Outcome outcome, ExchangeFacts exchange) {
    Format format = facts.names().upstream();
    String formatted = format == null ? "" : format.characters(exchange);
    return formatted.isEmpty() ? "router " + outcome.upstreamCluster() + " egress" : formatted;
  }

  /// What was written to a connection that never came to stand was not sent.
  private List<Mark> marks(Outcome outcome) {
    boolean sent =
        outcome.attempt() == null || !(outcome.attempt().end() instanceof Outcome.End.NotConnected);
    return sent ? marks : marks.stream().filter(mark -> !mark.moment().isUpstream()).toList();
  }

  private Span requestSpan(Outcome outcome, Interval interval) {
    recorder.tags().end(facts.tags(), outcome, customTags(outcome.facts()));
    grpcStatus.addTo(facts.tags());
    return new Span(
        position.span(),
        recorder.kind(),
        position.shared(),
        name(outcome),
        interval.startMicros(),
        interval.durationMicros(),
        facts.tags(),
        annotations(marks(outcome)));
  }

  /// There is one attempt per request, so it takes as long as the request does.
  private Span upstreamSpan(Outcome outcome, Outcome.Attempt attempt, Interval interval) {
    var exchange =
        new AttemptFacts(outcome.facts(), attempt.end().upstreamStatus(), outcome.responseFlags());
    List<Tag> tags =
        recorder.tags().upstream(facts.protocol(), outcome, attempt, customTags(exchange));
    grpcStatus.addTo(tags);
    return new Span(
        position.injected(),
        Kind.CLIENT,
        false,
        upstreamName(outcome, exchange),
        interval.startMicros(),
        interval.durationMicros(),
        tags,
        annotations(marks(outcome).stream().filter(mark -> mark.moment().isUpstream()).toList()),
        Parent.LOCAL);
  }

  private List<Annotation> annotations(List<Mark> shown) {
    if (shown.isEmpty()) {
      return List.of();
    }
    return shown.stream()
        .map(mark ->
            new Annotation(recorder.clock().dateMicros(mark.tick()), mark.moment().annotation()))
        .toList();
  }
}
