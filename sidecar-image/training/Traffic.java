import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// What the sidecar meets in a pod: an application, a collector, requests of the usual kinds, a
/// connection that is not HTTP, the kubelet's and Prometheus' looks at it. Fails when spans do not
/// reach the collector, so that no cache is trained on a broken sidecar.
final class Traffic {
  private static final String APPLICATION = "http://198.51.100.1:8080";
  private static final String STATUS = "http://127.0.0.1:15020";
  private static final int REQUESTS =
      2_000; // enough that the JVM's profiles cover the request path
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ConcurrentHashMap<String, Integer> received = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static void main() {
    try {
      new Traffic().run();
      System.exit(0);
    } catch (Exception e) {
      System.err.println("training: " + e);
      System.exit(1); // the servers' threads would go on
    }
  }

  private void run() throws Exception {
    serve(8080);
    serve(9411);
    await("/ready of the sidecar", () -> get(STATUS + "/ready") == 200);
    for (int i = 0; i < REQUESTS; i++) {
      send(i);
    }
    speakAnotherProtocol();
    for (var path : new String[] {"/status", "/metrics", "/ready", "/probe/tcp/8080"}) {
      get(STATUS + path);
    }
    await("spans at the collector", () -> received.containsKey("/api/v2/spans"));
  }

  private void serve(int port) throws IOException {
    var server = HttpServer.create(new InetSocketAddress("0.0.0.0", port), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          received.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
          var body = "hello".getBytes(StandardCharsets.UTF_8);
          // Every other answer is chunked.
          exchange.sendResponseHeaders(200, received.size() % 2 == 0 ? body.length : 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void send(int i) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(APPLICATION + "/trace/" + i % 10));
    switch (i % 4) {
      case 0 -> request.header("b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1");
      case 1 -> request.POST(BodyPublishers.ofString("body of request " + i));
      case 2 ->
          request
              .header("x-b3-traceid", "80f198ee56343ba864fe8b2a57d3eff7")
              .header("x-b3-spanid", "e457b5a2e4d86bd1")
              .header("x-b3-sampled", "1");
      default -> {}
    }
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("answer through the sidecar: " + response + " (expected: 200)");
    }
  }

  private void speakAnotherProtocol() throws IOException {
    try (var socket = new Socket("198.51.100.1", 8080)) {
      socket.getOutputStream().write("PING\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getInputStream().read();
    }
  }

  private int get(String address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException _) {
        // Not listening yet.
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(what + ": not within " + PATIENCE);
  }
}
