package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ChunkedFramingTest {
  /// A bar marks where the body ends.
  static Stream<Arguments> whole() {
    return Stream.of(
        argumentSet("nothing", "0\r\n\r\n|GET", 0),
        argumentSet("one chunk", "3\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("two chunks", "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n|0\r\n\r\n", 3),
        argumentSet("data that looks like framing", "5\r\n0\r\n\r\n\r\n0\r\n\r\n|", 5),
        argumentSet("digits of either case", "aB\r\n" + "x".repeat(0xab) + "\r\n0\r\n\r\n|", 0xab),
        argumentSet("leading zeros", "00003\r\nabc\r\n000\r\n\r\n|", 3),
        argumentSet("extension", "3;a\r\nabc\r\n0;b\r\n\r\n|", 3),
        argumentSet("extension with a value", "3;a=b\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("extensions", "3;a;b=c;d=\"e\"\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("blanks that may stand there", "3 \t; \ta \t= \tb\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("quoted delimiters", "3;a=\";,= \t(\"\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("quoted quote", "3;a=\"\\\"\\\\\"\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("empty quotes", "3;a=\"\"\r\nabc\r\n0\r\n\r\n|", 3),
        argumentSet("trailers", "0\r\nA: 1\r\nB:\r\nC: \u00e4\t\r\n\r\n|", 0),
        argumentSet(
            "trailer about framing, which says nothing", "0\r\nContent-Length: 9\r\n\r\n|", 0));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void body_endsBehindItsTrailers(String marked, int bodyBytes) {
    String input = marked.replace("|", "");
    for (int step = 1; step <= input.length(); step++) {
      BodyFraming body = chunked();
      assertThat(take(body, input, step)).as("at %d a time", step).isEqualTo(marked.indexOf('|'));
      assertThat(body.ended()).isTrue();
      assertThat(body.malformed()).isFalse();
      assertThat(body.bodyBytes()).isEqualTo(bodyBytes);
    }
  }

  /// A bar marks the first byte that is refused; all before it was well-formed.
  static Stream<Arguments> malformed() {
    return Stream.of(
        argumentSet("no size", "|\r\n"),
        argumentSet("sign", "|+3\r\n"),
        argumentSet("blank before", "| 3\r\n"),
        argumentSet("hexadecimal prefix", "0|x3\r\n"),
        argumentSet("underscore", "1|_0\r\n"),
        argumentSet("blank behind", "3 |\r\n"),
        argumentSet("blank inside", "3 |3\r\n"),
        argumentSet("line feed alone behind the size", "3|\nabc"),
        argumentSet("carriage return alone behind the size", "3\r|a"),
        argumentSet("16 digits", "100000000000000|0\r\n"),
        argumentSet("16 zeros", "000000000000000|0\r\n"),
        argumentSet("no extension", "3;|\r\n"),
        argumentSet("empty extension", "3;|;a\r\n"),
        argumentSet("delimiter in an extension", "3;a|@\r\n"),
        argumentSet("line feed in an extension", "3;a|\nabc"),
        argumentSet("line feed in blanks", "3; |\nabc"),
        argumentSet("carriage return in an extension", "3;a\r|b\r\n"),
        argumentSet("NUL in an extension", "3;a|\u0000\r\n"),
        argumentSet("no value", "3;a=|\r\n"),
        argumentSet("name of two words", "3;a |b\r\n"),
        argumentSet("value of two words", "3;a=b| c\r\n"),
        argumentSet("quote behind a value", "3;a=b|\"\r\n"),
        argumentSet("text behind quotes", "3;a=\"b\"|c\r\n"),
        argumentSet("line end in quotes", "3;a=\"|\r\n\"\r\n"),
        argumentSet("line feed in quotes", "3;a=\"|\n\"\r\n"),
        argumentSet("escaped line end", "3;a=\"\\|\r\n\"\r\n"),
        argumentSet("above ASCII in quotes", "3;a=\"|\u00e4\"\r\n"),
        argumentSet("more data than said", "3\r\nabc|d\r\n"),
        argumentSet("less data than said", "3\r\nab\r|\n0\r\n"),
        argumentSet("line feed alone behind data", "3\r\nabc|\n0\r\n"),
        argumentSet("something else for the line end", "3\r\nabc|ZZ0\r\n\r\n"),
        argumentSet("carriage return alone behind data", "3\r\nabc\r|0\r\n"),
        argumentSet("line feed alone behind the last size", "0|\n\r\n"),
        argumentSet("line feed alone at the end", "0\r\n|\n"),
        argumentSet("carriage return alone at the end", "0\r\n\r|G"),
        argumentSet("folded trailer", "0\r\nA: 1\r\n| b\r\n"),
        argumentSet("trailer without a colon", "0\r\nA|\r\n"),
        argumentSet("trailer without a name", "0\r\n|: 1\r\n"),
        argumentSet("blank before a trailer's colon", "0\r\nA| : 1\r\n"),
        argumentSet("line feed alone in trailers", "0\r\nA: 1|\n\r\n"),
        argumentSet("carriage return alone in trailers", "0\r\nA: 1\r|2\r\n"),
        argumentSet("NUL in a trailer", "0\r\nA: |\u0000\r\n"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void body_isTakenUpToItsFirstMalformedByte(String marked) {
    String input = marked.replace("|", "");
    for (int step = 1; step <= input.length(); step++) {
      BodyFraming body = chunked();
      assertThat(take(body, input, step)).as("at %d a time", step).isEqualTo(marked.indexOf('|'));
      assertThat(body.malformed()).isTrue();
      assertThat(body.ended()).isFalse();
      assertThat(body.take(bytes("0\r\n\r\n"))).as("what comes behind").isZero();
    }
  }

  @Test
  void size_mayHave15Digits() {
    BodyFraming body = chunked();
    assertThat(take(body, "fffffffffffffff\r\nabc", 1)).isEqualTo(20);
    assertThat(body.bodyBytes()).isEqualTo(3);
    assertThat(body.malformed()).isFalse();
  }

  @Test
  void sizeLine_isLimitedTo4KiBOfExtensionsForEachChunk() {
    String extension = ";" + "a".repeat(4096);
    String longest = "1" + extension.substring(0, 4096) + "\r\nx\r\n";
    BodyFraming body = chunked();
    assertThat(take(body, longest + longest, 100)).isEqualTo(2 * longest.length());
    assertThat(take(body, "1" + extension + "a\r\n", 100)).isLessThanOrEqualTo(1 + 4097);
    assertThat(body.malformed()).isTrue();
  }

  @Test
  void blanksBehindSize_areLimitedTo4KiB() {
    BodyFraming body = chunked();
    assertThat(take(body, "1" + " ".repeat(5000), 100)).isEqualTo(1 + 4096);
    assertThat(body.malformed()).isTrue();
  }

  @Test
  void trailers_areLimitedTo64KiBTogether() {
    String trailer = "A: " + "b".repeat(1019) + "\r\n";
    BodyFraming body = chunked();
    assertThat(take(body, "0\r\n" + trailer.repeat(65), 1000)).isEqualTo(3 + 65536);
    assertThat(body.malformed()).isTrue();
  }

  @Test
  void framing_beginsAnewForEachBody() {
    BodyFraming body = chunked();
    take(body, "x", 1);
    body.startChunked();
    assertThat(take(body, "3\r\nabc\r\n0\r\n\r\n", 4)).isEqualTo(13);
    assertThat(body.ended()).isTrue();
    assertThat(body.bodyBytes()).isEqualTo(3);
    body.startLength(2);
    assertThat(body.take(bytes("abc"))).isEqualTo(2);
    assertThat(body.bodyBytes()).isEqualTo(2);
    assertThat(body.ended()).isTrue();
    body.startUntilClose();
    assertThat(body.take(bytes("abc"))).isEqualTo(3);
    assertThat(body.endsWithConnection()).isTrue();
    assertThat(body.ended()).isFalse();
  }

  private static BodyFraming chunked() {
    var body = new BodyFraming();
    body.startChunked();
    return body;
  }

  /// @param step how many bytes come at a time
  /// @return how many were taken before one was not
  private static int take(BodyFraming body, String input, int step) {
    ByteBuf in = bytes(input).writerIndex(0);
    while (in.isWritable() && !in.isReadable()) {
      in.writerIndex(Math.min(in.writerIndex() + step, in.capacity()));
      in.skipBytes(body.take(in));
    }
    return in.readerIndex();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
