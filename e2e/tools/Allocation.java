import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/// Drives a sidecar of its own and reads its flight recording. Arguments: the launcher, and how many requests are measured.
///
/// The loop's allocation is a counter of the JVM, exact to the byte, which the recording has once a second; what is measured lies
/// between two pauses, so that one reading stands before it and one behind it. Sites are samples, so shares of the whole.
void main(String[] arguments) throws Exception {
  int requests = Integer.parseInt(arguments[1]);
  Path home = Files.createTempDirectory("sidetrace-allocation-");
  Path recording = home.resolve("sidecar.jfr");
  Process sidecar = null;
  try (var backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
    int port = freePort();
    Files.writeString(home.resolve("bootstrap.json"), CONFIGURATION.formatted(freePort(), port, backend.getLocalPort()));
    sidecar = start(Path.of(arguments[0]), home, recording);
    Instant[] between = drive(port, backend, requests);
    sidecar.destroy();
    sidecar.waitFor();
    report(recording, between, requests);
  } finally {
    if (sidecar != null) {
      sidecar.destroyForcibly().waitFor();
    }
    for (Path file : Files.list(home).toList()) {
      Files.delete(file);
    }
    Files.delete(home);
  }
}

/// Until the JIT has nothing left to do on the way.
private static final int WARM_UP = 60_000;

/// Of the readings, which come once a second.
private static final Duration PAUSE = Duration.ofMillis(2_500);

private static final byte[] REQUEST =
    "GET /orders/17?full=1 HTTP/1.1\r\nHost: shop.example:8080\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n".getBytes();
private static final byte[] RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes();

/// What the operator renders for a pod without redirection, with sampling at 0 percent: ports of admin, listener and application.
private static final String CONFIGURATION =
    """
    {"node": {"id": "n", "cluster": "allocation"},
     "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}}},
     "static_resources": {
       "listeners": [{"name": "in", "traffic_direction": "INBOUND",
         "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}},
         "filter_chains": [{"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": {
           "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
           "stat_prefix": "in", "server_header_transformation": "PASS_THROUGH", "stream_idle_timeout": "0s",
           "preserve_external_request_id": true,
           "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
             "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
           "route_config": {"name": "r", "virtual_hosts": [{"name": "all", "domains": ["*"],
             "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "app", "timeout": "0s"}}]}]},
           "tracing": {"random_sampling": {"value": 0}, "provider": {"name": "envoy.tracers.zipkin", "typed_config": {
             "@type": "type.googleapis.com/envoy.config.trace.v3.ZipkinConfig", "collector_cluster": "zipkin",
             "collector_endpoint": "/api/v2/spans", "collector_endpoint_version": "HTTP_JSON"}}}}}]}]}],
       "clusters": [
         {"name": "app", "type": "STATIC", "connect_timeout": "1s", "load_assignment": {"cluster_name": "app", "endpoints":
           [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}}}}]}]}},
         {"name": "zipkin", "type": "STATIC", "connect_timeout": "1s", "load_assignment": {"cluster_name": "zipkin", "endpoints":
           [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9}}}}]}]}}]}}
    """;

private static int freePort() throws IOException {
  try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
    return probe.getLocalPort();
  }
}

private static Process start(Path launcher, Path home, Path recording) throws IOException {
  var builder = new ProcessBuilder(launcher.toString(), "-c", home.resolve("bootstrap.json").toString(), "--concurrency", "1", "-l", "warn");
  String options = "-XX:StartFlightRecording:filename=%s,settings=profile,jdk.ThreadAllocationStatistics#period=1s,"
      + "jdk.ObjectAllocationSample#throttle=2000/s";
  builder.environment().put("JDK_JAVA_OPTIONS", options.formatted(recording));
  return builder.inheritIO().start();
}

/// Returns when the measured requests began and when they had ended.
private static Instant[] drive(int port, ServerSocket backend, int requests) throws Exception {
  try (Socket client = connect(port)) {
    client.setTcpNoDelay(true);
    client.getOutputStream().write(REQUEST);
    try (Socket upstream = backend.accept()) {
      upstream.setTcpNoDelay(true);
      answer(client, upstream);
      ask(client, upstream, WARM_UP);
      Thread.sleep(PAUSE);
      Instant began = Instant.now();
      ask(client, upstream, requests);
      Instant ended = Instant.now();
      Thread.sleep(PAUSE);
      return new Instant[] {began, ended};
    }
  }
}

private static Socket connect(int port) throws Exception {
  Instant deadline = Instant.now().plusSeconds(30);
  while (true) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      if (Instant.now().isAfter(deadline)) {
        throw e;
      }
      Thread.sleep(50);
    }
  }
}

private static void ask(Socket client, Socket upstream, int times) throws IOException {
  for (int i = 0; i < times; i++) {
    client.getOutputStream().write(REQUEST);
    answer(client, upstream);
  }
}

private static void answer(Socket client, Socket upstream) throws IOException {
  skipTo("\r\n\r\n", upstream.getInputStream());
  upstream.getOutputStream().write(RESPONSE);
  skipTo("\r\n\r\nok", client.getInputStream());
}

/// Reads to an end behind which nothing comes.
private static void skipTo(String end, InputStream in) throws IOException {
  byte[] piece = new byte[4096];
  int read = 0;
  while (!new String(piece, 0, read).endsWith(end)) {
    int more = in.read(piece, read, piece.length - read);
    if (more < 0) {
      throw new IOException("ended after: " + new String(piece, 0, read));
    }
    read += more;
  }
}

private static void report(Path recording, Instant[] between, int requests) throws IOException {
  List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
  Map<String, Long> sites = new HashMap<>();
  Map<String, Long> before = new HashMap<>();
  Map<String, Long> after = new HashMap<>();
  for (RecordedEvent event : events) {
    Instant at = event.getStartTime();
    switch (event.getEventType().getName()) {
      case "jdk.ThreadAllocationStatistics" -> {
        if (isLoop(event.getThread("thread"))) {
          String loop = event.getThread("thread").getJavaName();
          if (at.isBefore(between[0])) {
            before.merge(loop, event.getLong("allocated"), Math::max);
          } else if (at.isAfter(between[1])) {
            after.merge(loop, event.getLong("allocated"), Math::min);
          }
        }
      }
      case "jdk.ObjectAllocationSample" -> {
        if (isLoop(event.getThread("eventThread")) && at.isAfter(between[0]) && at.isBefore(between[1])) {
          sites.merge(site(event), event.getLong("weight"), Long::sum);
        }
      }
      default -> {}
    }
  }
  if (before.isEmpty() || !before.keySet().equals(after.keySet())) {
    throw new IllegalStateException("readings of " + before.keySet() + ", then of " + after.keySet() + " (expected: the same loops)");
  }
  sitesBySize(sites);
  long bytes = sum(after) - sum(before);
  System.out.printf("allocation: %d bytes per unsampled request%n", bytes / requests);
}

private static long sum(Map<String, Long> allocated) {
  return allocated.values().stream().mapToLong(Long::longValue).sum();
}

/// The worker's loop; that of the admin port sleeps.
private static boolean isLoop(RecordedThread thread) {
  return thread != null && String.valueOf(thread.getJavaName()).startsWith("multiThreadIoEventLoopGroup");
}

private static String site(RecordedEvent event) {
  String lines =
      event.getStackTrace().getFrames().stream()
          .limit(4)
          .map(frame -> frame.getMethod().getType().getName().replaceAll(".*\\.", "") + '.' + frame.getMethod().getName() + ':' + frame.getLineNumber())
          .collect(Collectors.joining(" < "));
  return event.getClass("objectClass").getName() + " at " + lines;
}

private static void sitesBySize(Map<String, Long> sites) {
  long all = sites.values().stream().mapToLong(Long::longValue).sum();
  sites.entrySet().stream()
      .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
      .limit(15)
      .forEach(site -> System.out.printf("%5.1f %%  %s%n", 100.0 * site.getValue() / all, site.getKey()));
}
