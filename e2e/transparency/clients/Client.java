import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/// The corpus's client on the JDK: `Client.java HOST PORT`.
final class Client {
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static String base;

  static void main(String[] arguments) throws Exception {
    base = "http://" + arguments[0] + ":" + arguments[1];
    ask("GET", "/small?q=1", BodyPublishers.noBody(), 200);
    ask("HEAD", "/small", BodyPublishers.noBody(), 200);
    ask("GET", "/chunked", BodyPublishers.noBody(), 200);
    ask("GET", "/empty", BodyPublishers.noBody(), 204);
    ask("GET", "/unmodified", BodyPublishers.noBody(), 304);
    expect(ask("GET", "/big", BodyPublishers.noBody(), 200).length == 1 << 20, "GET /big");
    byte[] body = new byte[100_000];
    Arrays.fill(body, (byte) 'x');
    expect(Arrays.equals(ask("POST", "/echo", BodyPublishers.ofByteArray(body), 200), body), "POST /echo");
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    expect(Arrays.equals(ask("POST", "/echo", chunked, 200), body), "POST /echo in chunks");
  }

  private static byte[] ask(String method, String path, HttpRequest.BodyPublisher body, int status) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body).timeout(Duration.ofSeconds(20));
    var response = CLIENT.send(request.header("X-MiXeD-CaSe", "kept").build(), BodyHandlers.ofByteArray());
    expect(response.statusCode() == status, method + " " + path + ": " + response.statusCode() + " (expected: " + status + ")");
    return response.body();
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
