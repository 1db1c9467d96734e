package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End.Answered;
import io.sidetrace.sidecar.tracing.Outcome.End.Canceled;
import io.sidetrace.sidecar.tracing.Outcome.End.Lost;
import io.sidetrace.sidecar.tracing.Outcome.End.NotConnected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Envoy's tags of a request's span, in Envoy's order. Thread-safe.
final class SpanTags {
  private static final Tag COMPONENT = new Tag("component", "proxy");
  static final Tag ERROR = new Tag("error", "true");
  private static final Tag CANCELED = new Tag("canceled", "true");

  /// What Envoy writes for a field that is not there.
  private static final String ABSENT = "-";

  /// All tags of a span, gRPC's among them, without custom ones: a list of this size never grows.
  private static final int CAPACITY = 25;

  private final Tag nodeId;
  private final Tag zone;
  private final RequestUrl url;

  SpanTags(TracingSettings.Spans settings) {
    this.nodeId = new Tag("node_id", settings.nodeId());
    this.zone = new Tag("zone", settings.zone());
    this.url = new RequestUrl(settings.maxPathTagLength());
  }

  /// The tags that the request's head gives.
  List<Tag> begin(TrustedRequest trusted, String requestId) {
    TracedRequest request = trusted.head();
    var tags = new ArrayList<Tag>(CAPACITY);
    tags.add(nodeId);
    if (!zone.value().isEmpty()) {
      tags.add(zone);
    }
    addUnlessEmpty(tags, "guid:x-request-id", requestId);
    if (!request.method().equals("CONNECT")) { // which has an authority in place of a path
      tags.add(new Tag("http.url", url.of(request)));
    }
    tags.add(new Tag("http.method", request.method()));
    addUnlessEmpty(tags, "downstream_cluster", orAbsent(trusted.downstreamCluster()));
    addUnlessEmpty(tags, "user_agent", orAbsent(request.joined(Headers.USER_AGENT)));
    tags.add(new Tag("http.protocol", request.protocol()));
    tags.add(new Tag("peer.address", request.peerAddress()));
    String clientTraceId = request.first(Headers.CLIENT_TRACE_ID);
    if (clientTraceId != null) {
      addUnlessEmpty(tags, "guid:x-client-trace-id", clientTraceId);
    }
    GrpcRequest.addTo(tags, request);
    return tags;
  }

  /// Adds what the exchange's end gives. Custom tags may replace all of it.
  void end(List<Tag> tags, Outcome outcome, List<Tag> customTags) {
    tags.add(new Tag("request_size", Long.toString(outcome.requestBytes())));
    tags.add(new Tag("response_size", Long.toString(outcome.responseBytes())));
    addCluster(tags, outcome.upstreamCluster());
    addResult(tags, outcome.status(), outcome.responseFlags());
    putAll(tags, customTags);
  }

  /// The tags of the span that stands for the request to the upstream.
  List<Tag> upstream(String protocol, Outcome outcome, Attempt attempt, List<Tag> customTags) {
    var tags = new ArrayList<Tag>(CAPACITY);
    tags.add(new Tag("upstream_address", attempt.address()));
    tags.add(new Tag("peer.address", attempt.address()));
    addCluster(tags, outcome.upstreamCluster());
    switch (attempt.end()) {
      case Answered(int status) -> addAnswer(tags, protocol, status, outcome.responseFlags());
      case NotConnected(String reason) -> {
        addAnswer(tags, ABSENT, 0, outcome.responseFlags());
        tags.add(new Tag("error.reason", reason));
      }
      case Lost(int status, String reason) -> {
        addAnswer(tags, protocol, status, outcome.responseFlags());
        CustomTags.put(tags, ERROR);
        tags.add(new Tag("error.reason", reason));
      }
      case Canceled(int status) -> {
        addAnswer(tags, protocol, status, ABSENT);
        tags.add(CANCELED);
      }
    }
    putAll(tags, customTags);
    return tags;
  }

  private static void addAnswer(List<Tag> tags, String protocol, int status, String flags) {
    tags.add(new Tag("http.protocol", protocol));
    addResult(tags, status, flags);
  }

  private static void addCluster(List<Tag> tags, String cluster) {
    tags.add(COMPONENT);
    if (!cluster.isEmpty()) {
      tags.add(new Tag("upstream_cluster", cluster));
      tags.add(new Tag("upstream_cluster.name", cluster));
    }
  }

  private static void addResult(List<Tag> tags, int status, String flags) {
    tags.add(new Tag("http.status_code", Integer.toString(status)));
    tags.add(new Tag("response_flags", flags));
    if (status == 0 || status >= 500) {
      tags.add(ERROR);
    }
  }

  private static void putAll(List<Tag> tags, List<Tag> customTags) {
    for (Tag customTag : customTags) {
      CustomTags.put(tags, customTag);
    }
  }

  private static void addUnlessEmpty(List<Tag> tags, String key, String value) {
    if (!value.isEmpty()) {
      tags.add(new Tag(key, value));
    }
  }

  private static String orAbsent(@Nullable String value) {
    return value == null ? ABSENT : value;
  }
}
