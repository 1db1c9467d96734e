package io.sidetrace.sidecar.export.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.export.ExampleSpan;
import io.sidetrace.sidecar.trace.TraceId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentEncoderTest {
  private static final String HEAD = "{\"format\":\"json\",\"version\":1}\n";

  @Test
  void segment_hasAllItsFields() {
    assertThat(
            encode(
                settings(
                    "seg",
                    "AWS::AppMesh::Proxy",
                    "{app_mesh: {mesh_name: m}, n: [1, 2.5, true, null, []], \"a\\\"\": {}}"),
                ExampleSpan.root()))
        .isEqualTo(
            HEAD
                + """
                {"name":"seg","id":"cdb868cdde5a23b2","trace_id":"1-6b07248c-00000000cdb868cdde5a23b2",
                "start_time":1795630220.430408,"end_time":1795630220.506519,
                "annotations":{"direction":"ingress","component":"proxy","response_flags":"-"},
                "http":{"request":{"x_forwarded_for":false,"method":"GET",
                "url":"http://svc.example/a?b=1","user_agent":"ua/1","client_ip":"127.0.0.1"},
                "response":{"status":200,"content_length":497}},
                "origin":"AWS::AppMesh::Proxy",
                "aws":{"app_mesh":{"mesh_name":"m"},"n":[1,2.5,true,null,[]],"a\\"":{}}}
                """
                    .replace("\n", ""));
  }

  @Test
  void requestToTheUpstream_isASubsegment() {
    assertThat(encode(settings("seg", "o", "{a: b}"), ExampleSpan.child()))
        .isEqualTo(
            HEAD
                + """
                {"name":"router app egress","id":"2821a59b2d2cd178",
                "trace_id":"1-6b07248c-00000000cdb868cdde5a23b2","parent_id":"cdb868cdde5a23b2",
                "start_time":1795630220.430408,"end_time":1795630220.506519,
                "annotations":{"direction":"egress","upstream_address":"127.0.0.1:8080"},
                "http":{"request":{"x_forwarded_for":false,"client_ip":"127.0.0.1:8080"},
                "response":{"status":200}},"type":"subsegment"}
                """
                    .replace("\n", ""));
  }

  @Test
  void narrowTraceId_isWidenedAsInTheHeader() {
    assertThat(encode(plain(), ExampleSpan.root().of(new TraceId(0, 0xabcL))))
        .contains("\"trace_id\":\"1-00000000-000000000000000000000abc\"");
  }

  @ParameterizedTest(name = "status {0}, error {1}: {2}")
  @CsvSource({
    "200, , ''",
    "404, , ',\"error\":true'",
    "429, , ',\"error\":true,\"throttle\":true'",
    "503, true, ',\"fault\":true'",
    "500, , ',\"fault\":true'",
    "0, true, ',\"fault\":true'",
    "200, true, ',\"fault\":true'",
    "200, false, ''"
  })
  void failures_areFlags(String status, String error, String flags) {
    ExampleSpan span = ExampleSpan.root().with("http.status_code", status);

    assertThat(encode(plain(), error == null ? span : span.with("error", error)))
        .contains("\"status\":" + status + ",")
        .endsWith("}}" + flags + "}");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "OK", "-1", "2e2", "007", "1234567890123456"})
  void statusThatIsNoNumber_isAnAnnotation(String status) {
    String datagram = encode(plain(), ExampleSpan.root().with("http.status_code", status));

    assertThat(datagram).contains("\"http.status_code\":\"" + status + "\"");
    assertThat(SegmentDocument.complaints(datagram)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "shop.example:8080, shop.example:8080",
    "se<g>!, seg",
    "a b/c_d%&#=+\\-@, a b/c_d%&#=+\\-@",
    "größe, größe",
    "<>, -"
  })
  void names_loseWhatXRayRefuses(String name, String cleaned) {
    assertThat(Names.cleaned(name)).isEqualTo(cleaned);
    assertThat(SegmentDocument.complaints(encode(settings(name, "", "{}"), ExampleSpan.root())))
        .isEmpty();
    assertThat(SegmentDocument.complaints(encode(plain(), ExampleSpan.child().named(name))))
        .isEmpty();
  }

  @Test
  void longNames_areCut() {
    assertThat(Names.cleaned("a".repeat(201))).hasSize(200);
    assertThat(Names.cleaned("<" + "a".repeat(300))).hasSize(200);
    assertThat(Names.cleaned("")).isEqualTo("-");
  }

  @Test
  void hostileTexts_areValidDocuments() {
    ExampleSpan span =
        ExampleSpan.root()
            .with("user_agent", "\u0000\"\\\r\n\ud800" + "x".repeat(5_000))
            .with("http.url", "/\u20ac\ud83d\ude80".repeat(600))
            .with("custom", "y".repeat(2_000))
            .named("\u0001<>");

    String datagram = encode(plain(), span);

    assertThat(SegmentDocument.complaints(datagram)).isEmpty();
    assertThat(datagram).contains("\"custom\":\"" + "y".repeat(1_000) + "\"");
  }

  @Test
  void segmentThatNoDatagramHolds_isRefused() {
    ExampleSpan span = ExampleSpan.root();
    for (int i = 0; i < 100; i++) {
      span = span.with("tag" + i, "z".repeat(1_000));
    }
    ExampleSpan large = span;

    assertThatThrownBy(() -> encode(plain(), large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("segment: 1\\d{5} bytes \\(expected: <= 64512\\)");
  }

  private static XRay plain() {
    return settings("seg", "", "{}");
  }

  private static XRay settings(String name, String origin, String aws) {
    Value.Mapping fields =
        DocumentParser.parse("{aws: " + aws + "}") instanceof Parsed.Document(var root)
                && root.fields().get("aws") instanceof Value.Mapping mapping
            ? mapping
            : Value.Mapping.EMPTY;
    return new XRay(
        name, new InetSocketAddress("127.0.0.1", 2000), XRay.DEFAULT_RULES, origin, fields);
  }

  private static String encode(XRay settings, ExampleSpan span) {
    var encoder = new SegmentEncoder(settings, settings.segmentName());
    ByteBuf out = Unpooled.buffer();
    encoder.open(out);
    encoder.encode(span.make(), 0, out);
    encoder.close(1, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
