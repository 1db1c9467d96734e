package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import io.sidetrace.sidecar.sampling.RequestIdSampler;
import io.sidetrace.sidecar.sampling.SampledRequest;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.TraceReason;
import io.sidetrace.sidecar.sampling.TraceSampler;
import io.sidetrace.sidecar.sampling.TraceSampling;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Traces the connections of one listener that are not HTTP, on one event loop, to which it is
/// confined: a span for each that is sampled, always a root, for bytes carry no context.
public final class ConnectionTracer {
  private static final Tag COMPONENT = new Tag("component", "proxy");

  /// Nothing went wrong with a connection of these flags.
  private static final String NO_FLAG = "-";

  /// All tags of a span without custom ones: a list of this size never grows.
  private static final int CAPACITY = 14;

  /// A connection says nothing that a rule could match, and belongs to no trace yet.
  private static final SampledRequest NO_REQUEST = new NoRequest();

  private record NoRequest() implements SampledRequest {
    @Override
    public String method() {
      return "";
    }

    @Override
    public String path() {
      return "";
    }

    @Override
    public String authority() {
      return "";
    }
  }

  private final TracingSettings.Spans settings;
  private final RequestIdSampler sampler;
  private final TraceSampler traceSampler;
  private final Ids ids;
  private final List<Tag> before;
  private final List<Tag> customTags;
  private final SpanSink sink;

  /// Makes a tracer; of the custom tags those count whose values no request gives.
  public ConnectionTracer(TracingSettings.Spans settings, RandomGenerator random, SpanSink sink) {
    this(settings, settings.ownSampling(), random, sink);
  }

  /// Makes a tracer.
  ///
  /// @param sampling what the listener's requests are decided by as well
  public ConnectionTracer(
      TracingSettings.Spans settings,
      TraceSampling sampling,
      RandomGenerator random,
      SpanSink sink) {
    this.settings = settings;
    this.traceSampler = sampling.onLoop(random);
    this.sampler = new RequestIdSampler(random, TraceReason.Packing.UNTOUCHED);
    this.ids = new Ids(random);
    this.before = before(settings);
    this.customTags = literal(settings.customTags());
    this.sink = sink;
  }

  private static List<Tag> before(TracingSettings.Spans settings) {
    Tag nodeId = new Tag("node_id", settings.nodeId());
    return settings.zone().isEmpty()
        ? List.of(nodeId)
        : List.of(nodeId, new Tag("zone", settings.zone()));
  }

  private static List<Tag> literal(List<CustomTag> customTags) {
    List<Tag> tags = new ArrayList<>();
    for (CustomTag customTag : customTags) {
      if (customTag instanceof CustomTag.Literal(var key, var value) && !value.isEmpty()) {
        tags.add(new Tag(key, value));
      }
    }
    return List.copyOf(tags);
  }

  /// Decides whether a connection becomes a span; to be asked once for each.
  public boolean samples() {
    SamplingDecision byShares = sampler.decide(settings.sampling());
    TraceId traceId = ids.traceId(ids.spanId(), settings.dialect().traceIds());
    return traceSampler.decide(NO_REQUEST, traceId, Sampling.DEFERRED, byShares).sampled();
  }

  /// Makes the span of a connection that was sampled.
  public void finish(TracedConnection connection) {
    long spanId = ids.spanId();
    var context =
        new TraceContext(
            ids.traceId(spanId, settings.dialect().traceIds()), spanId, 0, Sampling.SAMPLED);
    sink.offer(
        new Span(
            context,
            settings.direction() == Direction.OUTBOUND ? Kind.CLIENT : Kind.SERVER,
            false,
            name(connection),
            connection.facts().startMicros(),
            // Zipkin reads a duration of 0 as none at all.
            Math.max(1, connection.durationMicros()),
            tags(connection),
            List.of()));
  }

  private static String name(TracedConnection connection) {
    if (connection.serverName() != null) {
      return connection.serverName();
    }
    return connection.originalDestination() == null
        ? text(connection.facts(), TextFact.UPSTREAM_CLUSTER)
        : connection.originalDestination();
  }

  private List<Tag> tags(TracedConnection connection) {
    ExchangeFacts facts = connection.facts();
    List<Tag> tags = new ArrayList<>(CAPACITY + customTags.size());
    tags.addAll(before);
    tags.add(new Tag("connection.protocol", connection.transport()));
    addIfAny(tags, "tls.sni", connection.serverName());
    addIfAny(
        tags, "peer.address", facts.text(TextFact.DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT));
    addIfAny(tags, "upstream_address", facts.text(TextFact.UPSTREAM_HOST));
    tags.add(new Tag("request_size", Long.toString(facts.number(NumberFact.BYTES_RECEIVED))));
    tags.add(new Tag("response_size", Long.toString(facts.number(NumberFact.BYTES_SENT))));
    tags.add(COMPONENT);
    String cluster = facts.text(TextFact.UPSTREAM_CLUSTER);
    addIfAny(tags, "upstream_cluster", cluster);
    addIfAny(tags, "upstream_cluster.name", cluster);
    String flags = text(facts, TextFact.RESPONSE_FLAGS);
    tags.add(new Tag("response_flags", flags));
    customTags.forEach(tag -> CustomTags.put(tags, tag));
    if (!flags.equals(NO_FLAG)) {
      CustomTags.put(tags, SpanTags.ERROR);
    }
    return tags;
  }

  private static void addIfAny(List<Tag> tags, String key, @Nullable String value) {
    if (value != null) {
      tags.add(new Tag(key, value));
    }
  }

  private static String text(ExchangeFacts facts, TextFact fact) {
    String value = facts.text(fact);
    return value == null ? "" : value;
  }
}
