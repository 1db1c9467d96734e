import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// An API server without any objects, that the operator starts against while its AOT cache is
/// trained: lists are empty, what is made is accepted, watches stay open and silent. Ends when the
/// operator leads, follows, and has made the webhook's certificates.
final class EmptyCluster {
  private static final String LIST =
      """
      {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": []}\
      """;
  private static final String NOT_FOUND =
      """
      {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404}\
      """;

  /// The framework asks whether it may lead.
  private static final String EVERYTHING_ALLOWED =
      """
      {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": {}, "status": {"incomplete": false,
       "nonResourceRules": [], "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}}\
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> EXPECTED = Set.of("namespaces", "tracingconfigs", "secrets");

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  static void main() {
    try {
      new EmptyCluster().run();
      System.exit(0);
    } catch (Exception e) {
      System.err.println("training: " + e);
      System.exit(1); // the servers' threads would go on
    }
  }

  private void run() throws Exception {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 8001), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    await("requests for " + EXPECTED, () -> seen.containsAll(EXPECTED));
    await("/healthz of the operator", () -> get("/healthz") == 200);
    get("/readyz");
    get("/metrics");
  }

  private void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var collection = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
    seen.add(collection);
    switch (exchange.getRequestMethod()) {
      case "POST" ->
          send(
              exchange,
              201,
              collection.equals("selfsubjectrulesreviews") ? EVERYTHING_ALLOWED : body);
      case "PUT" -> send(exchange, 200, body);
      case "GET" -> {
        if (String.valueOf(uri.getQuery()).contains("watch=true")) {
          watch(exchange);
        } else if (EXPECTED.contains(collection) || uri.getQuery() != null) {
          send(exchange, 200, LIST);
        } else {
          send(exchange, 404, NOT_FOUND);
        }
      }
      default -> send(exchange, 404, NOT_FOUND);
    }
  }

  /// Refuses the WebSocket, which this server does not speak, so that a plain watch follows; that
  /// one never ends.
  private static void watch(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      send(exchange, 200, "");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8081" + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
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
