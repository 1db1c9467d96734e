package io.sidetrace.operator.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts reviews by path and result, for `/metrics`. Thread-safe.
final class AdmissionCounters {

  private static final String NAME = "sidetrace_admission_reviews_total";

  private record Key(String path, String result) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byPath = path.compareTo(other.path);
      return byPath != 0 ? byPath : result.compareTo(other.result);
    }
  }

  private final Map<Key, LongAdder> reviews = new ConcurrentSkipListMap<>();

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

  private void count(String path, String result) {
    reviews.computeIfAbsent(new Key(path, result), key -> new LongAdder()).increment();
  }

  /// Prometheus text.
  String format() {
    StringBuilder text = new StringBuilder();
    text.append("# HELP ").append(NAME).append(" Admission reviews by what became of them.\n");
    text.append("# TYPE ").append(NAME).append(" counter\n");
    reviews.forEach((key, count) ->
        text.append(
            "%s{path=\"%s\",result=\"%s\"} %d\n"
                .formatted(NAME, key.path(), key.result(), count.sum())));
    return text.toString();
  }
}
