package io.sidetrace.sidecar.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// One path and what it answers.
///
/// @param path ends in `/` when more follows, as in `/probe/tcp/8080`
/// @param description shown where paths are listed
/// @param limit how long the answer may take
record Endpoint(
    String path,
    String description,
    Duration limit,
    Function<Question, CompletionStage<Answer>> answering) {

  /// Of what needs no waiting but for the event loop that knows the answer.
  static final Duration SHORT = Duration.ofSeconds(2);

  static Endpoint of(String path, String description, Supplier<Answer> answering) {
    return new Endpoint(
        path, description, SHORT, question -> CompletableFuture.completedStage(answering.get()));
  }

  /// An answer that is made of a snapshot.
  static Endpoint of(
      String path,
      String description,
      SidecarState state,
      Function<SidecarSnapshot, Answer> answering) {
    return new Endpoint(
        path, description, SHORT, question -> state.snapshot().thenApply(answering));
  }

  boolean serves(String requested) {
    boolean isPrefix = path.length() > 1 && path.endsWith("/");
    return isPrefix ? requested.startsWith(path) : requested.equals(path);
  }
}
