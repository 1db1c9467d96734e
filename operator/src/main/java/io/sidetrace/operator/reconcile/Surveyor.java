package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.kube.Namespaces;
import io.sidetrace.operator.kube.Pods;
import io.sidetrace.operator.kube.TracingConfigs;
import io.sidetrace.operator.sidecars.Rounds;
import io.sidetrace.operator.status.Fleet;
import io.sidetrace.operator.survey.Examiner;
import io.sidetrace.operator.survey.NamespaceSurvey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the pods of every config: looks at the namespaces in which something has changed, a pass
/// a second, and tells `Fleets` and the workloads what it found. Runs on the leader, on one thread;
/// what changes is noted by the threads of informers and rounds.
public final class Surveyor {

  private static final Logger log = LoggerFactory.getLogger(Surveyor.class);

  /// A config's status is written once a pass at most, whatever happens to its pods.
  private static final Duration PASS = Duration.ofSeconds(1);

  /// A new leader waits so long for the first answer of every sidecar before it says Unknown.
  private static final Duration FIRST_ROUND = Duration.ofSeconds(30);

  /// A chart's upgrade may leave other namespaces out; it need not restart the controller.
  private static final Duration INSTALLED = Duration.ofMinutes(5);

  /// Whatever failed may fail again.
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /// An injection before that is no news.
  private static final Duration NEWS = Duration.ofMinutes(10);

  /// No namespace has this name.
  private static final String ALL = "*";

  private final KubernetesClient client;
  private final String operatorNamespace;
  private final Work work;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Map<String, NamespaceSurvey> surveys = new HashMap<>();
  private final Map<String, Map<String, Fleet>> found = new HashMap<>();
  private final Announcer announcer;
  private boolean isPublished;
  private Installation installation = Installation.of(null);
  private Instant askedInstalled = Instant.MIN;

  /// What the surveyor works with.
  ///
  /// @param rounds makes them, given whom to tell of the namespaces whose sidecars say something
  ///   new
  /// @param installed asks what the webhook's configuration says
  public record Work(
      Examiner examiner,
      Fleets fleets,
      Function<Consumer<String>, Rounds> rounds,
      Supplier<Installation> installed,
      InstantSource clock) {}

  public Surveyor(KubernetesClient client, Cluster cluster, Identity identity, Work work) {
    this.client = client;
    this.operatorNamespace = identity.operatorNamespace();
    this.announcer = new Announcer(cluster, identity.instance());
    this.work = work;
  }

  /// Who counts.
  ///
  /// @param instance this process, as events name it
  public record Identity(String operatorNamespace, String instance) {}

  private record Watches(Namespaces namespaces, TracingConfigs configs, Pods pods, Rounds rounds)
      implements AutoCloseable {
    boolean areFollowing() {
      return namespaces.isFollowing() && configs.isFollowing() && pods.isFollowing();
    }

    @Override
    public void close() {
      rounds.close();
      pods.close();
      configs.close();
      namespaces.close();
    }
  }

  /// Until it is interrupted.
  public void run() throws InterruptedException {
    while (true) {
      try (var watches = follow()) {
        changed.addAll(surveys.keySet()); // what has gone since an earlier watch tells nobody
        Instant patience = work.clock().instant().plus(FIRST_ROUND);
        while (watches.areFollowing()) {
          Thread.sleep(PASS);
          pass(watches, patience);
        }
        log.warn("a watch of the surveyor has ended (expected: never); watching anew");
      } catch (RuntimeException e) {
        log.error("counting pods failed; beginning anew in {}", AFTER_FAILURE, e);
      }
      Thread.sleep(AFTER_FAILURE);
    }
  }

  private Watches follow() {
    var namespaces = Namespaces.follow(client, changed::add);
    var configs = TracingConfigs.follow(client, operatorNamespace, this::changed);
    var pods = Pods.follow(client, changed::add);
    return new Watches(namespaces, configs, pods, work.rounds().apply(changed::add));
  }

  /// One of the operator's namespace may concern every pod.
  private void changed(TracingConfig config) {
    String namespace = config.getMetadata().getNamespace();
    changed.add(namespace.equals(operatorNamespace) ? ALL : namespace);
  }

  private void pass(Watches watches, Instant patience) {
    Set<String> due = new HashSet<>(changed);
    changed.removeAll(due); // what changes from here on is looked at in the next pass
    if (due.remove(ALL)) {
      due.addAll(surveys.keySet());
    }
    Instant now = work.clock().instant();
    if (!now.isBefore(askedInstalled.plus(INSTALLED))) {
      installation = work.installed().get();
      askedInstalled = now;
    }
    // Before the look, which may see a later one: then the next pass, which that brings, says so.
    Map<String, Long> generations = generations(watches.configs());
    due.forEach(namespace -> look(namespace, watches, now));
    if (!due.isEmpty() || !isPublished) {
      isPublished = isPublished || watches.rounds().isComplete() || now.isAfter(patience);
      if (isPublished) {
        publish(generations);
      }
    }
    announcer.tell(now);
  }

  private void look(String namespace, Watches watches, Instant now) {
    var survey = surveys.computeIfAbsent(namespace, _ -> new NamespaceSurvey(work.examiner()));
    var pods = watches.pods().in(namespace);
    var view =
        new NamespaceSurvey.View(
            watches.namespaces().labels(namespace),
            installation.excluded().contains(namespace) ? List.of() : pods,
            watches.configs().usableIn(namespace),
            new NamespaceSurvey.Moments(installation.since(), now.minus(NEWS)));
    var result = survey.look(view, watches.rounds()::reading);
    watches.rounds().follow(namespace, result.targets());
    announcer.hear(result.notices());
    found.put(namespace, result.fleets());
    if (pods.isEmpty()) {
      surveys.remove(namespace);
      found.remove(namespace);
    }
  }

  private static Map<String, Long> generations(TracingConfigs configs) {
    return configs.all().stream()
        .map(TracingConfig::getMetadata)
        .collect(
            Collectors.toMap(
                metadata -> metadata.getNamespace() + "/" + metadata.getName(),
                metadata -> metadata.getGeneration()));
  }

  private void publish(Map<String, Long> generations) {
    Map<String, Fleet> fleets = new HashMap<>();
    found
        .values()
        .forEach(inNamespace ->
            inNamespace.forEach((config, fleet) -> fleets.merge(config, fleet, Fleet::plus)));
    Map<String, Fleets.Counted> counted = new HashMap<>();
    generations.forEach((config, generation) -> {
      var fleet = fleets.getOrDefault(config, Fleet.EMPTY);
      counted.put(config, new Fleets.Counted(fleet, generation));
    });
    work.fleets().publish(counted);
  }

  /// Prometheus text.
  public String metrics() {
    return announcer.metrics();
  }
}
