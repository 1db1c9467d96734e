package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.survey.Notice;
import io.sidetrace.operator.survey.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells workloads by Kubernetes Events what became of their pods: each notice once for as long as
/// the API server keeps an event, a few at a time. Confined to one thread, but for the metrics.
final class Announcer {

  private static final Logger log = LoggerFactory.getLogger(Announcer.class);

  private static final String CONTROLLER = "sidetrace.io/controller";

  /// The API server forgets an event after an hour, unless it is told otherwise. An equal one made
  /// before that has the same name, and is refused; so a new leader repeats nothing either.
  private static final Duration KEPT = Duration.ofHours(1);

  /// In a pass of a second. Events are told to people, who read no more.
  private static final int MOST_AT_ONCE = 10;

  /// What waits when a whole cluster has something to say; the rest is in the statuses all the
  /// same.
  private static final int MOST_WAITING = 1000;

  private static final int MAX_NOTE = 1024; // characters, the API's limit
  private static final int MAX_NAME = 200; // of a workload in an event's name, which may have 253

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Cluster cluster;
  private final String instance;
  private final Map<Notice, Instant> told = new LinkedHashMap<>();
  private final Set<Notice> waiting = new LinkedHashSet<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /// @param instance this process, as events name it
  Announcer(Cluster cluster, String instance) {
    this.cluster = cluster;
    this.instance = instance;
  }

  void hear(Set<Notice> notices) {
    for (Notice notice : notices) {
      if (told.containsKey(notice) || waiting.contains(notice)) {
        continue;
      }
      if (waiting.size() < MOST_WAITING) {
        waiting.add(notice);
      } else {
        dropped.incrementAndGet();
      }
    }
  }

  /// Tells the next few.
  void tell(Instant now) {
    told.values().removeIf(moment -> moment.plus(KEPT).isBefore(now));
    Iterator<Notice> next = waiting.iterator();
    for (int i = 0; i < MOST_AT_ONCE && next.hasNext(); i++) {
      Notice notice = next.next();
      try {
        if (cluster.tell(event(notice, now))) {
          events.incrementAndGet();
        }
      } catch (KubernetesClientException e) {
        log.warn("no event {} for {}: {}", notice.reason(), notice.workload(), e.getMessage());
      }
      next.remove();
      told.put(notice, now);
    }
  }

  private Event event(Notice notice, Instant now) {
    Workload workload = notice.workload();
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(notice))
        .withNamespace(workload.namespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICROSECONDS.format(now)))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Inject")
        .withReason(notice.reason())
        .withType(notice.type() == Notice.Type.NORMAL ? "Normal" : "Warning")
        .withNote(cut(notice.message(), MAX_NOTE))
        .withNewRegarding()
        .withApiVersion(workload.apiVersion())
        .withKind(workload.kind())
        .withNamespace(workload.namespace())
        .withName(workload.name())
        .withUid(workload.uid().isEmpty() ? null : workload.uid())
        .endRegarding()
        .build();
  }

  /// The same for the same notice.
  private static String name(Notice notice) {
    byte[] bytes = notice.toString().getBytes(StandardCharsets.UTF_8);
    return cut(notice.workload().name(), MAX_NAME)
        + "."
        + UUID.nameUUIDFromBytes(bytes).toString().replace("-", "").substring(0, 16);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /// Prometheus text.
  String metrics() {
    return """
    # HELP sidetrace_controller_events_total Events told to workloads.
    # TYPE sidetrace_controller_events_total counter
    sidetrace_controller_events_total %d
    # HELP sidetrace_controller_events_dropped_total Events not told, since too many waited.
    # TYPE sidetrace_controller_events_dropped_total counter
    sidetrace_controller_events_dropped_total %d
    """
        .formatted(events.get(), dropped.get());
  }
}
