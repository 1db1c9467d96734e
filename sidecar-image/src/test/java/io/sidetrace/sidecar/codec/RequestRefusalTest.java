package io.sidetrace.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestRefusalTest {
  static Stream<Arguments> refused() {
    return Stream.of(
            refused(
                Malformation.LENGTH_AND_CHUNKED,
                "length, then chunked",
                post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"),
                "chunked, then length",
                post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n")),
            refused(
                Malformation.CONTENT_LENGTH,
                "two equal lengths",
                post("Content-Length: 3\r\nContent-Length: 3\r\n"),
                "two lengths in HTTP/1.0",
                "POST / HTTP/1.0\r\nContent-Length: 3\r\ncontent-length: 3\r\n",
                "list of equal lengths",
                post("Content-Length: 3, 3\r\n"),
                "plus",
                post("Content-Length: +3\r\n"),
                "minus",
                post("Content-Length: -3\r\n"),
                "blank inside",
                post("Content-Length: 3 3\r\n"),
                "empty",
                post("Content-Length:\r\n"),
                "blanks",
                post("Content-Length: \t\r\n"),
                "hexadecimal",
                post("Content-Length: 0x3\r\n"),
                "fraction",
                post("Content-Length: 3.0\r\n"),
                "digit above ASCII",
                post("Content-Length: \u00b2\r\n"),
                "overflow of 64 bits",
                post("Content-Length: 18446744073709551619\r\n"),
                "more than 18 digits",
                post("Content-Length: 1000000000000000000\r\n")),
            refused(
                Malformation.TRANSFER_ENCODING,
                "no chunked",
                post("Transfer-Encoding: gzip\r\n"),
                "identity",
                post("Transfer-Encoding: identity\r\n"),
                "chunked not last",
                post("Transfer-Encoding: chunked, identity\r\n"),
                "chunked not last, in two fields",
                post("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n"),
                "chunked twice",
                post("Transfer-Encoding: chunked, chunked\r\n"),
                "chunked with a parameter",
                post("Transfer-Encoding: chunked;a=b\r\n"),
                "chunked in quotes",
                post("Transfer-Encoding: \"chunked\"\r\n"),
                "almost chunked",
                post("Transfer-Encoding: xchunked\r\n"),
                "no-break space",
                post("Transfer-Encoding: \u00a0chunked\r\n"),
                "empty",
                post("Transfer-Encoding:\r\n"),
                "empty field before",
                post("Transfer-Encoding:\r\nTransfer-Encoding: chunked\r\n"),
                "empty field behind",
                post("Transfer-Encoding: chunked\r\nTransfer-Encoding: \r\n"),
                "empty element before",
                post("Transfer-Encoding: ,chunked\r\n"),
                "empty element behind",
                post("Transfer-Encoding: chunked, \r\n")),
            refused(
                Malformation.CHUNKED_BEFORE_1_1,
                "chunked in HTTP/1.0",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n",
                "chunked and length in HTTP/1.0",
                "POST / HTTP/1.0\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
            refused(
                Malformation.FOLDED_LINE,
                "folded by a space",
                get("X: a\r\n b\r\n"),
                "folded by a tab",
                get("X: a\r\n\tb\r\n"),
                "folded before the first field",
                "GET / HTTP/1.1\r\n Host: a\r\n"),
            refused(
                Malformation.FIELD_NAME,
                "space before the colon",
                get("Content-Length : 3\r\n"),
                "tab before the colon",
                get("X\t: a\r\n"),
                "no colon",
                get("X\r\n"),
                "no name",
                get(": a\r\n"),
                "delimiter in the name",
                get("X(: a\r\n"),
                "NUL in the name",
                get("X\u0000: a\r\n"),
                "name above ASCII",
                get("H\u00f6st: a\r\n"),
                "carriage return before the last line feed",
                get("\r\r\n")),
            refused(
                Malformation.FIELD_VALUE,
                "NUL",
                get("X: a\u0000\r\n"),
                "carriage return alone",
                get("X: a\rTransfer-Encoding: chunked\r\n"),
                "carriage return twice",
                get("X: a\r\r\n"),
                "vertical tab",
                get("Content-Length:\u000b3\r\n"),
                "delete",
                get("X: \u007f\r\n")),
            refused(
                Malformation.BARE_LINE_FEED,
                "line feed behind the request line",
                "GET / HTTP/1.1\nHost: a\r\n",
                "line feed behind a field",
                get("X: a\n"),
                "line feed before the request",
                "\n" + get(""),
                "empty line of a line feed",
                get("\n")),
            refused(
                Malformation.START_LINE,
                "carriage return before the line's end",
                "GET / HTTP/1.1\r\r\nHost: a\r\n",
                "carriage return alone before",
                "\rGET / HTTP/1.1\r\nHost: a\r\n",
                "blank before",
                " GET / HTTP/1.1\r\nHost: a\r\n",
                "NUL before",
                "\u0000GET / HTTP/1.1\r\nHost: a\r\n",
                "blank behind",
                "GET / HTTP/1.1 \r\nHost: a\r\n",
                "two blanks",
                "GET  / HTTP/1.1\r\nHost: a\r\n",
                "tab between",
                "GET\t/ HTTP/1.1\r\nHost: a\r\n",
                "blank in the target",
                "GET /a b HTTP/1.1\r\nHost: a\r\n",
                "control in the target",
                "GET /\u0001 HTTP/1.1\r\nHost: a\r\n",
                "empty target",
                "GET  HTTP/1.1\r\nHost: a\r\n",
                "no target",
                "GET HTTP/1.1\r\nHost: a\r\n",
                "method alone",
                "GET\r\n",
                "delimiter in the method",
                "G@T / HTTP/1.1\r\nHost: a\r\n",
                "longer version",
                "GET / HTTP/1.10\r\nHost: a\r\n"),
            refused(Malformation.HTTP2_PREFACE, "HTTP/2's own", "PRI * HTTP/2.0\r\n"),
            refused(
                Malformation.VERSION,
                "no version",
                "GET /\r\n",
                "HTTP/1.2",
                "GET / HTTP/1.2\r\nHost: a\r\n",
                "HTTP/0.9",
                "GET / HTTP/0.9\r\nHost: a\r\n",
                "HTTP/2.0",
                "GET / HTTP/2.0\r\nHost: a\r\n",
                "lower case",
                "GET / http/1.1\r\nHost: a\r\n",
                "RTSP",
                "GET / RTSP/1.1\r\nHost: a\r\n"),
            refused(Malformation.MISSING_HOST, "no host", "GET / HTTP/1.1\r\nX-Host: a\r\n"),
            refused(
                Malformation.DUPLICATE_HOST,
                "two equal hosts",
                get("hOST: a\r\n"),
                "two hosts in HTTP/1.0",
                "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n"))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void request_isRefusedWithItsMalformation(String input, Malformation malformation) {
    Transcript transcript = ScannedStream.read(new Side.Requests(), input, input.length());

    assertThat(transcript.refusal()).isEqualTo(malformation.name());
    assertThat(transcript.messages()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void request_isRefusedAlikeHoweverItsBytesAreCut(String input, Malformation malformation) {
    for (int step = 1; step < input.length(); step++) {
      assertThat(ScannedStream.read(new Side.Requests(), input, step).refusal())
          .as("%d bytes at a time", step)
          .isEqualTo(malformation.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void malformation_isAnsweredAsBadOrTooLargeOrNotKnown(Malformation malformation) {
    int expected =
        malformation == Malformation.HEAD_TOO_LARGE
            ? 431
            : malformation == Malformation.TRANSFER_ENCODING ? 501 : 400;
    assertThat(malformation.status()).isEqualTo(expected);
  }

  /// @param cases names and heads in turn, the heads without their empty line
  private static Stream<Arguments> refused(Malformation malformation, String... cases) {
    return Stream.iterate(0, i -> i < cases.length, i -> i + 2)
        .map(i -> argumentSet(cases[i], cases[i + 1] + "\r\n", malformation));
  }

  private static String get(String fields) {
    return "GET /a?b HTTP/1.1\r\nHost: a\r\n" + fields;
  }

  private static String post(String fields) {
    return "POST /a?b HTTP/1.1\r\nHost: a\r\n" + fields;
  }
}
