package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The texts are those that the binary propagator of `lightstep` 4.4.8 for Python writes.
final class LightStepTest {
  private static final TraceId TRACE = new TraceId(0, 0x48485a3953bb6124L);
  private static final long SPAN = 0xa2fb4a1d1a96d312L;

  private final LightStep format = new LightStep();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "sampled, EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ==, SAMPLED",
    "without padding, EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ, SAMPLED",
    "with baggage, EhwJJGG7UzlaSEgREtOWGh1K+6IYASIGCgFrEgF2, SAMPLED",
    "not sampled, EhoJJGG7UzlaSEgREtOWGh1K+6IiBgoBaxIBdg==, NOT_SAMPLED",
  })
  void context_isRead(String name, String text, Sampling sampling) {
    assertThat(format.extract(FakeHeaders.of("x-ot-span-context", text)))
        .isEqualTo(new Context(new TraceContext(TRACE, SPAN, 0, sampling)));
  }

  @Test
  void context_isWrittenAsThere() {
    assertThat(written(Sampling.SAMPLED)).isEqualTo("EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ==");
    assertThat(written(Sampling.DEBUG)).isEqualTo("EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ==");
    assertThat(written(Sampling.NOT_SAMPLED)).isEqualTo("EhIJJGG7UzlaSEgREtOWGh1K+6I=");
    assertThat(written(Sampling.DEFERRED)).isEqualTo("EhIJJGG7UzlaSEgREtOWGh1K+6I=");
  }

  private String written(Sampling sampling) {
    FakeHeaders upstream = FakeHeaders.of();
    format.inject(new TraceContext(TRACE, SPAN, 0, sampling), FakeHeaders.of(), upstream);
    return upstream.first("x-ot-span-context");
  }

  @Test
  void baggage_goesOnWithItsTraceOnly() {
    FakeHeaders request =
        FakeHeaders.of("x-ot-span-context", "EhwJJGG7UzlaSEgREtOWGh1K+6IYASIGCgFrEgF2");
    FakeHeaders same = request.copy();
    FakeHeaders other = request.copy();

    format.inject(new TraceContext(TRACE, SPAN, 0, Sampling.NOT_SAMPLED), request, same);
    format.inject(
        new TraceContext(new TraceId(0, 1), SPAN, 0, Sampling.NOT_SAMPLED), request, other);

    assertThat(same.first("x-ot-span-context"))
        .isEqualTo("EhoJJGG7UzlaSEgREtOWGh1K+6IiBgoBaxIBdg==");
    assertThat(other.first("x-ot-span-context")).isEqualTo("EhIJAQAAAAAAAAAREtOWGh1K+6I=");
  }

  @Test
  void longBaggage_staysAsItCame() {
    String baggage = "22" + "c801" + "0a016b" + "12c201" + "76".repeat(194);
    String basic = "096124bb53395a484811" + "12d3961a1d4afba2" + baggage;
    byte[] carrier = HexFormat.of().parseHex("12" + "dd01" + basic);
    String text = Base64.getEncoder().encodeToString(carrier);

    Hop hop = Hop.through(format, FakeHeaders.of("x-ot-span-context", text));

    byte[] sent = Base64.getDecoder().decode(hop.upstream().first("x-ot-span-context"));
    assertThat(HexFormat.of().formatHex(sent)).endsWith(baggage);
    assertThat(format.extract(hop.upstream())).isInstanceOf(Context.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, '', EMPTY",
    "junk, '!!', NOT_BASE64",
    "one character of four, EhQJJ, NOT_BASE64",
    "too little padding, EhQJJGG7UzlaSEgREtOWGh1K+6IYAQ=, NOT_BASE64",
    "padding inside, EhQ=JGG7UzlaSEgREtOWGh1K+6IYAQ==, NOT_BASE64",
    "the alphabet of URLs, EhQJJGG7UzlaSEgREtOWGh1K-6IYAQ==, NOT_BASE64",
    "no message, /////w==, NOT_PROTOBUF",
    "a length beyond the end, EhU=, NOT_PROTOBUF",
    "a context cut short, EgUJJGG7Uw==, NOT_PROTOBUF",
    "a group, EwEC, NOT_PROTOBUF",
    "a field 0, AgA=, NOT_PROTOBUF",
    "no context, CgA=, TRACE_ID_ZERO",
    "an empty context, EgA=, TRACE_ID_ZERO",
    "no span, EgkJJGG7UzlaSEg=, SPAN_ID_ZERO",
  })
  void malformed_isRefusedWithItsReason(String name, String text, Malformation reason) {
    Hop hop = Hop.through(format, FakeHeaders.of("x-ot-span-context", text));

    assertThat(hop.extracted())
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.reason()).isEqualTo(reason));
    assertThat(format.extract(hop.upstream()))
        .isInstanceOfSatisfying(
            Context.class,
            context ->
                assertThat(context.context().traceId())
                    .isEqualTo(new TraceId(0, Hop.NEW_TRACE.low())));
  }

  @Test
  void longText_isRefused() {
    assertThat(format.extract(FakeHeaders.of("x-ot-span-context", "A".repeat(8196))))
        .isEqualTo(new Malformed("lightstep", Malformation.TOO_LONG, Sampling.DEFERRED));
    assertThat(format.extract(FakeHeaders.of())).isEqualTo(new Extracted.Absent());
  }
}
