package io.sidetrace.sidecar.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.exchange.Rehearsal;
import io.sidetrace.sidecar.exchange.Rehearsal.Decided;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/explain?path=/a&method=GET&header=x-b3-sampled:1&listener=inbound&peer=10.0.0.1`: how that
/// request would be decided, and why. A listener must be named only where several serve HTTP.
final class ExplainPage {
  private ExplainPage() {}

  static CompletionStage<Answer> answer(Question question, SidecarState state) {
    return state
        .snapshot()
        .thenApply(snapshot -> answer(question, state, snapshot.config().inForce()));
  }

  private static Answer answer(
      Question question, SidecarState state, @Nullable Configuration inForce) {
    if (inForce == null) {
      return Answer.text(SERVICE_UNAVAILABLE, "no configuration is in force: nothing is traced");
    }
    List<Listener> serving =
        inForce.listeners().stream().filter(listener -> listener.http() != null).toList();
    String name =
        question.parameter("listener", serving.size() == 1 ? serving.getFirst().name() : "");
    for (Listener listener : serving) {
      if (listener.name().equals(name)) {
        return explain(listener, question, state);
      }
    }
    return refused(
        "listener: \"%s\" (expected one of: %s)"
            .formatted(
                name, serving.stream().map(Listener::name).collect(Collectors.joining(", "))));
  }

  private static Answer explain(Listener listener, Question question, SidecarState state) {
    var request =
        new Rehearsal.Request(
            question.parameter("method", "GET"),
            question.parameter("path", "/"),
            headers(question.parameters().getOrDefault("header", List.of())),
            question.parameter("peer", "127.0.0.1"));
    return switch (state.rehearse(listener, request, question.loop())) {
      case null -> refused("listener: " + listener.name() + " (expected: one that serves HTTP)");
      case Decided.Refused(int status, String reason) ->
          refused("the request would be answered with " + status + ": " + reason);
      case Decided.Served served -> Answer.json(Explained.of(listener.name(), served));
    };
  }

  /// A request of HTTP/1.1 has a host, which few questions are about.
  private static List<String> headers(List<String> given) {
    boolean host =
        given.stream().anyMatch(line -> line.regionMatches(true, 0, "host:", 0, "host:".length()));
    return host ? given : Stream.concat(Stream.of("host:localhost"), given.stream()).toList();
  }

  private static Answer refused(String reason) {
    return Answer.text(BAD_REQUEST, reason);
  }
}
