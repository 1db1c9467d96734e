package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Envoy's tags of a request's span, in Envoy's order. Thread-safe.
final class SpanTags {
  private static final Tag COMPONENT = new Tag("component", "proxy");
  static final Tag ERROR = new Tag("error", "true");

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
    if (!requestId.isEmpty()) {
      tags.add(new Tag("guid:x-request-id", requestId));
    }
    tags.add(new Tag("http.url", url.of(request)));
    tags.add(new Tag("http.method", request.method()));
    tags.add(new Tag("downstream_cluster", orAbsent(trusted.downstreamCluster())));
    tags.add(new Tag("user_agent", orAbsent(request.first(Headers.USER_AGENT))));
    tags.add(new Tag("http.protocol", request.protocol()));
    tags.add(new Tag("peer.address", request.peerAddress()));
    String clientTraceId = request.first(Headers.CLIENT_TRACE_ID);
    if (clientTraceId != null) {
      tags.add(new Tag("guid:x-client-trace-id", clientTraceId));
    }
    GrpcRequest.addTo(tags, request);
    return tags;
  }

  /// Adds what the exchange's end gives. Custom tags may replace all of it but the error.
  void end(List<Tag> tags, Outcome outcome, List<Tag> customTags) {
    tags.add(new Tag("request_size", Long.toString(outcome.requestBytes())));
    tags.add(new Tag("response_size", Long.toString(outcome.responseBytes())));
    addCommon(tags, outcome, customTags);
  }

  /// The tags of the span that stands for the request to the upstream.
  List<Tag> upstream(String protocol, Outcome outcome, List<Tag> customTags) {
    var tags = new ArrayList<Tag>(CAPACITY);
    tags.add(new Tag("http.protocol", protocol));
    if (!outcome.upstreamAddress().isEmpty()) {
      tags.add(new Tag("upstream_address", outcome.upstreamAddress()));
      tags.add(new Tag("peer.address", outcome.upstreamAddress()));
    }
    addCommon(tags, outcome, customTags);
    return tags;
  }

  private static void addCommon(List<Tag> tags, Outcome outcome, List<Tag> customTags) {
    tags.add(COMPONENT);
    if (!outcome.upstreamCluster().isEmpty()) {
      tags.add(new Tag("upstream_cluster", outcome.upstreamCluster()));
      tags.add(new Tag("upstream_cluster.name", outcome.upstreamCluster()));
    }
    tags.add(new Tag("http.status_code", Integer.toString(outcome.status())));
    tags.add(new Tag("response_flags", outcome.responseFlags()));
    for (Tag customTag : customTags) {
      CustomTags.put(tags, customTag);
    }
    if (outcome.status() == 0 || outcome.status() >= 500) {
      CustomTags.put(tags, ERROR);
    }
  }

  private static String orAbsent(@Nullable String value) {
    return value == null ? ABSENT : value;
  }
}
