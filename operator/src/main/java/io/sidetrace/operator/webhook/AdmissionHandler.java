package io.sidetrace.operator.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one review over HTTP, judges it, answers it. A request that is no review gets a 4xx; a
/// judge that fails admits the object unchanged. Thread-safe.
final class AdmissionHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(AdmissionHandler.class);

  /// The API server takes objects up to 3 MiB; a review of an update carries the object twice, and
  /// 1 MiB is for the rest.
  static final int MAX_BODY_BYTES = (3 + 3 + 1) * 1024 * 1024;

  private static final int MAX_FAILURES_REMEMBERED = 100;

  private final String path;
  private final Admission admission;
  private final AdmissionCounters counters;
  private final Set<String> failuresLogged = ConcurrentHashMap.newKeySet();

  AdmissionHandler(String path, Admission admission, AdmissionCounters counters) {
    this.path = path;
    this.admission = admission;
    this.counters = counters;
  }

  private record Reply(int status, String contentType, String body) {
    static Reply refusal(int status, String reason) {
      return new Reply(status, "text/plain; charset=utf-8", reason + "\n");
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      counters.aborted(path);
      throw e;
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    Reply refusal = refusal(exchange);
    if (refusal != null) {
      return counted(refusal);
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      String reason = "body too large (expected: at most " + MAX_BODY_BYTES + " bytes)";
      return counted(Reply.refusal(413, reason));
    }
    return switch (AdmissionReview.parse(body)) {
      case AdmissionReview.Parsed.Malformed(var reason) -> counted(Reply.refusal(400, reason));
      case AdmissionReview.Parsed.Request(var request) ->
          new Reply(
              200, "application/json", AdmissionReview.format(request.uid(), judged(request)));
    };
  }

  /// What the head alone already rules out; null when the body is worth reading.
  private @Nullable Reply refusal(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return Reply.refusal(404, exchange.getRequestURI().getPath() + " (expected: " + path + ")");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Reply.refusal(405, exchange.getRequestMethod() + " (expected: POST)");
    }
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      return Reply.refusal(415, type + " (expected: application/json)");
    }
    return null;
  }

  /// The boundary of everything that can go wrong with one object: whatever it is, the object is
  /// admitted as it came.
  private Answer judged(AdmissionRequest request) {
    try {
      Answer answer = admission.review(request);
      counters.judged(path, answer);
      return answer;
    } catch (RuntimeException | StackOverflowError e) {
      counters.failed(path);
      logOnce(request, e);
      return Answer.unchanged(
          List.of(
              "sidetrace: admitted unchanged, the webhook failed: "
                  + e.getClass().getSimpleName()));
    }
  }

  /// A failure that repeats would repeat with every pod of a rollout.
  private void logOnce(AdmissionRequest request, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String origin = failure.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    if (failuresLogged.size() < MAX_FAILURES_REMEMBERED && failuresLogged.add(origin)) {
      log.error(
          "{} in namespace {} is admitted unchanged (further failures of this kind are only counted)",
          request.kind(),
          request.namespace(),
          failure);
    }
  }

  private Reply counted(Reply refusal) {
    counters.refused(path);
    return refusal;
  }
}
