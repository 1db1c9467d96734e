package io.sidetrace.sidecar.export.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Annotation;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.codec.SpanBytesDecoder;

/// What Zipkin's own reader makes of the bytes.
final class ProtobufEncoderTest {
  private static final TraceContext ROOT =
      new TraceContext(
          new TraceId(0, 0x3f840752274a2519L), 0x3f840752274a2519L, 0, Sampling.SAMPLED);
  private static final TraceContext CHILD =
      new TraceContext(
          new TraceId(0x6b07258dc2b36a9fL, 0xc4be2c925fd957f2L),
          0x1d0d507da4746c2dL,
          0xd041b7e36b07258aL,
          Sampling.SAMPLED);
  private static final List<Tag> TAGS =
      List.of(new Tag("http.method", "GET"), new Tag("user_agent", "Bücher \uD83D\uDCDA"));

  @Test
  void client_isReadBackWhole() {
    Span span =
        new Span(
            CHILD,
            Kind.CLIENT,
            false,
            "checkstock",
            1_767_323_045_000_001L,
            1_500,
            TAGS,
            List.of(new Annotation(1_767_323_045_000_100L, "first_upstream_tx_byte_sent")));

    assertThat(read("10.1.2.3", span))
        .containsExactly(
            zipkin2.Span.newBuilder()
                .traceId("6b07258dc2b36a9fc4be2c925fd957f2")
                .parentId("d041b7e36b07258a")
                .id("1d0d507da4746c2d")
                .kind(zipkin2.Span.Kind.CLIENT)
                .name("checkstock")
                .timestamp(1_767_323_045_000_001L)
                .duration(1_500)
                .localEndpoint(Endpoint.newBuilder().serviceName("service1").ip("10.1.2.3").build())
                .addAnnotation(1_767_323_045_000_100L, "first_upstream_tx_byte_sent")
                .putTag("http.method", "GET")
                .putTag("user_agent", "Bücher \uD83D\uDCDA")
                .build());
  }

  @Test
  void rootServer_hasNoParentAndAtLeastOneMicrosecond() {
    Span span = new Span(ROOT, Kind.SERVER, false, "", 5, 0, List.of(), List.of());

    assertThat(read("10.1.2.3", span))
        .containsExactly(
            zipkin2.Span.newBuilder()
                .traceId("3f840752274a2519")
                .id("3f840752274a2519")
                .kind(zipkin2.Span.Kind.SERVER)
                .timestamp(5)
                .duration(1)
                .localEndpoint(Endpoint.newBuilder().serviceName("service1").ip("10.1.2.3").build())
                .build());
  }

  @Test
  void sharedSpan_saysSo() {
    Span span = new Span(CHILD, Kind.SERVER, true, "x", 5, 1, List.of(), List.of());

    assertThat(read("10.1.2.3", span)).singleElement().matches(read -> read.shared());
  }

  @Test
  void addressOfIpv6_isReadBack() {
    Span span = new Span(ROOT, Kind.SERVER, false, "x", 5, 1, List.of(), List.of());

    assertThat(read("2001:db8::c001", span).getFirst().localEndpoint().ipv6())
        .isEqualTo("2001:db8::c001");
  }

  @Test
  void severalSpans_areOneList() {
    Span one = new Span(ROOT, Kind.CLIENT, false, "one", 5, 1, TAGS, List.of());
    Span two = new Span(CHILD, Kind.SERVER, false, "t".repeat(300), 5, 1, TAGS, List.of());

    assertThat(read("10.1.2.3", one, two))
        .extracting(zipkin2.Span::name)
        .containsExactly("one", "t".repeat(300));
  }

  private static List<zipkin2.Span> read(String address, Span... spans) {
    var encoder =
        new ProtobufEncoder(new LocalEndpoint("service1", InetAddress.ofLiteral(address)));
    ByteBuf message = Unpooled.buffer();
    encoder.open(message);
    for (int i = 0; i < spans.length; i++) {
      encoder.encode(spans[i], i, message);
    }
    encoder.close(spans.length, message);
    byte[] bytes = new byte[message.readableBytes()];
    message.readBytes(bytes).release();
    return SpanBytesDecoder.PROTO3.decodeList(bytes);
  }
}
