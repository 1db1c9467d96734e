package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds what our decoder makes of a connection's header blocks against what Netty's makes of them,
/// and what our encoder writes of them against that too.
final class HpackDifferential {
  private static final String TAKEN = "TAKEN";

  /// Without name and value. Netty forgets all of a table that is full of such entries.
  private static final String EMPTY = ": ";

  private static final int WIDE_BYTES = 1 << 24;

  /// Some inputs exceed it and some do not.
  private static final int NARROW_BYTES = 200;

  /// Where we are stricter than Netty: integers of more than four octets behind their prefix, which
  /// no block of ours is long enough for, and more than two sizes of the table before a block.
  private static final Pattern STRICTER =
      Pattern.compile(
          "[\\x0f\\x1f\\x3f\\x7f\\xff][\\x80-\\xff]{4}"
              + "|^(?:[\\x20-\\x3e]|\\x3f[\\x80-\\xff]*[\\x00-\\x7f]){3}",
          Pattern.DOTALL);

  private final HpackDecoder decoder = new HpackDecoder(WIDE_BYTES);
  private final HpackDecoder narrow = new HpackDecoder(NARROW_BYTES);
  private final HpackEncoder encoder = new HpackEncoder();
  private final DefaultHttp2HeadersDecoder netty =
      new DefaultHttp2HeadersDecoder(false, WIDE_BYTES);
  private final DefaultHttp2HeadersDecoder receiver =
      new DefaultHttp2HeadersDecoder(false, WIDE_BYTES);
  private boolean narrowEnded;

  private HpackDifferential() {}

  /// @return in a word, what became of the blocks
  static String judge(String input) {
    var differential = new HpackDifferential();
    for (int at = 0; at < input.length(); ) {
      int end = Math.min(input.length(), at + 1 + input.charAt(at));
      String verdict = differential.judgeBlock(input.substring(at + 1, end));
      if (!verdict.equals(TAKEN)) {
        return verdict;
      }
      at = end;
    }
    return TAKEN;
  }

  private String judgeBlock(String block) {
    byte[] bytes = block.getBytes(Blocks.LATIN_1);
    HeaderFields fields = new HeaderFields();
    Violation refused = decoder.decode(Blocks.of(bytes), fields);
    List<String> expected = received(netty, Unpooled.wrappedBuffer(bytes));
    if (refused != null) {
      assertThat(refused).isEqualTo(Violation.COMPRESSION);
      assertThat(expected == null || STRICTER.matcher(block).find())
          .as("Netty takes it as %s", expected)
          .isTrue();
      return "REFUSED";
    }
    if (Blocks.lines(fields).contains(EMPTY)) {
      return "NO_ANSWER";
    }
    assertThat(Blocks.lines(fields)).containsExactlyInAnyOrderElementsOf(taken(expected, "input"));
    checkPassedOn(fields, expected);
    checkLimit(bytes, expected);
    return TAKEN;
  }

  private void checkPassedOn(HeaderFields fields, List<String> expected) {
    ByteBuf out = Unpooled.buffer();
    encoder.begin(out);
    for (int i = 0; i < fields.count(); i++) {
      encoder.copy(fields, i, out);
    }
    assertThat(taken(received(receiver, out), "output")).isEqualTo(expected);
  }

  /// A limit ends a block exactly when its fields exceed it.
  private void checkLimit(byte[] block, List<String> fields) {
    if (narrowEnded) {
      return;
    }
    Violation refused = narrow.decode(Blocks.of(block), new HeaderFields());
    int size =
        fields.stream().mapToInt(field -> field.length() - 2 + TableEntry.OVERHEAD_BYTES).sum();
    narrowEnded = size > NARROW_BYTES;
    assertThat(refused).isEqualTo(narrowEnded ? Violation.HEADERS_TOO_LARGE : null);
  }

  private static List<String> taken(@Nullable List<String> lines, String what) {
    assertThat(lines).as("Netty refuses the %s", what).isNotNull();
    return lines;
  }

  /// The fields as Netty groups them; null when it refuses.
  private static @Nullable List<String> received(
      DefaultHttp2HeadersDecoder decoder, ByteBuf block) {
    try {
      List<String> lines = new ArrayList<>();
      decoder
          .decodeHeaders(1, block)
          .forEach(field -> lines.add(field.getKey() + ": " + field.getValue()));
      return lines;
    } catch (Http2Exception e) {
      return null;
    }
  }
}
