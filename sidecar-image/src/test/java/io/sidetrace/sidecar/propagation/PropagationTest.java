package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Absent;
import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.propagation.MalformedContexts.Kind;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PropagationTest {
  private static final Extracted CONTEXT =
      new Context(new TraceContext(new TraceId(0, 1), 2, 0, Sampling.SAMPLED));
  private static final Extracted BROKEN =
      new Malformed("first", Malformation.TOO_LONG, Sampling.DEFERRED);
  private static final Extracted BROKEN_TOO =
      new Malformed("second", Malformation.EMPTY, Sampling.DEFERRED);

  private final MalformedContexts malformed = new MalformedContexts();

  @Test
  void firstFormatThatKnows_answers() {
    Extracted samplingOnly = new SamplingOnly(Sampling.NOT_SAMPLED);

    assertThat(extract(new Absent(), CONTEXT, samplingOnly)).isEqualTo(CONTEXT);
    assertThat(extract(samplingOnly, CONTEXT)).isEqualTo(samplingOnly);
    assertThat(extract(new Absent(), new Absent())).isEqualTo(new Absent());
    assertThat(malformed.snapshot()).isEmpty();
  }

  @Test
  void malformedContext_isCountedAndPassedOver() {
    assertThat(extract(BROKEN, CONTEXT)).isEqualTo(CONTEXT);
    assertThat(extract(BROKEN, BROKEN_TOO)).isEqualTo(BROKEN);

    assertThat(malformed.snapshot())
        .isEqualTo(
            Map.of(
                new Kind("first", Malformation.TOO_LONG), 2L,
                new Kind("second", Malformation.EMPTY), 1L));
  }

  @Test
  void everyFormatOfTheInjectList_writes() {
    var propagation =
        new Propagation(
            List.of(), List.of(new Fixed("a", CONTEXT), new Fixed("b", CONTEXT)), true, malformed);
    FakeHeaders upstream = FakeHeaders.of();

    propagation.inject(
        new TraceContext(new TraceId(0, 1), 2, 0, Sampling.SAMPLED), FakeHeaders.of(), upstream);

    assertThat(upstream.asMap()).containsOnlyKeys("a", "b");
  }

  private Extracted extract(Extracted... answers) {
    List<ContextFormat> formats =
        java.util.Arrays.stream(answers)
            .<ContextFormat>map(answer -> new Fixed("x", answer))
            .toList();
    return new Propagation(formats, List.of(), true, malformed).extract(FakeHeaders.of());
  }

  /// A format that always reads the same and writes one field.
  private record Fixed(String field, Extracted answer) implements ContextFormat {
    @Override
    public String name() {
      return field;
    }

    @Override
    public Extracted extract(ReceivedRequest request) {
      return answer;
    }

    @Override
    public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
      upstream.set(field, "written");
    }
  }
}
