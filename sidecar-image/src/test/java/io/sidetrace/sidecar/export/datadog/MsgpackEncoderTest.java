package io.sidetrace.sidecar.export.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.export.ExampleSpan;
import io.sidetrace.sidecar.export.MessageFields.Field;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MsgpackEncoderTest {
  private static final TraceId OTHER = new TraceId(0, 0xabcL);

  private final MsgpackEncoder encoder =
      new MsgpackEncoder("svc", new TracerProcess("9d6887f1-67f1-4809-ade8-e4aba5f62e23", 21));

  @Test
  void root_hasAllItsFields() {
    assertThat(only(ExampleSpan.root()))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("service", "svc"),
                Map.entry("name", "envoy.proxy"),
                Map.entry("type", "web"),
                Map.entry("resource", "ingress"),
                Map.entry("trace_id", 0xcdb868cdde5a23b2L),
                Map.entry("span_id", 0xcdb868cdde5a23b2L),
                Map.entry("parent_id", 0L),
                Map.entry("start", 1_795_630_220_430_408_000L),
                Map.entry("duration", 76_111_000L),
                Map.entry("error", 0L),
                Map.entry(
                    "meta",
                    Map.ofEntries(
                        Map.entry("language", "java"),
                        Map.entry("runtime-id", "9d6887f1-67f1-4809-ade8-e4aba5f62e23"),
                        Map.entry("span.kind", "server"),
                        Map.entry("http.method", "GET"),
                        Map.entry("http.url", "http://svc.example/a?b=1"),
                        Map.entry("user_agent", "ua/1"),
                        Map.entry("peer.address", "127.0.0.1"),
                        Map.entry("response_size", "497"),
                        Map.entry("component", "proxy"),
                        Map.entry("http.status_code", "200"),
                        Map.entry("response_flags", "-"),
                        Map.entry("_dd.p.tid", "6b07248c00000000"))),
                Map.entry("metrics", Map.of("process_id", 21.0, "_sampling_priority_v1", 1.0))));
  }

  @Test
  void spansOfOneRequest_shareAChunk_whoseFirstSpeaksForTheTrace() {
    List<List<Map<String, Object>>> chunks = encode(ExampleSpan.root(), ExampleSpan.child());

    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst()).hasSize(2);
    assertThat(chunks.getFirst().getLast())
        .containsEntry("parent_id", 0xcdb868cdde5a23b2L)
        .containsEntry("resource", "router app egress")
        .containsEntry("metrics", Map.of("process_id", 21.0));
    assertThat(meta(chunks.getFirst().getLast()))
        .containsEntry("span.kind", "client")
        .doesNotContainKey("_dd.p.tid");
  }

  @Test
  void traces_areChunks_andCounted() {
    ExampleSpan root = ExampleSpan.root();
    List<List<Map<String, Object>>> chunks =
        encode(root, root.of(OTHER), root.of(OTHER), root, ExampleSpan.child());

    assertThat(chunks.stream().map(List::size)).containsExactly(1, 2, 2);
    assertThat(encoder.closedFields()).containsExactly(new Field("x-datadog-trace-count", "3"));
    assertThat(meta(chunks.get(1).getFirst())).doesNotContainKey("_dd.p.tid");
  }

  @Test
  void nextMessage_countsAnew() {
    encode(ExampleSpan.root());

    assertThat(encode(ExampleSpan.child())).hasSize(1);
    assertThat(encoder.closedFields()).containsExactly(new Field("x-datadog-trace-count", "1"));
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "SAMPLED, , 1",
    "DEBUG, , 2",
    "NOT_SAMPLED, , 0",
    "SAMPLED, 1, 1",
    "DEBUG, 2, 2",
    "SAMPLED, 2, 2",
    "NOT_SAMPLED, 0, 0",
    "NOT_SAMPLED, -1, -1",
    "NOT_SAMPLED, 2, 0",
    "SAMPLED, -1, 1"
  })
  void priority_isWhatCame_unlessDecidedOtherwise(
      Sampling sampling, @Nullable Integer came, double priority) {
    Remark remark = came == null ? null : new Remark.Datadog(came, "", "");

    assertThat(only(ExampleSpan.root().decided(sampling, remark)).get("metrics"))
        .isEqualTo(Map.of("process_id", 21.0, "_sampling_priority_v1", priority));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_dd.p.dm=-4,_dd.p.tid=1111111111111111,_dd.p.usr.id=a=b",
        ",_dd.p.dm=-4,,_dd.p.usr.id=a=b,nothing,=none,other=1,_dd.p.tid=0"
      })
  void tagsOfTheTrace_standOnItsFirstSpan(String tags) {
    var remark = new Remark.Datadog(1, "rum", tags);
    List<Map<String, Object>> chunk =
        encode(
                ExampleSpan.root().decided(Sampling.SAMPLED, remark),
                ExampleSpan.child().decided(Sampling.SAMPLED, remark))
            .getFirst();

    assertThat(meta(chunk.getFirst()))
        .containsEntry("_dd.p.dm", "-4")
        .containsEntry("_dd.p.usr.id", "a=b")
        .containsEntry("_dd.p.tid", "6b07248c00000000")
        .containsEntry("_dd.origin", "rum")
        .doesNotContainKeys("other", "nothing", "");
    assertThat(meta(chunk.getLast()))
        .containsEntry("_dd.origin", "rum")
        .doesNotContainKeys("_dd.p.dm", "_dd.p.usr.id");
  }

  @Test
  void failure_isAFieldAndAMessage() {
    Map<String, Object> span =
        only(
            ExampleSpan.child()
                .with("error", "true")
                .with("error.reason", "remote connection failure"));

    assertThat(span).containsEntry("error", 1L);
    assertThat(meta(span))
        .containsEntry("error.reason", "remote connection failure")
        .containsEntry("error.message", "remote connection failure")
        .doesNotContainKey("error");
  }

  @ParameterizedTest(name = "{0} characters")
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536, 200_000})
  void texts_haveAnyLength(int length) {
    assertThat(meta(only(ExampleSpan.root().with("x", "a".repeat(length)))))
        .containsEntry("x", "a".repeat(length));
  }

  @Test
  void texts_areUtf8() {
    Map<String, Object> span =
        only(ExampleSpan.root().named("größe \u20ac \ud83d\ude80").with("ключ", "a\ud800b"));

    assertThat(span).containsEntry("resource", "größe \u20ac \ud83d\ude80");
    assertThat(meta(span)).containsEntry("ключ", "a?b");
  }

  @Test
  void spanThatFails_leavesTheMessageWhole() {
    ByteBuf out = Unpooled.buffer();
    encoder.open(out);
    encoder.encode(ExampleSpan.root().make(), 0, out);
    int before = out.writerIndex();
    Span endless = ExampleSpan.root().of(OTHER).make();
    for (int i = 0; i < 10; i++) {
      // What the batch does when an encoder throws half-way.
      assertThatThrownBy(() -> encoder.encode(withoutName(endless), 1, out))
          .isInstanceOf(NullPointerException.class);
      assertThat(out.writerIndex()).isEqualTo(before);
    }
    encoder.encode(ExampleSpan.child().make(), 1, out);
    encoder.close(2, out);

    assertThat((List<?>) Msgpack.read(out)).hasSize(1);
    assertThat(encoder.closedFields()).containsExactly(new Field("x-datadog-trace-count", "1"));
  }

  @SuppressWarnings("NullAway") // what no span of ours is
  private static Span withoutName(Span span) {
    return new Span(
        span.context(), span.kind(), false, null, 1, 1, span.tags(), span.annotations());
  }

  private Map<String, Object> only(ExampleSpan span) {
    return encode(span).getFirst().getFirst();
  }

  @SuppressWarnings("unchecked") // the format has nothing else there
  private List<List<Map<String, Object>>> encode(ExampleSpan... spans) {
    ByteBuf out = Unpooled.buffer();
    encoder.open(out);
    for (int i = 0; i < spans.length; i++) {
      encoder.encode(spans[i].make(), i, out);
    }
    encoder.close(spans.length, out);
    return new ArrayList<>((List<List<Map<String, Object>>>) Msgpack.read(out));
  }

  @SuppressWarnings("unchecked") // the format has nothing else there
  private static Map<String, Object> meta(Map<String, Object> span) {
    return (Map<String, Object>) span.get("meta");
  }
}
