package io.sidetrace.sidecar.export;

import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Parent;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A span of a request, and what tests vary of it.
public record ExampleSpan(
    TraceId traceId,
    long spanId,
    long parentId,
    Sampling sampling,
    @Nullable Remark remark,
    Kind kind,
    String name,
    Parent parent,
    List<Tag> tags) {
  public static final TraceId TRACE = new TraceId(0x6b07248c00000000L, 0xcdb868cdde5a23b2L);
  public static final long START_MICROS = 1_795_630_220_430_408L;
  public static final long DURATION_MICROS = 76_111;

  /// A root on its way in.
  public static ExampleSpan root() {
    return new ExampleSpan(
        TRACE,
        TRACE.low(),
        0,
        Sampling.SAMPLED,
        null,
        Kind.SERVER,
        "ingress",
        Parent.NONE,
        List.of(
            new Tag("http.method", "GET"),
            new Tag("http.url", "http://svc.example/a?b=1"),
            new Tag("user_agent", "ua/1"),
            new Tag("peer.address", "127.0.0.1"),
            new Tag("response_size", "497"),
            new Tag("component", "proxy"),
            new Tag("http.status_code", "200"),
            new Tag("response_flags", "-")));
  }

  /// The request to the upstream that a root made.
  public static ExampleSpan child() {
    return new ExampleSpan(
        TRACE,
        0x2821a59b2d2cd178L,
        TRACE.low(),
        Sampling.SAMPLED,
        null,
        Kind.CLIENT,
        "router app egress",
        Parent.LOCAL,
        List.of(
            new Tag("upstream_address", "127.0.0.1:8080"),
            new Tag("peer.address", "127.0.0.1:8080"),
            new Tag("http.status_code", "200")));
  }

  public ExampleSpan of(TraceId other) {
    return new ExampleSpan(other, spanId, parentId, sampling, remark, kind, name, parent, tags);
  }

  public ExampleSpan decided(Sampling other, @Nullable Remark why) {
    return new ExampleSpan(traceId, spanId, parentId, other, why, kind, name, parent, tags);
  }

  public ExampleSpan named(String other) {
    return new ExampleSpan(traceId, spanId, parentId, sampling, remark, kind, other, parent, tags);
  }

  /// With a tag more, or with another value of one.
  public ExampleSpan with(String key, String value) {
    var all = new ArrayList<Tag>(tags);
    all.removeIf(tag -> tag.key().equals(key));
    all.add(new Tag(key, value));
    return new ExampleSpan(
        traceId, spanId, parentId, sampling, remark, kind, name, parent, List.copyOf(all));
  }

  public Span make() {
    return new Span(
        new TraceContext(traceId, spanId, parentId, sampling, remark),
        kind,
        false,
        name,
        START_MICROS,
        DURATION_MICROS,
        tags,
        List.of(),
        parent);
  }
}
