package io.sidetrace.operator.sidecars;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.SidecarReport;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks one sidecar over HTTP. Thread-safe.
public final class StatusClient implements AutoCloseable {

  /// A pod that is gone answers nothing at all, not even a refusal.
  private static final Duration CONNECT = Duration.ofSeconds(1);

  /// For everything, from connecting to the last byte. A sidecar answers in milliseconds, one on an
  /// overloaded node in a second.
  private static final Duration WHOLE = Duration.ofSeconds(2);

  /// An answer has about 500 bytes; findings may be added to it.
  private static final long MAX_BODY = 64 << 10; // bytes

  private static final int OK = 200;

  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER) // whoever answers would choose where to
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  public StatusClient(int port) {
    this.port = port;
  }

  /// Waits for the answer.
  public Reading ask(InetAddress pod) throws InterruptedException {
    var request = HttpRequest.newBuilder(uri(pod)).header("Accept", "application/json").build();
    // Not `send`: its limit ends with the head, and a body may come byte by byte for ever.
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), MAX_BODY));
    try {
      return reading(answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Reading.Silent(
          "its sidecar does not answer within %d s".formatted(WHOLE.toSeconds()));
    } catch (ExecutionException e) {
      return new Reading.Silent("its sidecar cannot be asked");
    } finally {
      answer.cancel(true); // closes the connection of an answer that is still on its way
    }
  }

  private static Reading reading(HttpResponse<String> response) {
    return response.statusCode() == OK
        ? SidecarReport.parse(response.body())
        : new Reading.Silent(
            "its sidecar answers %d (expected: %d)".formatted(response.statusCode(), OK));
  }

  private URI uri(InetAddress pod) {
    String host = pod.getHostAddress();
    return URI.create(
        "http://"
            + (pod instanceof Inet6Address ? "[" + host + "]" : host)
            + ":"
            + port
            + "/status");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
