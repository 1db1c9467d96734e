package io.sidetrace.sidecar.export.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Annotation;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonEncodersTest {
  private static final LocalEndpoint SERVICE1 =
      new LocalEndpoint("service1", InetAddress.ofLiteral("10.1.2.3"));
  private static final TraceContext ROOT =
      new TraceContext(new TraceId(0, 0xabcL), 0xabcL, 0, Sampling.SAMPLED);
  private static final TraceContext CHILD =
      new TraceContext(new TraceId(0x11L, 0xabcL), 0x2L, 0x1L, Sampling.SAMPLED);

  @Test
  void v2Client_hasAllItsFields() {
    Span span =
        new Span(
            CHILD,
            Kind.CLIENT,
            false,
            "checkStock",
            1_767_323_045_000_001L,
            1_500,
            List.of(new Tag("http.method", "GET"), new Tag("error", "true")),
            List.of(new Annotation(1_767_323_045_000_100L, "first_upstream_tx_byte_sent")));

    assertThat(encode(new JsonV2Encoder(SERVICE1), span))
        .isEqualTo(
            oneLine(
                """
                {"traceId":"00000000000000110000000000000abc","parentId":"0000000000000001",
                "id":"0000000000000002","kind":"CLIENT","name":"checkStock",
                "timestamp":1767323045000001,"duration":1500,
                "localEndpoint":{"serviceName":"service1","ipv4":"10.1.2.3","port":0},
                "tags":{"http.method":"GET","error":"true"},
                "annotations":[{"timestamp":1767323045000100,"value":"first_upstream_tx_byte_sent"}]}
                """));
  }

  @Test
  void v2Root_hasNoParentAndAtLeastOneMicrosecond() {
    Span span = bare(ROOT, Kind.SERVER, false, 0);

    assertThat(encode(new JsonV2Encoder(SERVICE1), span))
        .isEqualTo(
            oneLine(
                """
                {"traceId":"0000000000000abc","id":"0000000000000abc","kind":"SERVER","name":"a",
                "timestamp":1000,"duration":1,
                "localEndpoint":{"serviceName":"service1","ipv4":"10.1.2.3","port":0}}
                """));
  }

  @Test
  void v2Shared_saysSo() {
    assertThat(encode(new JsonV2Encoder(SERVICE1), bare(CHILD, Kind.SERVER, true, 5)))
        .endsWith(",\"shared\":true}");
  }

  @Test
  void ipv6Endpoint_isNamedSo() {
    LocalEndpoint endpoint = new LocalEndpoint("service1", InetAddress.ofLiteral("fd00::1"));

    assertThat(encode(new JsonV2Encoder(endpoint), bare(ROOT, Kind.SERVER, false, 5)))
        .endsWith(
            "\"localEndpoint\":{\"serviceName\":\"service1\",\"ipv6\":\"fd00:0:0:0:0:0:0:1\",\"port\":0}}");
  }

  @Test
  void v1Client_hasAllItsFields() {
    Span span =
        new Span(
            CHILD,
            Kind.CLIENT,
            false,
            "checkStock",
            1_000,
            50,
            List.of(new Tag("http.method", "GET")),
            List.of(new Annotation(1_010, "first_upstream_tx_byte_sent")));

    assertThat(encode(new JsonV1Encoder(SERVICE1), span))
        .isEqualTo(
            oneLine(
                """
                {"traceId":"00000000000000110000000000000abc","name":"checkStock",
                "id":"0000000000000002","parentId":"0000000000000001",
                "timestamp":1000,"duration":50,"annotations":[
                {"timestamp":1000,"value":"cs","endpoint":ENDPOINT},
                {"timestamp":1010,"value":"first_upstream_tx_byte_sent","endpoint":ENDPOINT},
                {"timestamp":1050,"value":"cr","endpoint":ENDPOINT}],
                "binaryAnnotations":[{"key":"http.method","value":"GET","endpoint":ENDPOINT}]}
                """));
  }

  @Test
  void v1Server_hasTimesUnlessItSharesTheClientsSpan() {
    JsonV1Encoder encoder = new JsonV1Encoder(SERVICE1);
    String annotations =
        oneLine(
            """
            "annotations":[{"timestamp":1000,"value":"sr","endpoint":ENDPOINT},
            {"timestamp":1005,"value":"ss","endpoint":ENDPOINT}],"binaryAnnotations":[]}
            """);

    assertThat(encode(encoder, bare(ROOT, Kind.SERVER, false, 5)))
        .isEqualTo(
            "{\"traceId\":\"0000000000000abc\",\"name\":\"a\",\"id\":\"0000000000000abc\","
                + "\"timestamp\":1000,\"duration\":5,"
                + annotations);
    assertThat(encode(encoder, bare(CHILD, Kind.SERVER, true, 5)))
        .endsWith("\"parentId\":\"0000000000000001\"," + annotations);
  }

  @Test
  void spanThatFails_leavesNothingForTheNext() {
    JsonV2Encoder encoder = new JsonV2Encoder(SERVICE1);
    Span good = bare(ROOT, Kind.SERVER, false, 5);
    Span bad = new Span(ROOT, Kind.SERVER, false, "a", -1, 5, good.tags(), good.annotations());

    assertThatThrownBy(() -> encode(encoder, bad)).isInstanceOf(IllegalArgumentException.class);
    assertThat(encode(encoder, good)).isEqualTo(encode(new JsonV2Encoder(SERVICE1), good));
  }

  private static Span bare(TraceContext context, Kind kind, boolean shared, long micros) {
    return new Span(context, kind, shared, "a", 1_000, micros, List.of(), List.of());
  }

  private static String oneLine(String text) {
    return text.replace("\n", "")
        .replace("ENDPOINT", "{\"serviceName\":\"service1\",\"ipv4\":\"10.1.2.3\",\"port\":0}");
  }

  private static String encode(SpanEncoder encoder, Span span) {
    ByteBuf out = Unpooled.buffer();
    encoder.encode(span, 0, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
