package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.HeaderMutations;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.exchange.Rehearsal.Change;
import io.sidetrace.sidecar.exchange.Rehearsal.Decided;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.Surroundings;
import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.Explanation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Decisions about requests that never were, against those about requests that are.
final class RehearsalTest {
  private static final HeaderMutations NO_MUTATIONS =
      new HeaderMutations(List.of(), List.of(), List.of(), List.of());

  private static final String ID = "00001388-0000-4000-8000-000000000000";

  @Test
  void rehearsedRequest_isDecidedAsARealOne() {
    HeaderMutations mutations =
        new HeaderMutations(
            List.of(
                new HeaderMutations.Addition(
                    "x-route",
                    format("%ROUTE_NAME% %REQ(:PATH)% %STREAM_ID%"),
                    HeaderMutations.AppendAction.APPEND_IF_EXISTS_OR_ADD,
                    false)),
            List.of("x-gone"),
            List.of(),
            List.of());
    Listener listener = gateway(mutations);
    List<String> headers =
        List.of(
            "Host: h", "X-Gone: 1", "x-request-id: " + ID, "b3: 80f198ee56343ba8-e457b5a2e4d86bd1");
    try (TestServer one = new TestServer();
        DataPlane plane =
            DataPlane.of(List.of(Configurations.cluster("one", one.address())), listener);
        Peer client = plane.connect()) {
      Decided.Served served =
          (Decided.Served)
              decide(plane, listener, new Rehearsal.Request("GET", "/a?b", headers, "10.0.0.1"));

      assertThat(Objects.requireNonNull(served.route()).name()).isEqualTo("all");
      assertThat(served.cluster()).isEqualTo("one");
      assertThat(served.answer()).isNull();
      assertThat(plane.spans).isEmpty();
      for (Counter counter : Counter.values()) {
        if (!counter.name().startsWith("CONNECTIONS")) {
          assertThat(plane.count(counter)).as(counter.name()).isZero();
        }
      }

      client.send("GET /a?b HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
      String head = one.accept().receiveHead();
      for (Change change : served.changes()) {
        if (change.value() == null) {
          assertThat(head).doesNotContainIgnoringCase(change.name() + ":");
        } else if (!change.name().equals("b3")) {
          assertThat(head).contains(change.name() + ": " + change.value() + "\r\n");
        }
      }
      assertThat(served.changes())
          .extracting(Change::name)
          .containsExactlyInAnyOrder("x-request-id", "b3", "x-gone", "x-route");
    }
  }

  @Test
  void explanation_saysWhatWasComparedAndFound() {
    Listener listener = gateway(NO_MUTATIONS);
    try (DataPlane plane = DataPlane.of(List.of(Configurations.cluster("one")), listener)) {
      Decided.Served served =
          (Decided.Served)
              decide(
                  plane,
                  listener,
                  new Rehearsal.Request(
                      "GET",
                      "/",
                      List.of("Host: h", "x-request-id: " + ID, "x-b3-sampled: 0"),
                      "10.0.0.1"));

      assertThat(served.answer()).isEqualTo(new Rehearsal.Answer(503, "no healthy upstream", "UH"));
      Explanation explanation = Objects.requireNonNull(served.explanation());
      assertThat(explanation.receivedId()).isEqualTo(ID);
      Explanation.Tracing tracing = Objects.requireNonNull(explanation.tracing());
      assertThat(tracing.decision()).isEqualTo(SamplingDecision.RANDOM);
      assertThat(tracing.number()).isEqualTo(5000);
      assertThat(tracing.extracted()).isEqualTo(new Extracted.SamplingOnly(Sampling.NOT_SAMPLED));
      assertThat(tracing.span().sampling()).isEqualTo(Sampling.NOT_SAMPLED);
      assertThat(tracing.recorded()).isNull();
    }
  }

  @Test
  void spanSoFar_isExplained() {
    Listener listener = gateway(NO_MUTATIONS);
    try (DataPlane plane = DataPlane.of(List.of(Configurations.cluster("one")), listener)) {
      Decided.Served served =
          (Decided.Served)
              decide(
                  plane,
                  listener,
                  new Rehearsal.Request("POST", "/", List.of("Host: h"), "10.0.0.1"));

      Explanation.Tracing tracing =
          Objects.requireNonNull(Objects.requireNonNull(served.explanation()).tracing());
      Explanation.Recorded recorded = Objects.requireNonNull(tracing.recorded());
      assertThat(recorded.name()).isEqualTo("h");
      assertThat(recorded.tags())
          .contains(new Span.Tag("http.method", "POST"), new Span.Tag("peer.address", "10.0.0.1"));
    }
  }

  @Test
  void whatIsNoSingleRequest_isRefused() {
    Listener listener = gateway(NO_MUTATIONS);
    try (DataPlane plane = DataPlane.of(List.of(), listener)) {
      for (String target : Arrays.asList("", "/ b", "/ HTTP/1.1\r\n\r\nGET /")) {
        assertThat(
                decide(
                    plane,
                    listener,
                    new Rehearsal.Request("GET", target, List.of("Host: h"), "10.0.0.1")))
            .as(target)
            .isInstanceOf(Decided.Refused.class);
      }
    }
  }

  private static Decided decide(DataPlane plane, Listener listener, Rehearsal.Request request) {
    Rehearsal rehearsal =
        Rehearsal.of(listener, plane.clusters, plane.new Tracing(), plane.loops.next());
    return Objects.requireNonNull(rehearsal).decide(request);
  }

  private static Listener gateway(HeaderMutations mutations) {
    Route route =
        new Route(
            new Route.PathMatch.Prefix("/"),
            List.of(),
            "one",
            Duration.ZERO,
            null,
            null,
            "all",
            List.of(mutations));
    return Configurations.gateway(Configurations.http(List.of(route), ServerHeader.PASS_THROUGH));
  }

  private static Format format(String text) {
    return switch (Format.parse(text, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
