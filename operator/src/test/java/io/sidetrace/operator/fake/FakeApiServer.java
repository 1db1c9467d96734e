package io.sidetrace.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The HTTP side: get, list, watch, create, update, delete, and merge, JSON and (of a status) apply
/// patches, with resource versions as preconditions. It keeps no schemas and collects no garbage.
/// Thread-safe.
public final class FakeApiServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60); // of a test on a busy machine

  private final ObjectStore store = new ObjectStore();
  private final List<ApiRequest> operators = new CopyOnWriteArrayList<>();
  private final Map<Predicate<ApiRequest>, Integer> refusals = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  public FakeApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// One for the operator, whose requests are remembered.
  public KubernetesClient operatorsClient() {
    return client("sidetrace-operator");
  }

  /// One for a user, or for the test itself.
  public KubernetesClient usersClient() {
    return client("kubectl");
  }

  private KubernetesClient client(String agent) {
    var config =
        new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
            .withMasterUrl(url())
            .withUserAgent(agent)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// What the operator has asked for so far, in order.
  public List<ApiRequest> requests() {
    return List.copyOf(operators);
  }

  /// Those that write, but for the lease's renewals.
  public List<ApiRequest> writes() {
    return operators.stream()
        .filter(request -> !Set.of("get", "list", "watch").contains(request.verb()))
        .filter(request -> !request.resource().equals("leases"))
        .toList();
  }

  /// Answers the operator's requests of one sort with this status until it is taken back.
  public AutoCloseable refuse(Predicate<ApiRequest> requests, int status) {
    refusals.put(requests, status);
    return () -> refusals.remove(requests);
  }

  /// Waits for what a change or a request of the operator's will bring about.
  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long seen = store.moment(); // before the look, so that nothing is missed after it
      if (condition.getAsBoolean()) {
        return;
      }
      if (!store.awaitMomentAfter(seen, Duration.ofNanos(deadline - System.nanoTime()))) {
        throw new AssertionError(what + " did not come to pass; the operator asked " + operators);
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      String path = exchange.getRequestURI().getPath();
      var request = ApiRequest.of(exchange.getRequestMethod(), path, query);
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, -1); // no WebSocket here: the client watches by HTTP
        return;
      }
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      boolean isOperators = "sidetrace-operator".equals(agent);
      if (isOperators) {
        remember(request);
      }
      int refusal = isOperators ? refusal(request) : 0;
      if (refusal != 0) {
        send(exchange, refusal, failure(refusal, "refused by the test"));
      } else if (request.verb().equals("watch")) {
        watch(exchange, request, query);
      } else {
        answer(exchange, request, new Call(query, body, agent));
      }
    }
  }

  private record Call(Map<String, String> query, byte[] body, String agent) {
    String manager() {
      return query.getOrDefault("fieldManager", agent);
    }

    ObjectNode object() {
      try {
        return body.length == 0
            ? JsonNodeFactory.instance.objectNode()
            : (ObjectNode) JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void remember(ApiRequest request) {
    operators.add(request);
    store.moveOn();
  }

  private int refusal(ApiRequest request) {
    return refusals.entrySet().stream()
        .filter(entry -> entry.getKey().test(request))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  private void answer(HttpExchange exchange, ApiRequest request, Call call) throws IOException {
    var key = ObjectStore.Key.of(request);
    switch (request.verb()) {
      case "list" -> send(exchange, 200, list(key, call.query().get("labelSelector")));
      case "get" -> sendFound(exchange, store.get(key));
      case "create" -> create(exchange, key, call);
      case "delete" -> delete(exchange, key, call);
      case "update" -> change(exchange, key, call.object(), before -> call.object(), call);
      case "patch" -> patch(exchange, request, call);
      default -> send(exchange, 405, failure(405, request.verb()));
    }
  }

  private ObjectNode list(ObjectStore.Key collection, @Nullable String labels) {
    synchronized (store) {
      ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
      list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
      var items = list.putArray("items");
      store.list(collection).stream().filter(item -> matches(item, labels)).forEach(items::add);
      return list;
    }
  }

  private void create(HttpExchange exchange, ObjectStore.Key collection, Call call)
      throws IOException {
    ObjectNode object = call.object();
    if (collection.resource().equals("selfsubjectrulesreviews")) {
      object.putObject("status").putArray("resourceRules").add(JSON.readTree(EVERYTHING));
      send(exchange, 201, object);
      return;
    }
    String name = object.at("/metadata/name").asText();
    ObjectNode created = store.create(collection.named(name), object, call.manager());
    send(exchange, created == null ? 409 : 201, created == null ? failure(409, name) : created);
  }

  private static final String EVERYTHING =
      """
      {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}
      """;

  private void delete(HttpExchange exchange, ObjectStore.Key key, Call call) throws IOException {
    synchronized (store) {
      String wanted = call.object().at("/preconditions/resourceVersion").asText();
      if (isStale(wanted, store.get(key))) {
        send(exchange, 409, failure(409, "resourceVersion " + wanted));
      } else {
        sendFound(exchange, store.delete(key));
      }
    }
  }

  private void patch(HttpExchange exchange, ApiRequest request, Call call) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type").split(";")[0];
    JsonNode patch = JSON.readTree(call.body());
    var key = ObjectStore.Key.of(request);
    boolean isStatus = request.resource().endsWith("/status");
    switch (type) {
      case "application/merge-patch+json" ->
          change(exchange, key, patch, before -> merge(before, (ObjectNode) patch), call);
      case "application/json-patch+json" ->
          change(exchange, key, patch, before -> (ObjectNode) JsonPatch.apply(patch, before), call);
      case "application/apply-patch+yaml" -> {
        if (isStatus) {
          UnaryStatus apply = new UnaryStatus(patch.path("status"));
          change(exchange, key, patch, apply::over, call);
        } else {
          send(exchange, 415, failure(415, type + " of more than a status"));
        }
      }
      default -> send(exchange, 415, failure(415, type));
    }
  }

  private record UnaryStatus(JsonNode status) {
    ObjectNode over(ObjectNode object) {
      object.set("status", status);
      return object;
    }
  }

  private void change(
      HttpExchange exchange,
      ObjectStore.Key key,
      JsonNode sent,
      Function<ObjectNode, ObjectNode> change,
      Call call)
      throws IOException {
    synchronized (store) {
      String wanted = sent.at("/metadata/resourceVersion").asText();
      if (isStale(wanted, store.get(key))) {
        send(exchange, 409, failure(409, "resourceVersion " + wanted));
      } else {
        sendFound(exchange, store.change(key, change::apply, call.manager()));
      }
    }
  }

  private static boolean isStale(String wanted, @Nullable ObjectNode stored) {
    return !wanted.isEmpty()
        && stored != null
        && !stored.at("/metadata/resourceVersion").asText().equals(wanted);
  }

  private static ObjectNode merge(ObjectNode before, ObjectNode patch) {
    patch
        .properties()
        .forEach(field -> {
          if (field.getValue().isNull()) {
            before.remove(field.getKey());
          } else if (field.getValue() instanceof ObjectNode inner) {
            before.set(field.getKey(), merge(before.withObjectProperty(field.getKey()), inner));
          } else {
            before.set(field.getKey(), field.getValue());
          }
        });
    return before;
  }

  private void watch(HttpExchange exchange, ApiRequest request, Map<String, String> query)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(' '); // the client takes a watch for open once it has read something of it
    out.flush();
    long seen = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
    var collection = ObjectStore.Key.of(request);
    try {
      while (true) {
        List<ObjectStore.Event> events = nextEvents(seen, collection);
        for (ObjectStore.Event event : events) {
          write(out, event, query.get("labelSelector"));
          seen = event.version();
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is closing
    }
  }

  private List<ObjectStore.Event> nextEvents(long seen, ObjectStore.Key collection)
      throws InterruptedException {
    synchronized (store) {
      while (store.since(seen, collection).isEmpty()) {
        store.wait();
      }
      return store.since(seen, collection);
    }
  }

  /// An object that ceases to match the selector is gone for this watch, one that begins to is new.
  private static void write(OutputStream out, ObjectStore.Event event, @Nullable String labels)
      throws IOException {
    ObjectNode before = event.before();
    boolean matched = before == null || matches(before, labels);
    boolean matches = matches(event.object(), labels);
    if (!matched && !matches || before == null && !matches) {
      return;
    }
    String type = matches ? (matched ? event.type() : "ADDED") : "DELETED";
    ObjectNode line = JSON.createObjectNode().put("type", type);
    line.set("object", event.object());
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  private static boolean matches(ObjectNode object, @Nullable String labels) {
    if (labels == null) {
      return true;
    }
    String[] wanted = labels.split("=", 2);
    return object.path("metadata").path("labels").path(wanted[0]).asText().equals(wanted[1]);
  }

  private static void sendFound(HttpExchange exchange, @Nullable ObjectNode found)
      throws IOException {
    send(exchange, found == null ? 404 : 200, found == null ? failure(404, "absent") : found);
  }

  private static ObjectNode failure(int status, String message) {
    return JSON.createObjectNode()
        .put("apiVersion", "v1")
        .put("kind", "Status")
        .put("status", "Failure")
        .put("message", message)
        .put("code", status);
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      query.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
