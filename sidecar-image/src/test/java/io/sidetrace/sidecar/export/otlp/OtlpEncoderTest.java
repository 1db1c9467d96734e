package io.sidetrace.sidecar.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Annotation;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Parent;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages as OpenTelemetry's own classes read them, which hold every field and no other.
class OtlpEncoderTest {
  private static final TraceId TRACE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);

  private final OtlpEncoder encoder =
      new OtlpEncoder(
          new OtlpResource(Map.of("service.name", "service1", "k8s.pod.name", "p1"), "7"));

  @Test
  void spans_areWhole() throws Exception {
    Span server =
        new Span(
            new TraceContext(
                TRACE, 0xa2fb4a1d1a96d312L, 5, Sampling.SAMPLED, new Remark.TraceState("a=1,b=2")),
            Kind.SERVER,
            false,
            "checkStock",
            1_795_602_736_805_123L,
            1_500,
            List.of(new Tag("http.url", "http://a/?q=é"), new Tag("zone", "")),
            List.of(new Annotation(1_795_602_736_805_200L, "first_upstream_tx_byte_sent")));
    Span client =
        new Span(
            new TraceContext(new TraceId(0, 9), 9, 0, Sampling.DEBUG),
            Kind.CLIENT,
            false,
            "egress a",
            1,
            0,
            List.of(new Tag("error", "true"), new Tag("long", "x".repeat(20_000))),
            List.of());

    var spans =
        List.of(
            io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(bytes(0x463ac35c9f6413adL, 0x48485a3953bb6124L))
                .setSpanId(bytes(0xa2fb4a1d1a96d312L))
                .setParentSpanId(bytes(5))
                .setTraceState("a=1,b=2")
                .setFlags(0x301)
                .setName("checkStock")
                .setKind(SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1_795_602_736_805_123_000L)
                .setEndTimeUnixNano(1_795_602_736_806_623_000L)
                .addAttributes(attribute("http.url", "http://a/?q=é"))
                .addAttributes(attribute("zone", ""))
                .addEvents(
                    Event.newBuilder()
                        .setTimeUnixNano(1_795_602_736_805_200_000L)
                        .setName("first_upstream_tx_byte_sent"))
                .build(),
            io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(bytes(0, 9))
                .setSpanId(bytes(9))
                .setFlags(0x101)
                .setName("egress a")
                .setKind(SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(1_000)
                .setEndTimeUnixNano(1_000)
                .addAttributes(attribute("error", "true"))
                .addAttributes(attribute("long", "x".repeat(20_000)))
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .build());
    assertThat(request(server, client)).isEqualTo(expected(spans));
  }

  @Test
  void childOfOurOwnSpan_hasALocalParent() throws Exception {
    Span child =
        new Span(
            new TraceContext(TRACE, 3, 2, Sampling.SAMPLED),
            Kind.CLIENT,
            false,
            "router",
            1,
            1,
            List.of(),
            List.of(),
            Parent.LOCAL);

    assertThat(span(request(child)).getFlags()).isEqualTo(0x101);
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(Kind.CLIENT, new Tag("error", "true"), true),
        Arguments.of(Kind.CLIENT, new Tag("error", "no"), false),
        Arguments.of(Kind.CLIENT, new Tag("http.status_code", "399"), false),
        Arguments.of(Kind.CLIENT, new Tag("http.status_code", "400"), true),
        Arguments.of(Kind.CLIENT, new Tag("http.status_code", "500"), true),
        Arguments.of(Kind.CLIENT, new Tag("http.status_code", "0"), false),
        Arguments.of(Kind.CLIENT, new Tag("http.status_code", ""), false),
        Arguments.of(Kind.SERVER, new Tag("http.status_code", "499"), false),
        Arguments.of(Kind.SERVER, new Tag("http.status_code", "500"), true),
        Arguments.of(Kind.SERVER, new Tag("error", "true"), true),
        Arguments.of(Kind.SERVER, new Tag("http.method", "true"), false));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void status_isAnErrorAsInEnvoy(Kind kind, Tag tag, boolean error) throws Exception {
    Span span =
        new Span(
            new TraceContext(TRACE, 3, 2, Sampling.NOT_SAMPLED),
            kind,
            false,
            "",
            1,
            1,
            List.of(tag),
            List.of());

    var status = span(request(span)).getStatus().getCode();

    assertThat(status)
        .isEqualTo(
            error ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_UNSET);
    assertThat(span(request(span)).getFlags()).isEqualTo(0x300);
  }

  @Test
  void secondMessage_isAsWholeAsTheFirst() throws Exception {
    Span span =
        new Span(
            new TraceContext(TRACE, 3, 2, Sampling.SAMPLED),
            Kind.CLIENT,
            false,
            "a",
            1,
            1,
            List.of(),
            List.of());

    ExportTraceServiceRequest first = request(span);

    assertThat(request(span)).isEqualTo(first);
  }

  @Test
  void answers_sayWhatWasNotTaken() {
    assertThat(encoder.accepted(new byte[0])).isEqualTo(new Delivery.Accepted());
    assertThat(encoder.accepted(answer(0, ""))).isEqualTo(new Delivery.Accepted());
    assertThat(encoder.accepted(answer(7, "too old\n")))
        .isEqualTo(new Delivery.Accepted(7, "too old"));
    assertThat(encoder.accepted(answer(0, "use another endpoint")))
        .isEqualTo(new Delivery.Accepted(0, "use another endpoint"));
    assertThat(encoder.accepted(answer(-4, ""))).isEqualTo(new Delivery.Accepted());
    assertThat(encoder.accepted(answer(Long.MAX_VALUE, "")))
        .isEqualTo(new Delivery.Accepted(Integer.MAX_VALUE, ""));
    assertThat(encoder.accepted("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(new Delivery.Accepted());
  }

  private static byte[] answer(long rejected, String message) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }

  private static ExportTraceServiceRequest expected(
      List<io.opentelemetry.proto.trace.v1.Span> spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(attribute("k8s.pod.name", "p1"))
                        .addAttributes(attribute("service.name", "service1")))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(
                            InstrumentationScope.newBuilder().setName("sidetrace").setVersion("7"))
                        .addAllSpans(spans)))
        .build();
  }

  private ExportTraceServiceRequest request(Span... spans) throws Exception {
    ByteBuf out = Unpooled.buffer();
    encoder.open(out);
    for (int i = 0; i < spans.length; i++) {
      encoder.encode(spans[i], i, out);
    }
    encoder.close(spans.length, out);
    byte[] message = new byte[out.readableBytes()];
    out.readBytes(message);
    return ExportTraceServiceRequest.parseFrom(message);
  }

  private static io.opentelemetry.proto.trace.v1.Span span(ExportTraceServiceRequest request) {
    return request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString bytes(long... words) {
    var bytes = java.nio.ByteBuffer.allocate(Long.BYTES * words.length);
    for (long word : words) {
      bytes.putLong(word);
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
