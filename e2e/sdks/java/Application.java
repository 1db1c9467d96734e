import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// An application between two sidecars that is traced by a real SDK: continues the context that it receives, as a server's span with a client's
/// below it, asks the next service with the context that the SDK writes, and answers with what everyone received, and with what the SDK made of
/// it.
///
///     Application PORT NEXT opentelemetry|brave FORM
final class Application {
  private final String next;
  private final Sdk sdk;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Application(String next, Sdk sdk) {
    this.next = next;
    this.sdk = sdk;
  }

  public static void main(String[] arguments) throws IOException {
    var form = arguments[3];
    var sdk = arguments[2].equals("brave") ? new ByBrave(form) : new ByOpenTelemetry(form);
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", new Application(arguments[1], sdk)::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var received = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> received.put(name, values.getFirst()));
    var behind = new StringBuilder();
    var told = sdk.continued(received, fields -> behind.append(ask(exchange.getRequestURI().getPath(), fields)));
    // What comes from behind is a list already: this service goes before it.
    var answer = "[%s,%s".formatted(object(received, told), behind.substring(1)).getBytes();
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String ask(String path, Map<String, String> fields) {
    var request = HttpRequest.newBuilder(URI.create(next + path));
    fields.forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String object(Map<String, String> received, Told told) {
    var members = received.entrySet().stream().map(Application::member).collect(Collectors.joining(","));
    return "{%s,\":sdk\":{\"trace\":\"%s\",\"parent\":\"%s\",\"client\":\"%s\",\"sampled\":%s}}"
        .formatted(members, told.trace(), told.parent(), told.client(), told.sampled());
  }

  private static String member(Entry<String, String> field) {
    return "\"%s\":\"%s\"".formatted(field.getKey().toLowerCase(), field.getValue().replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
