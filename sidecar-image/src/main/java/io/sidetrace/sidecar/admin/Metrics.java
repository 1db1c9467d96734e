package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.admin.Metric.Sample;
import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.admin.SidecarSnapshot.Count;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// The sidecar's metrics. Those of spans have the names of OpenTelemetry's SDKs:
/// `otel_sdk_span_started_total` equals the sum over all labels of
/// `otel_sdk_exporter_span_exported_total` and `otel_sdk_processor_span_processed_total`, plus
/// `otel_sdk_processor_span_queue_size`.
final class Metrics {
  private Metrics() {}

  static List<Metric> of(SidecarSnapshot snapshot) {
    var metrics = new ArrayList<Metric>();
    metrics.add(
        gauge(
            "sidetrace_build_info", "The version that runs.", one("version", snapshot.version())));
    metrics.add(
        gauge(
            "sidetrace_uptime_seconds",
            "Time since the start.",
            only(snapshot.uptime().toSeconds())));
    metrics.add(configState(snapshot.config()));
    metrics.addAll(spans(snapshot.spans()));
    metrics.add(malformedContexts(snapshot.malformedContexts()));
    metrics.add(tracing(snapshot.tracing()));
    metrics.add(decisions(snapshot.decisions()));
    snapshot.traffic().forEach(count -> metrics.add(traffic(count)));
    return metrics;
  }

  private static Metric configState(ConfigState config) {
    List<Sample> states =
        Stream.of("waiting", "applied", "refused")
            .map(state ->
                new Sample(labels("state", state), state.equals(StatusPage.name(config)) ? 1 : 0))
            .toList();
    return new Metric(
        "sidetrace_config_state", Metric.Type.GAUGE, "1 for the configuration's state.", states);
  }

  private static List<Metric> spans(ReportSnapshot spans) {
    var exported = new ArrayList<Sample>(only(spans.exported()));
    var processed = new ArrayList<Sample>();
    spans
        .dropped()
        .forEach((reason, count) ->
            (reachedExporter(reason) ? exported : processed)
                .add(new Sample(labels("error_type", reason.label()), count)));
    return List.of(
        counter("otel_sdk_span_started_total", "Spans made.", only(spans.started())),
        counter(
            "otel_sdk_exporter_span_exported_total",
            "Spans that a collector confirmed; with error_type: that were sent and lost.",
            exported),
        counter(
            "otel_sdk_processor_span_processed_total",
            "Spans dropped before they were sent, by error_type.",
            processed),
        gauge(
            "otel_sdk_processor_span_queue_size",
            "Spans in queues and in batches under way.",
            only(spans.queued())));
  }

  /// OpenTelemetry counts a span at the last stage that it came to.
  private static boolean reachedExporter(DropReason reason) {
    return switch (reason) {
      case QUEUE_FULL, ENCODE, MEMORY, SHUTDOWN -> false;
      case REJECTED, OVERLOADED, NO_CREDENTIALS, UNREACHABLE, TIMEOUT, DISCONNECTED -> true;
    };
  }

  private static Metric malformedContexts(List<SidecarSnapshot.MalformedCount> counts) {
    List<Sample> samples =
        counts.stream()
            .map(count ->
                new Sample(
                    labels("format", count.format(), "reason", count.reason()), count.count()))
            .toList();
    return counter(
        "sidetrace_malformed_contexts_total",
        "Trace contexts that could not be read and were replaced by a new trace.",
        samples);
  }

  /// In `/stats` under Envoy's own name.
  private static Metric tracing(List<SidecarSnapshot.TracingCount> counts) {
    List<Sample> samples =
        counts.stream()
            .map(count ->
                new Sample(
                    labels("stat_prefix", count.statPrefix(), "reason", count.reason()),
                    count.count(),
                    "http." + count.statPrefix() + ".tracing." + count.reason()))
            .toList();
    return counter(
        "sidetrace_http_tracing_total",
        "Requests by why they would be traced or not; a decision of the caller's beats it.",
        samples);
  }

  private static Metric decisions(List<SidecarSnapshot.DecisionCount> counts) {
    List<Sample> samples =
        counts.stream()
            .map(count ->
                new Sample(
                    labels("stat_prefix", count.statPrefix(), "decision", count.decision()),
                    count.count()))
            .toList();
    return counter(
        "sidetrace_sampling_decisions_total",
        "Requests by what was decided in the end: by a parent, by a sampler, within the bounds.",
        samples);
  }

  private static Metric traffic(Count count) {
    String name = "sidetrace_" + count.name();
    String help = "The data plane's count of " + count.name().replace('_', ' ') + ".";
    return count.name().endsWith("active")
        ? gauge(name, help, only(count.value()))
        : counter(name + "_total", help, only(count.value()));
  }

  private static Metric counter(String name, String help, List<Sample> samples) {
    return new Metric(name, Metric.Type.COUNTER, help, samples);
  }

  private static Metric gauge(String name, String help, List<Sample> samples) {
    return new Metric(name, Metric.Type.GAUGE, help, samples);
  }

  private static List<Sample> only(long value) {
    return List.of(new Sample(new LinkedHashMap<>(), value));
  }

  private static List<Sample> one(String label, String text) {
    return List.of(new Sample(labels(label, text), 1));
  }

  private static SequencedMap<String, String> labels(String... namesAndValues) {
    var labels = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return labels;
  }
}
