package io.sidetrace.operator.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts reviews by path and result, for `/metrics`. Thread-safe.
final class AdmissionCounters {

  private static final String REVIEWS = "sidetrace_admission_reviews_total";
  private static final String SKIPPED = "sidetrace_admission_pods_skipped_total";

  private record Key(String path, String result) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byPath = path.compareTo(other.path);
      return byPath != 0 ? byPath : result.compareTo(other.result);
    }
  }

  private final Map<Key, LongAdder> reviews = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> skipped = new ConcurrentSkipListMap<>();

  void judged(String path, Answer answer) {
    count(path, answer.patch().isEmpty() ? "unchanged" : "patched");
    if (!answer.warnings().isEmpty()) {
      count(path, "warned");
    }
  }

  void failed(String path) {
    count(path, "failed");
  }

  void refused(String path) {
    count(path, "refused");
  }

  /// The caller was gone before it was answered: it decides without us.
  void aborted(String path) {
    count(path, "aborted");
  }

  private void count(String path, String result) {
    reviews.computeIfAbsent(new Key(path, result), key -> new LongAdder()).increment();
  }

  /// A pod that stays without a sidecar, by why.
  void skipped(String reason) {
    skipped.computeIfAbsent(reason, key -> new LongAdder()).increment();
  }

  /// Prometheus text.
  String format() {
    StringBuilder text = new StringBuilder();
    head(text, REVIEWS, "Admission reviews by what became of them.");
    reviews.forEach((key, count) ->
        text.append(
            "%s{path=\"%s\",result=\"%s\"} %d\n"
                .formatted(REVIEWS, key.path(), key.result(), count.sum())));
    head(text, SKIPPED, "Pods that stay without a sidecar, by why.");
    skipped.forEach((reason, count) ->
        text.append("%s{reason=\"%s\"} %d\n".formatted(SKIPPED, reason, count.sum())));
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP %s %s\n# TYPE %s counter\n".formatted(name, help, name));
  }
}
