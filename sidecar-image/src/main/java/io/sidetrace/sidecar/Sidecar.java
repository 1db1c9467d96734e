package io.sidetrace.sidecar;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.sidetrace.sidecar.accept.Unbound;
import io.sidetrace.sidecar.admin.AdminServer;
import io.sidetrace.sidecar.config.ConfigReader;
import io.sidetrace.sidecar.config.ConfigWatcher;
import io.sidetrace.sidecar.config.ReadResult;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A running sidecar, from start to stop.
final class Sidecar {
  static final String VERSION =
      Objects.requireNonNullElse(Sidecar.class.getPackage().getImplementationVersion(), "dev");

  private static final System.Logger LOG = System.getLogger("sidetrace");

  /// Two loops keep two cores busy, which is more than a sidecar should ever need.
  private static final int MOST_LOOPS = 2;

  /// Changes are notified; this covers file systems that do not notify.
  private static final Duration CONFIG_POLL = Duration.ofSeconds(10);

  /// Together 1.5 s: requests under way first, their spans after them. After 2 s the kubelet kills
  /// a sidecar whose application used its whole grace period; the rest is for a busy processor.
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(1);

  private static final Duration LAST_SPANS = Duration.ofMillis(400);
  private static final Duration LAST_LINES = Duration.ofMillis(100);

  /// A flush ends by itself; only a loop that hangs is waited for in vain.
  private static final Duration LOOP_HANGS = LAST_SPANS.plusMillis(200);

  private final Parts parts;
  private final LiveState state;
  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private volatile boolean adminOpen;

  private Sidecar(Parts parts, String interception) {
    this.parts = parts;
    this.state = new LiveState(parts, interception);
  }

  /// Starts to serve, and to follow changes of the configuration.
  ///
  /// @param first what was read of it
  /// @throws IOException when an address cannot be bound
  static Sidecar start(Arguments arguments, ConfigReader reader, ReadResult first)
      throws IOException {
    int loops =
        arguments
            .concurrency()
            .orElse(Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
    Parts parts = Parts.wire(loops, arguments.node(), LocalAddress.find(), System.getenv());
    var sidecar = new Sidecar(parts, interception(arguments.interceptionReport()));
    try {
      sidecar.serve(arguments, reader, first);
      return sidecar;
    } catch (IOException e) {
      sidecar.stop();
      throw e;
    }
  }

  private void serve(Arguments arguments, ConfigReader reader, ReadResult first)
      throws IOException {
    List<Unbound> unbound = parts.config().apply(first);
    if (!unbound.isEmpty()) {
      throw new IOException(
          unbound.stream().map(Unbound::message).collect(Collectors.joining("\n")));
    }
    state.serving();
    if (arguments.statusPort().isPresent()) {
      int port = arguments.statusPort().getAsInt();
      open.push(AdminServer.status(parts.workers().next(), port, state));
    }
    openAdmin(first);
    open.push(ConfigWatcher.start(reader, first, CONFIG_POLL, this::follow));
  }

  /// Says that it serves, and that from here on a signal ends it in order.
  void announce() {
    LOG.log(INFO, "sidetrace {0} serves", VERSION);
  }

  private void follow(ReadResult changed) {
    parts.config().apply(changed);
    try {
      openAdmin(changed);
    } catch (IOException e) {
      LOG.log(WARNING, "no admin port: {0}", e.getMessage());
    }
  }

  /// Opens the admin port as soon as a configuration names one; it then stays where it is.
  private void openAdmin(ReadResult read) throws IOException {
    // A type pattern inside a record pattern would let null through.
    if (!adminOpen && read instanceof ReadResult.Read(_, _, var address) && address != null) {
      open.push(AdminServer.admin(parts.workers().next(), address, state));
      adminOpen = true;
    }
  }

  /// What the redirect wrote of itself before this process began.
  private static String interception(@Nullable Path report) {
    if (report == null) {
      return "none";
    }
    try {
      return Files.readString(report).strip();
    } catch (IOException e) {
      return "failed: no report of the redirect at " + report;
    }
  }

  /// Lets requests under way end, sends the spans that are left, and closes everything.
  void stop() {
    try {
      parts.acceptor().drain(LAST_REQUESTS);
      // From here on no request is answered: nobody would send its span.
      parts.acceptor().close();
      await(parts.exporters().flush(LAST_SPANS));
      logAccount(await(parts.exporters().snapshot()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(WARNING, "what became of the last spans is not known: {0}", String.valueOf(e));
    }
    close();
  }

  private static <T> T await(CompletionStage<T> last)
      throws InterruptedException, ExecutionException, TimeoutException {
    return last.toCompletableFuture().get(LOOP_HANGS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The metrics page goes with the process, so the last word on its spans is logged.
  private static void logAccount(ReportSnapshot spans) {
    LOG.log(
        spans.droppedTotal() == 0 ? INFO : WARNING,
        "ended with {0} spans started, {1} exported, {2} queued, dropped: {3}",
        Long.toString(spans.started()),
        Long.toString(spans.exported()),
        Long.toString(spans.queued()),
        spans.dropped());
  }

  /// After the last connection, whose end is logged too.
  private void closeLogs() {
    try {
      parts.accessLogs().close(LAST_LINES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.log(WARNING, "at the end: {0}", String.valueOf(e));
      }
    }
    parts.acceptor().close();
    closeLogs();
    parts.clusters().close();
    var _ = parts.workers().shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }
}
