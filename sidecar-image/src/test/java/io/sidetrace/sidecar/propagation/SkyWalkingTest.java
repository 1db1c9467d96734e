package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SkyWalkingTest {
  private static final TraceId WIDE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);

  /// As the agents write it.
  private static final String AGENT =
      sw8("1", "d79a.38.1615", "0b5a.38.1616", "3", "cart", "cart-1", "/cart", "10.1.1.1:8080");

  private final SkyWalking format = new SkyWalking("shop", "shop-1");

  private static String sw8(String... parts) {
    return Arrays.stream(parts)
        .map(part -> part.matches("[0-9]?") ? part : base64(part))
        .collect(Collectors.joining("-"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private TraceContext read(String text) {
    if (format.extract(FakeHeaders.of("sw8", text)) instanceof Context(TraceContext context)) {
      return context;
    }
    throw new AssertionError(format.extract(FakeHeaders.of("sw8", text)));
  }

  @Test
  void contextOfAnAgent_isReadWithAllThatIsSaid() {
    TraceContext context = read(AGENT);

    assertThat(context.sampling()).isEqualTo(Sampling.SAMPLED);
    assertThat(context.remark())
        .isEqualTo(
            new Remark.SkyWalking(
                "d79a.38.1615", "0b5a.38.1616", 3, "cart", "cart-1", "/cart", "10.1.1.1:8080"));
  }

  /// Hashes of texts, which must be the same in every sidecar, of every version.
  @Test
  void identifiersThatAreTexts_haveHashesThatNeverChange() {
    TraceContext context = read(AGENT);

    assertThat(context.traceId().format()).isEqualTo("55c460450b46b4c405a7d480298b4f0a");
    assertThat(Long.toHexString(context.spanId())).isEqualTo("9547def977b4806d");
    assertThat(read(AGENT.replace("-3-", "-4-")).spanId()).isNotEqualTo(context.spanId());
  }

  @Test
  void contextOfAnAgent_goesOnUnderItsOwnText() {
    Hop hop = Hop.through(format, FakeHeaders.of("sw8", AGENT, "sw8-correlation", "a:b"));

    String traceId = hop.span().traceId().format();
    assertThat(hop.upstream().asMap())
        .hasSize(2)
        .containsEntry("sw8-correlation", "a:b")
        .containsEntry(
            "sw8",
            sw8(
                "1",
                "d79a.38.1615",
                traceId + "-00fb4a1d1a96d312",
                "0",
                "shop",
                "shop-1",
                "/shop/cart?item=7",
                "shop.example:8080"));
  }

  @ParameterizedTest
  @CsvSource({
    "463ac35c9f6413ad48485a3953bb6124, 463ac35c9f6413ad48485a3953bb6124",
    "463AC35C9F6413AD48485A3953BB6124, 463ac35c9f6413ad48485a3953bb6124",
    "48485a3953bb6124, 48485a3953bb6124",
  })
  void identifiersThatAreOurs_comeBack(String text, String traceId) {
    var remark =
        sw8("1", text, traceId + "-00fb4a1d1a96d312", "0", "cart", "cart-1", "/cart", "cart:80");

    TraceContext context = read(remark);

    assertThat(context.traceId().format()).isEqualTo(traceId);
    assertThat(context.spanId()).isEqualTo(0x00fb4a1d1a96d312L);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another span of the segment, 463ac35c9f6413ad48485a3953bb6124-00fb4a1d1a96d312, 1",
    "another trace's, 463ac35c9f6413ad48485a3953bb6125-00fb4a1d1a96d312, 0",
    "of zero, 463ac35c9f6413ad48485a3953bb6124-0000000000000000, 0",
    "of capital digits, 463ac35c9f6413ad48485a3953bb6124-00FB4A1D1A96D312, 0",
    "longer, 463ac35c9f6413ad48485a3953bb6124-00fb4a1d1a96d3120, 0",
  })
  void segmentsThatAreNotOurs_areHashed(String name, String segment, String index) {
    TraceContext context =
        read(sw8("1", WIDE.format(), segment, index, "cart", "cart-1", "/cart", "cart:80"));

    assertThat(context.traceId()).isEqualTo(WIDE);
    assertThat(context.spanId()).isNotZero().isNotEqualTo(0x00fb4a1d1a96d312L);
  }

  @Test
  void contextOfAnotherFormat_isWritten() {
    FakeHeaders upstream = FakeHeaders.of();

    new SkyWalking("", "")
        .inject(new TraceContext(WIDE, 1, 7, Sampling.NOT_SAMPLED), FakeHeaders.of(), upstream);

    assertThat(upstream.first("sw8"))
        .isEqualTo(
            sw8(
                "0",
                "463ac35c9f6413ad48485a3953bb6124",
                "463ac35c9f6413ad48485a3953bb6124-0000000000000001",
                "0",
                "-",
                "-",
                "/shop/cart?item=7",
                "shop.example:8080"));
  }

  @Test
  void unsampledContext_isRead() {
    assertThat(read("0" + AGENT.substring(1)).sampling()).isEqualTo(Sampling.NOT_SAMPLED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "1, TRUNCATED",
    "1-YQ==-Yg==-0-Yw==-ZA==-ZQ==, TRUNCATED",
    "1-YQ==-Yg==-0-Yw==-ZA==-ZQ==-Zg==-, TRAILING_TEXT",
    "2-YQ==-Yg==-0-Yw==-ZA==-ZQ==-Zg==, SAMPLING_UNKNOWN",
    "-YQ==-Yg==-0-Yw==-ZA==-ZQ==-Zg==, SAMPLING_UNKNOWN",
    "1-!-Yg==-0-Yw==-ZA==-ZQ==-Zg==, NOT_BASE64",
    "1-YQ==-Y-0-Yw==-ZA==-ZQ==-Zg==, NOT_BASE64",
    "1-YQ==-Yg==-0-Yw==-ZA==-ZQ==-Z, NOT_BASE64",
    "1--Yg==-0-Yw==-ZA==-ZQ==-Zg==, TRACE_ID_MISSING",
    "1-YQ==--0-Yw==-ZA==-ZQ==-Zg==, SPAN_ID_MISSING",
    "1-YQ==-Yg==--Yw==-ZA==-ZQ==-Zg==, SPAN_ID_NOT_DECIMAL",
    "1-YQ==-Yg==-x-Yw==-ZA==-ZQ==-Zg==, SPAN_ID_NOT_DECIMAL",
    "1-YQ==-Yg==-1234567890-Yw==-ZA==-ZQ==-Zg==, SPAN_ID_NOT_DECIMAL",
  })
  void malformed_isRefusedWithItsReason(String text, Malformation reason) {
    Hop hop = Hop.through(format, FakeHeaders.of("sw8", text));

    assertThat(hop.extracted()).isEqualTo(new Malformed("sw8", reason, Sampling.DEFERRED));
    assertThat(read(hop.upstream().first("sw8")).traceId()).isEqualTo(Hop.NEW_TRACE);
  }

  @Test
  void longText_isRefused() {
    assertThat(format.extract(FakeHeaders.of("sw8", AGENT + "A".repeat(2048))))
        .isEqualTo(new Malformed("sw8", Malformation.TOO_LONG, Sampling.DEFERRED));
    assertThat(format.extract(FakeHeaders.of())).isEqualTo(new Extracted.Absent());
  }
}
