package io.sidetrace.sidecar.export.skywalking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Messages as protobuf-java takes them apart, by the numbers of SkyWalking's `Tracing.proto`.
class SegmentEncoderTest {
  private static final TraceId TRACE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final String TRACE_TEXT = "463ac35c9f6413ad48485a3953bb6124";
  private static final long START = 1_795_602_736_805_123L;

  private final SegmentEncoder encoder = new SegmentEncoder(new Sender("shop", "shop-1"));

  private static Span span(
      Kind kind, Parent parent, long parentId, @Nullable Remark remark, List<Tag> tags) {
    return new Span(
        new TraceContext(TRACE, 0xa2fb4a1d1a96d312L, parentId, Sampling.SAMPLED, remark),
        kind,
        false,
        "checkStock",
        START,
        1_500,
        tags,
        List.of(),
        parent);
  }

  @Test
  void entry_isASegmentOfItsOwn() throws Exception {
    Span span =
        span(
            Kind.SERVER,
            Parent.NONE,
            0,
            null,
            List.of(
                new Tag("component", "proxy"),
                new Tag("http.url", "http://shop.example:8080/cart?item=\u00e9"),
                new Tag("http.method", "GET"),
                new Tag("http.status_code", "200"),
                new Tag("peer.address", "10.1.1.1")));

    assertThat(segments(span))
        .containsExactly(
            """
            1: "463ac35c9f6413ad48485a3953bb6124"
            2: "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312"
            3 {
              2: -1
              3: 1795602736805
              4: 1795602736806
              6: "/cart?item=\u00e9"
              7: "10.1.1.1"
              9: 3
              10: 9000
              12 {
                1: "component"
                2: "proxy"
              }
              12 {
                1: "url"
                2: "http://shop.example:8080/cart?item=\u00e9"
              }
              12 {
                1: "http.method"
                2: "GET"
              }
              12 {
                1: "status_code"
                2: "200"
              }
            }
            4: "shop"
            5: "shop-1"
            """);
  }

  @Test
  void exit_namesWhomItAsksFor() throws Exception {
    Span span =
        span(
            Kind.CLIENT,
            Parent.REMOTE,
            7,
            new Remark.SkyWalking("t.1", "s.1", 3, "front", "front-1", "/buy", "shop.example:80"),
            List.of(
                new Tag("http.url", "http://shop.example:8080/cart"),
                new Tag("http.status_code", "503"),
                new Tag("grpc.path", "/cart"),
                new Tag("upstream_address", "10.1.1.2:8080"),
                new Tag("error", "true")));

    assertThat(segments(span).getFirst())
        .startsWith(
            """
            1: "t.1"
            2: "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312"
            3 {
              2: -1
              3: 1795602736805
              4: 1795602736806
              5 {
                2: "t.1"
                3: "s.1"
                4: 3
                5: "front"
                6: "front-1"
                7: "/buy"
                8: "shop.example:80"
              }
              6: "/cart"
              7: "shop.example:8080"
              8: 1
              9: 2
              10: 9000
              11: 1
            """);
  }

  @Test
  void parentOfAnotherFormat_isReferredToAsOneOfOurs() throws Exception {
    assertThat(segments(span(Kind.SERVER, Parent.REMOTE, 7, null, List.of())).getFirst())
        .contains(
            """
              5 {
                2: "TRACE"
                3: "TRACE-0000000000000007"
                4: 0
                5: "-"
                6: "-"
                7: "-"
                8: "-"
              }
              6: "checkStock"
              7: ""
              10: 9000
            """
                .replace("TRACE", TRACE_TEXT));
  }

  @Test
  void parentOfTheSameRequest_isOfThisService() throws Exception {
    Remark remark = new Remark.SkyWalking("t.1", "s.1", 3, "front", "front-1", "/buy", "a:80");
    List<Tag> tags = List.of(new Tag("upstream_address", "10.1.1.2:80"));

    assertThat(segments(span(Kind.CLIENT, Parent.LOCAL, 7, remark, tags)).getFirst())
        .contains(
            """
              5 {
                1: 1
                2: "t.1"
                3: "TRACE-0000000000000007"
                4: 0
                5: "shop"
                6: "shop-1"
                7: "-"
                8: "-"
              }
              6: "checkStock"
              7: "10.1.1.2:80"
              8: 1
            """
                .replace("TRACE", TRACE_TEXT));
  }

  @Test
  void annotations_areLogs() throws Exception {
    Span span =
        new Span(
            new TraceContext(new TraceId(0, 9), 9, 0, Sampling.DEBUG),
            Kind.SERVER,
            false,
            "",
            1_000,
            1,
            List.of(),
            List.of(new Annotation(2_000, "last_downstream_rx_byte_received")));

    assertThat(segments(span).getFirst())
        .startsWith("1: \"0000000000000009\"\n2: \"0000000000000009-0000000000000009\"\n")
        .contains("  6: \"-\"\n")
        .contains(
            """
              13 {
                1: 2
                2 {
                  1: "event"
                  2: "last_downstream_rx_byte_received"
                }
              }
            """);
  }

  @Test
  void messageOfManySpans_isACollection() throws Exception {
    Span first = span(Kind.SERVER, Parent.NONE, 0, null, List.of(new Tag("a", "x".repeat(20_000))));
    Span second = span(Kind.CLIENT, Parent.NONE, 0, null, List.of());

    assertThat(segments(first, second, first)).hasSize(3);
    assertThat(segments(second)).isEqualTo(segments(second));
  }

  /// The segments of a message, fields as `number: value`, in their order.
  private List<String> segments(Span... spans) throws InvalidProtocolBufferException {
    ByteBuf out = Unpooled.buffer();
    encoder.open(out);
    for (int i = 0; i < spans.length; i++) {
      encoder.encode(spans[i], i, out);
    }
    encoder.close(spans.length, out);
    byte[] message = new byte[out.readableBytes()];
    out.readBytes(message);
    UnknownFieldSet collection = UnknownFieldSet.parseFrom(message);
    assertThat(collection.asMap()).containsOnlyKeys(1);
    return collection.getField(1).getLengthDelimitedList().stream()
        .map(segment -> text(segment, List.of(3), ""))
        .toList();
  }

  /// @param messages the fields that are messages
  private static String text(ByteString bytes, List<Integer> messages, String indent) {
    try {
      return UnknownFieldSet.parseFrom(bytes).asMap().entrySet().stream()
          .map(field -> field(field.getKey(), field.getValue(), messages, indent))
          .collect(Collectors.joining());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String field(
      int number, UnknownFieldSet.Field field, List<Integer> messages, String indent) {
    var text = new StringBuilder();
    field.getVarintList().forEach(value -> text.append(indent + number + ": " + value + '\n'));
    for (ByteString value : field.getLengthDelimitedList()) {
      if (messages.contains(number)) {
        List<Integer> inner = indent.isEmpty() ? List.of(5, 12, 13) : List.of();
        inner = number == 13 ? List.of(2) : inner;
        text.append(indent + number + " {\n" + text(value, inner, indent + "  ") + indent + "}\n");
      } else {
        text.append(indent + number + ": \"" + value.toStringUtf8() + "\"\n");
      }
    }
    return text.toString();
  }
}
