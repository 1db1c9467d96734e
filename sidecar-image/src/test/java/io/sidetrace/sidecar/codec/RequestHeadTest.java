package io.sidetrace.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.codec.Transcript.Message;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadTest {
  private static final String HOST = "Host: a\r\n";

  /// A bar marks where the request ends.
  static Stream<Arguments> taken() {
    return Stream.of(
        argumentSet("no body", get("") + "\r\n|GET", ""),
        argumentSet("length", post("Content-Length: 3\r\n") + "\r\nabc|d", "abc"),
        argumentSet("length in blanks", post("Content-Length: \t3 \r\n") + "\r\nabc|d", "abc"),
        argumentSet("length with zeros", post("Content-Length: 003\r\n") + "\r\nabc|d", "abc"),
        argumentSet("length of nothing", post("Content-Length: 0\r\n") + "\r\n|abc", ""),
        argumentSet("GET with a body", get("content-length:1\r\n") + "\r\na|GET", "a"),
        argumentSet("chunked", post("Transfer-Encoding: chunked\r\n") + chunks("|GET"), "abc"),
        argumentSet("CHUNKED", post("tRANSFER-eNCODING:CHUNKED\t\r\n") + chunks("|"), "abc"),
        argumentSet(
            "gzip, chunked", post("Transfer-Encoding: gzip , chunked\r\n") + chunks("|"), "abc"),
        argumentSet(
            "codings in two fields",
            post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n") + chunks("|"),
            "abc"),
        argumentSet("empty lines before", "\r\n\r\n" + get("") + "\r\n|", ""),
        argumentSet("HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n|", ""),
        argumentSet("HTTP/1.0 with a length", "GET / HTTP/1.0\r\nContent-Length: 1\r\n\r\na|", "a"),
        argumentSet("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n|", ""),
        argumentSet("host of blanks", "GET / HTTP/1.1\r\nHost: \t \r\n\r\n|", ""),
        argumentSet("absolute form", "GET http://b/c?d HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("authority form", "CONNECT b:443 HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("asterisk form", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("target above ASCII", "GET /\u00e4 HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("unknown method", "M-SEARCH / HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("lower-case method", "get / HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("every token character", "!#$%&'*+-.^_`~ / HTTP/1.1\r\n" + HOST + "\r\n|", ""),
        argumentSet("value above ASCII", get("X: \u00e4\t\u0080\r\n") + "\r\n|", ""),
        argumentSet("look-alike names", get("Content_Length: 3\r\nX-Host: b\r\n") + "\r\n|", ""));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void request_isTakenWithItsBody(String marked, String body) {
    String input = marked.replace("|", "");
    Transcript transcript = ScannedStream.read(new Side.Requests(), input, input.length());

    Message request = transcript.messages().getFirst();
    assertThat(input.stripLeading()).startsWith(request.startLine() + "\r\n");
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.end()).isEqualTo(marked.indexOf('|'));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void request_isReadAlikeHoweverItsBytesAreCut(String marked) {
    String input = marked.replace("|", "");
    Transcript whole = ScannedStream.read(new Side.Requests(), input, input.length());

    for (int step = 1; step < input.length(); step++) {
      assertThat(ScannedStream.read(new Side.Requests(), input, step))
          .as("%d bytes at a time", step)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          HTTP/1.1, -,                         true,  false, false
          HTTP/1.1, Connection: close,         false, false, false
          HTTP/1.1, 'connection: x , CLOSE',   false, false, false
          HTTP/1.1, Connection: closed,        true,  false, false
          HTTP/1.0, -,                         false, false, false
          HTTP/1.0, Connection: Keep-Alive,    true,  false, false
          HTTP/1.0, 'Connection: keep-alive, close', false, false, false
          HTTP/1.1, Upgrade: websocket,        true,  true,  false
          HTTP/1.1, Upgrade: H2C,              true,  false, true
          HTTP/1.1, HTTP2-Settings: AAMAAABk,  true,  false, true
          """)
  void connectionFields_areUnderstood(
      String version, String field, boolean keepsAlive, boolean asksUpgrade, boolean offersHttp2) {
    var side = new Side.Requests();
    String line = field == null ? "" : field + "\r\n";
    String input = "GET / " + version + "\r\n" + HOST + line + "\r\n";
    ScannedStream.read(side, input, input.length());

    assertThat(side.head().keepsAlive()).isEqualTo(keepsAlive);
    assertThat(side.head().asksUpgrade()).isEqualTo(asksUpgrade);
    assertThat(side.head().offersHttp2()).isEqualTo(offersHttp2);
  }

  @Test
  void parts_areGivenAsTheyCame() {
    var side = new Side.Requests();
    String input = "\r\nHEAD /a?b HTTP/1.0\r\n\r\n";
    ScannedStream.read(side, input, input.length());
    RequestHead head = side.head();

    assertThat(head).hasToString("HEAD /a?b");
    assertThat(head.fields().text(head.targetStart(), head.targetEnd())).isEqualTo("/a?b");
    assertThat(head.isMethod("HEAD")).isTrue();
    assertThat(head.isMethod("HEAP")).as("another of that length").isFalse();
    assertThat(head.isMethod("HEADS")).isFalse();
    assertThat(head.isMethod("HEA")).isFalse();
    assertThat(head.isMethod("head")).as("methods are case-sensitive").isFalse();
  }

  /// The head's last byte is the array's, so reading on would throw.
  @ParameterizedTest
  @ValueSource(strings = {"", "H", "HTTP/1", "HTTP/1.", "HTTP/1.1x"})
  void version_isNotLookedForBehindTheHead(String version) {
    int longerThanAnyBefore = 5_000;
    String end = " " + version + "\r\n\r\n";
    String input = "GET /" + "a".repeat(longerThanAnyBefore - 5 - end.length()) + end;

    assertThat(ScannedStream.read(new Side.Requests(), input, input.length()).refusal())
        .isIn(Malformation.START_LINE.name(), Malformation.VERSION.name());
  }

  private static String get(String fields) {
    return "GET /a?b HTTP/1.1\r\n" + HOST + fields;
  }

  private static String post(String fields) {
    return "POST /a?b HTTP/1.1\r\n" + HOST + fields;
  }

  private static String chunks(String behind) {
    return "\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nT: 1\r\n\r\n" + behind;
  }
}
