package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.ResponseHead.Request;
import io.sidetrace.sidecar.codec.Transcript.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ResponseHeadTest {
  private static final String LENGTH = "Content-Length: 3\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String ABC_CHUNKED = "\r\n3\r\nabc\r\n0\r\nA: 1\r\nB:\r\n\r\n";

  /// A bar marks where the response ends; without one it goes on until the connection closes.
  static Stream<Arguments> taken() {
    return Stream.of(
        argumentSet("length", Request.OTHER, "HTTP/1.1 200 OK\r\n" + LENGTH + "\r\nabc|H", "abc"),
        argumentSet(
            "chunked, trailers",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\n" + CHUNKED + ABC_CHUNKED + "|H",
            "abc"),
        argumentSet("until close", Request.OTHER, "HTTP/1.1 200 OK\r\n\r\nabc", "abc"),
        argumentSet("until close in HTTP/1.0", Request.OTHER, "HTTP/1.0 200 OK\r\n\r\nabc", "abc"),
        argumentSet(
            "a coding other than chunked lasts until close",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
            "abc"),
        argumentSet(
            "HEAD with a length", Request.HEAD, "HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n|abc", ""),
        argumentSet(
            "HEAD and chunked", Request.HEAD, "HTTP/1.1 200 OK\r\n" + CHUNKED + "\r\n|0", ""),
        argumentSet("HEAD with neither", Request.HEAD, "HTTP/1.1 200 OK\r\n\r\n|H", ""),
        argumentSet(
            "CONNECT taken", Request.CONNECT, "HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n|abc", ""),
        argumentSet(
            "CONNECT refused", Request.CONNECT, "HTTP/1.1 300 No\r\n" + LENGTH + "\r\nabc|", "abc"),
        argumentSet(
            "204 with a length", Request.OTHER, "HTTP/1.1 204 None\r\n" + LENGTH + "\r\n|abc", ""),
        argumentSet(
            "204 and chunked", Request.OTHER, "HTTP/1.1 204 None\r\n" + CHUNKED + "\r\n|0", ""),
        argumentSet(
            "304 with a length", Request.OTHER, "HTTP/1.1 304 Same\r\n" + LENGTH + "\r\n|abc", ""),
        argumentSet(
            "304 with a length and chunked",
            Request.OTHER,
            "HTTP/1.1 304 Same\r\n" + LENGTH + CHUNKED + "\r\n|abc",
            ""),
        argumentSet(
            "205 has a body as others have",
            Request.OTHER,
            "HTTP/1.1 205 Reset\r\n" + LENGTH + "\r\nabc|",
            "abc"),
        argumentSet(
            "100", Request.OTHER, "HTTP/1.1 100 Continue\r\n\r\n|HTTP/1.1 200 OK\r\n\r\n", ""),
        argumentSet(
            "103 with a length",
            Request.OTHER,
            "HTTP/1.1 103 Early\r\n" + LENGTH + "\r\n|HTTP/1.1 200 OK\r\n\r\n",
            ""),
        argumentSet("101", Request.OTHER, "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n|abc", ""),
        argumentSet(
            "empty reason phrase", Request.OTHER, "HTTP/1.1 200 \r\n" + LENGTH + "\r\nabc|", "abc"),
        argumentSet(
            "no reason phrase, nor its blank",
            Request.OTHER,
            "HTTP/1.1 200\r\n" + LENGTH + "\r\nabc|",
            "abc"),
        argumentSet("shortest", Request.OTHER, "HTTP/1.1 204\r\n\r\n|", ""),
        argumentSet(
            "reason phrase above ASCII",
            Request.OTHER,
            "HTTP/1.1 404 n\u00e4\t\r\n" + LENGTH + "\r\nabc|",
            "abc"),
        argumentSet(
            "unknown status", Request.OTHER, "HTTP/1.1 999 x\r\n" + LENGTH + "\r\nabc|", "abc"));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void response_isTakenWithItsBody(Request asked, String marked, String body) {
    String input = marked.replace("|", "");
    Transcript transcript = ScannedStream.read(new Side.Responses(asked), input, input.length());

    Message response = transcript.messages().getFirst();
    assertThat(input).startsWith(response.startLine());
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.end()).isEqualTo(marked.indexOf('|'));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        argumentSet(
            "length and chunked",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\n" + LENGTH + CHUNKED + "\r\n",
            Malformation.LENGTH_AND_CHUNKED),
        argumentSet(
            "length and gzip",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\n" + LENGTH + "Transfer-Encoding: gzip\r\n\r\n",
            Malformation.LENGTH_AND_CHUNKED),
        argumentSet(
            "two lengths",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\n" + LENGTH + LENGTH + "\r\n",
            Malformation.CONTENT_LENGTH),
        argumentSet(
            "two lengths, to HEAD",
            Request.HEAD,
            "HTTP/1.1 200 OK\r\n" + LENGTH + LENGTH + "\r\n",
            Malformation.CONTENT_LENGTH),
        argumentSet(
            "chunked not last",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
            Malformation.TRANSFER_ENCODING),
        argumentSet(
            "chunked in HTTP/1.0",
            Request.OTHER,
            "HTTP/1.0 200 OK\r\n" + CHUNKED + "\r\n",
            Malformation.CHUNKED_BEFORE_1_1),
        argumentSet(
            "folded line",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
            Malformation.FOLDED_LINE),
        argumentSet(
            "blank before the colon",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\n",
            Malformation.FIELD_NAME),
        argumentSet(
            "NUL in a value",
            Request.OTHER,
            "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
            Malformation.FIELD_VALUE),
        argumentSet(
            "bare line feed",
            Request.OTHER,
            "HTTP/1.1 200 OK\nA: b\n\n",
            Malformation.BARE_LINE_FEED),
        argumentSet(
            "empty line before",
            Request.OTHER,
            "\r\nHTTP/1.1 200 OK\r\n\r\n",
            Malformation.START_LINE),
        argumentSet("two digits", Request.OTHER, "HTTP/1.1 20 OK\r\n\r\n", Malformation.START_LINE),
        argumentSet(
            "four digits", Request.OTHER, "HTTP/1.1 2000 OK\r\n\r\n", Malformation.START_LINE),
        argumentSet(
            "status below 100", Request.OTHER, "HTTP/1.1 099 OK\r\n\r\n", Malformation.START_LINE),
        argumentSet(
            "letter in the status",
            Request.OTHER,
            "HTTP/1.1 2o0 OK\r\n\r\n",
            Malformation.START_LINE),
        argumentSet(
            "two blanks", Request.OTHER, "HTTP/1.1  200 OK\r\n\r\n", Malformation.START_LINE),
        argumentSet(
            "tab behind the status",
            Request.OTHER,
            "HTTP/1.1 200\tOK\r\n\r\n",
            Malformation.START_LINE),
        argumentSet(
            "control in the reason phrase",
            Request.OTHER,
            "HTTP/1.1 200 O\rK\r\n\r\n",
            Malformation.START_LINE),
        argumentSet(
            "shorter than a status line",
            Request.OTHER,
            "HTTP/1.1 20\r\n\r\n",
            Malformation.START_LINE),
        argumentSet("HTTP/2.0", Request.OTHER, "HTTP/2.0 200 OK\r\n\r\n", Malformation.START_LINE),
        argumentSet("HTTP/1.2", Request.OTHER, "HTTP/1.2 200 OK\r\n\r\n", Malformation.VERSION));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void response_isNotUnderstoodForItsMalformation(
      Request asked, String input, Malformation malformation) {
    Transcript transcript = ScannedStream.read(new Side.Responses(asked), input, input.length());

    assertThat(transcript.refusal()).isEqualTo(malformation.name());
    assertThat(transcript.messages()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"taken", "refused"})
  void response_isReadAlikeHoweverItsBytesAreCut(Request asked, String marked) {
    String input = marked.replace("|", "");
    Transcript whole = ScannedStream.read(new Side.Responses(asked), input, input.length());

    for (int step = 1; step < input.length(); step++) {
      assertThat(ScannedStream.read(new Side.Responses(asked), input, step))
          .as("%d bytes at a time", step)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          HTTP/1.1 200 OK, -,                      false, true
          HTTP/1.1 200 OK, Connection: close,      false, false
          HTTP/1.0 200 OK, -,                      false, false
          HTTP/1.0 200 OK, Connection: keep-alive, false, true
          HTTP/1.1 100 Go, -,                      true,  true
          HTTP/1.1 103 Go, -,                      true,  true
          HTTP/1.1 101 Go, -,                      false, true
          HTTP/1.1 199 Go, -,                      true,  true
          """)
  void head_tellsWhatFollows(String line, String field, boolean interim, boolean keepsAlive) {
    var side = new Side.Responses(Request.OTHER);
    String input = line + "\r\n" + (field == null ? "" : field + "\r\n") + "\r\n";
    ScannedStream.read(side, input, input.length());

    assertThat(side.head().isInterim()).isEqualTo(interim);
    assertThat(side.head().keepsAlive()).isEqualTo(keepsAlive);
  }

  @ParameterizedTest
  @EnumSource
  void body_ofTheResponseBeforeIsForgotten(Request asked) {
    String status = asked == Request.OTHER ? "204" : "200";
    byte[] bytes = ("HTTP/1.1 " + status + "\r\n\r\n").getBytes(US_ASCII);
    var head = new ResponseHead();
    var body = new BodyFraming();
    body.startUntilClose();
    assertThat(head.read(Unpooled.wrappedBuffer(bytes), bytes.length)).isNull();
    head.frame(body, asked);

    assertThat(body.ended()).isTrue();
    assertThat(body.endsWithConnection()).isFalse();
  }
}
