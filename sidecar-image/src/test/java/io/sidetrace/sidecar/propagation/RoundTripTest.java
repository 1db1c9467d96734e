package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A service that speaks one format, a sidecar that bridges, a service that speaks another, and
/// back: one trace, with its parents and its decision.
final class RoundTripTest {
  private static final TraceId WIDE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final TraceId NARROW = new TraceId(0, 0x48485a3953bb6124L);
  private static final long SPAN = 0xa2fb4a1d1a96d312L;

  /// Formats without room for the high half of a trace's identifier.
  private static final Set<HeaderFormat> NARROW_ONES =
      EnumSet.of(HeaderFormat.LIGHTSTEP, HeaderFormat.OTTRACE);

  /// Formats that tell debug from sampled.
  private static final Set<HeaderFormat> WITH_DEBUG =
      EnumSet.of(HeaderFormat.B3, HeaderFormat.B3MULTI, HeaderFormat.JAEGER, HeaderFormat.DATADOG);

  /// Formats that can leave the decision open.
  private static final Set<HeaderFormat> WITH_DEFERRED =
      EnumSet.of(
          HeaderFormat.B3,
          HeaderFormat.B3MULTI,
          HeaderFormat.DATADOG,
          HeaderFormat.XRAY,
          HeaderFormat.OTTRACE);

  static Stream<Arguments> pairs() {
    return AllFormats.SPEAKING.stream()
        .flatMap(from ->
            AllFormats.SPEAKING.stream()
                .map(to -> argumentSet(from.label() + " to " + to.label(), from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void context_passesFromOneFormatToTheOther(HeaderFormat from, HeaderFormat to) {
    for (TraceId traceId : List.of(WIDE, NARROW)) {
      for (Sampling sampling : Sampling.values()) {
        FakeHeaders sent = written(from, new TraceContext(traceId, SPAN, 0, sampling));

        TraceContext received = context(from, sent);
        assertThat(received.traceId()).isEqualTo(kept(traceId, from));
        assertThat(received.spanId()).isEqualTo(SPAN);
        assertThat(received.sampling()).isEqualTo(kept(sampling, from));

        TraceContext bridged = context(to, written(to, received));
        assertThat(bridged.traceId()).isEqualTo(kept(kept(traceId, from), to));
        assertThat(bridged.spanId()).isEqualTo(SPAN);
        assertThat(bridged.sampling()).isEqualTo(kept(kept(sampling, from), to));
      }
    }
  }

  /// Whichever format stands first, the trace is whole: the other one of the same request has the
  /// high half.
  @ParameterizedTest
  @MethodSource("pairs")
  void highHalf_isFoundInTheOtherFormat(HeaderFormat first, HeaderFormat second) {
    if (NARROW_ONES.contains(first) && NARROW_ONES.contains(second)) {
      return;
    }
    var context = new TraceContext(WIDE, SPAN, 0, Sampling.SAMPLED);
    List<HeaderFormat> both = first == second ? List.of(first) : List.of(first, second);
    Propagation propagation = AllFormats.propagation(both, both, new MalformedContexts());
    FakeHeaders request = FakeHeaders.of();
    propagation.inject(context, FakeHeaders.of(), request);

    Hop hop = Hop.through(propagation, request);

    assertThat(hop.span().traceId()).isEqualTo(WIDE);
    assertThat(hop.span().parentId()).isEqualTo(SPAN);
    assertThat(context(first, hop.upstream()).spanId()).isEqualTo(Hop.SPAN_ID);
    assertThat(context(second, hop.upstream()).spanId()).isEqualTo(Hop.SPAN_ID);
  }

  /// All of whose bits stand in the high half.
  @ParameterizedTest
  @EnumSource(names = {"DATADOG", "LIGHTSTEP", "OTTRACE"})
  void traceThatHasNoLowHalf_isNotToldInFormatsOf64Bits(HeaderFormat format) {
    FakeHeaders request = written(format, new TraceContext(WIDE, SPAN, 0, Sampling.SAMPLED));
    FakeHeaders upstream = request.copy();

    AllFormats.only(format)
        .inject(new TraceContext(new TraceId(7, 0), SPAN, 0, Sampling.SAMPLED), request, upstream);

    assertThat(upstream.asMap()).isEmpty();
  }

  private static FakeHeaders written(HeaderFormat format, TraceContext context) {
    FakeHeaders upstream = FakeHeaders.of();
    AllFormats.only(format).inject(context, FakeHeaders.of(), upstream);
    return upstream;
  }

  private static TraceContext context(HeaderFormat format, FakeHeaders headers) {
    if (AllFormats.only(format).extract(headers) instanceof Context(TraceContext context)) {
      return context;
    }
    throw new AssertionError(format + ": " + headers.asMap() + " (expected: a context)");
  }

  private static TraceId kept(TraceId traceId, HeaderFormat format) {
    return NARROW_ONES.contains(format) ? new TraceId(0, traceId.low()) : traceId;
  }

  private static Sampling kept(Sampling sampling, HeaderFormat format) {
    return switch (sampling) {
      case SAMPLED, NOT_SAMPLED -> sampling;
      case DEBUG -> WITH_DEBUG.contains(format) ? sampling : Sampling.SAMPLED;
      case DEFERRED -> WITH_DEFERRED.contains(format) ? sampling : Sampling.NOT_SAMPLED;
    };
  }
}
