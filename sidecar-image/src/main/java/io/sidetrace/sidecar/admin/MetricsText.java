package io.sidetrace.sidecar.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sidetrace.sidecar.admin.Metric.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Metrics as text: Prometheus' exposition format 0.0.4, and Envoy's `/stats`.
final class MetricsText {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private MetricsText() {}

  static Answer prometheus(List<Metric> metrics) {
    var out = new StringBuilder();
    for (Metric metric : metrics) {
      out.append("# HELP ").append(metric.name()).append(' ').append(metric.help()).append('\n');
      String type = metric.type().name().toLowerCase(Locale.ROOT);
      out.append("# TYPE ").append(metric.name()).append(' ').append(type).append('\n');
      for (Sample sample : metric.samples()) {
        out.append(metric.name());
        appendLabels(out, sample.labels());
        out.append(' ').append(sample.value()).append('\n');
      }
    }
    return new Answer(HttpResponseStatus.OK, PROMETHEUS, out.toString());
  }

  /// One line a value, with labels' values as parts of the name: `sidetrace.connections.inbound:
  /// 3`.
  static Answer stats(List<Metric> metrics) {
    var out = new StringBuilder();
    for (Metric metric : metrics) {
      for (Sample sample : metric.samples()) {
        out.append(sample.stat() == null ? stat(metric, sample) : sample.stat());
        out.append(": ").append(sample.value()).append('\n');
      }
    }
    return Answer.ok(out.toString());
  }

  private static String stat(Metric metric, Sample sample) {
    var name = new StringBuilder(metric.name().replaceFirst("_total$", "").replace('_', '.'));
    sample.labels().values().forEach(value -> name.append('.').append(value));
    return name.toString();
  }

  private static void appendLabels(StringBuilder out, SequencedMap<String, String> labels) {
    String separator = "{";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.append(separator).append(label.getKey()).append("=\"");
      out.append(escape(label.getValue())).append('"');
      separator = ",";
    }
    out.append(labels.isEmpty() ? "" : "}");
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
