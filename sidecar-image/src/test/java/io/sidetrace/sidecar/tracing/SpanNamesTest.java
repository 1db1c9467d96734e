package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.format.FakeFacts;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.Surroundings;
import io.sidetrace.sidecar.propagation.FakeHeaders;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End;
import io.sidetrace.sidecar.tracing.RouteOverride.Decorator;
import io.sidetrace.sidecar.tracing.TracerFixture.Exchange;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import io.sidetrace.sidecar.tracing.TracingSettings.Spans;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Names and tags by format strings, as observed on Envoy 1.40.
final class SpanNamesTest {
  private static final String FIELD = "x-envoy-decorator-operation";
  private static final SpanNames MANAGER = names("op %RESPONSE_CODE%", "up %REQ(A)%");

  @Test
  void names_areMadeWhenSpansEnd() {
    TracerFixture tracer = tracer(MANAGER, List.of());

    finish(tracer, null);

    assertThat(tracer.spans).extracting(Span::name).containsExactly("op 201", "up b");
  }

  @Test
  void routesName_replacesTheManagers() {
    TracerFixture tracer = tracer(MANAGER, List.of());

    finish(tracer, new RouteOverride(null, List.of(), null, names("route", null)));

    assertThat(tracer.spans).extracting(Span::name).containsExactly("route", "up b");
  }

  @Test
  void emptyName_leavesAuthorityAndEnvoysName() {
    TracerFixture tracer = tracer(names("%REQ(NO)%", "%REQ(NO)%"), List.of());

    finish(tracer, new RouteOverride(null, List.of(), new Decorator("dec", true), SpanNames.NONE));

    assertThat(tracer.spans)
        .extracting(Span::name)
        .containsExactly("example.test:8000", "router app egress");
  }

  @ParameterizedTest
  @EnumSource
  void formattedName_putsDecoratorsOutOfForce(Direction direction) {
    Spans plain = TracerFixture.spans(direction);
    TracerFixture tracer = tracer(plain, names("op", null), List.of());

    Exchange exchange =
        tracer.exchange(
            FakeRequest.with(FIELD, "theirs"),
            new RouteOverride(null, List.of(), new Decorator("dec", true), SpanNames.NONE),
            FakeHeaders.of(FIELD, "answer"));

    assertThat(tracer.onlySpan().name()).isEqualTo("op");
    assertThat(exchange.upstream()).containsEntry(FIELD, "theirs");
    assertThat(exchange.downstream()).containsEntry(FIELD, "answer");
  }

  @Test
  void formattedTags_areOnBothSpansAndMayBeOverridden() {
    List<CustomTag> manager =
        List.of(
            new CustomTag.Formatted("code", format("%RESPONSE_CODE%-%REQ(A)%")),
            new CustomTag.Formatted("other", format("manager")),
            new CustomTag.Formatted("empty", format("%REQ(NO)%")));
    TracerFixture tracer = tracer(SpanNames.NONE, manager);

    finish(
        tracer,
        new RouteOverride(
            null,
            List.of(new CustomTag.Formatted("other", format("route"))),
            null,
            SpanNames.NONE));

    for (Span span : tracer.spans) {
      assertThat(TracerFixture.tags(span))
          .containsEntry("code", "201-b")
          .containsEntry("other", "route")
          .doesNotContainKey("empty");
    }
  }

  private static void finish(TracerFixture tracer, @Nullable RouteOverride route) {
    FakeFacts facts = new FakeFacts().request("a", "b").with(NumberFact.RESPONSE_CODE, 201);
    tracer
        .start(FakeRequest.with(), route)
        .trace()
        .finish(
            new Outcome(
                201,
                0,
                5,
                "-",
                "app",
                new Attempt("127.0.0.1:9080", new End.Answered(201)),
                facts));
  }

  private static TracerFixture tracer(SpanNames names, List<CustomTag> tags) {
    Spans plain =
        TracerFixture.spans(Direction.OUTBOUND, new SpanIds(true, false, true), List.of());
    return tracer(plain, names, tags);
  }

  private static TracerFixture tracer(Spans plain, SpanNames names, List<CustomTag> tags) {
    return new TracerFixture(
        RequestIds.DEFAULTS,
        new Spans(
            plain.direction(),
            plain.sampling(),
            tags,
            plain.healthCheck(),
            plain.nodeId(),
            plain.zone(),
            plain.maxPathTagLength(),
            plain.verbose(),
            plain.dialect(),
            plain.spawnUpstreamSpan(),
            names));
  }

  private static SpanNames names(String request, @Nullable String upstream) {
    return new SpanNames(format(request), upstream == null ? null : format(upstream));
  }

  private static Format format(String text) {
    return switch (Format.parse(text, new Surroundings("", Map.of()))) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
