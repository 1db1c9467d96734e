package io.sidetrace.sidecar.codec;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Netty's strict decoder takes and the scanner refuses on purpose.
///
/// @param direction the side that it concerns; null for both
/// @param where found in the stream from the refused message on
/// @param reason why it is refused all the same
record Laxity(
    Malformation refusal, @Nullable Class<? extends Side> direction, Pattern where, String reason) {
  /// One chunk line as RFC 9112 section 7.1.1 has it, less the blanks that Netty refuses too.
  private static final String CHUNK_LINE =
      "[0-9a-f]{1,15}[ \t]*(;[ \t]*TOKEN([ \t]*=[ \t]*(TOKEN|\"([^\"\\\\\r]|\\\\.)*\"))?)*\r\n"
          .replace("TOKEN", "[!#$%&'*+.^_`|~0-9a-z-]+");

  private static final List<Laxity> ALL =
      List.of(
          both(
              Malformation.START_LINE,
              "^[\r\n]*( |[^\n]*([\t\u000b\u000c]|\r(?!\n)|  ))",
              "other and several blanks between the words: readers cut such a line differently"),
          requests(
              Malformation.START_LINE,
              "^[\r\n]*[^ \n]+ [^ \n]*[\u0000-\u001f\u007f](?<!\r)",
              "controls in the target: a server may end it there"),
          requests(
              Malformation.START_LINE,
              "^[\r\n]*[^ \n]+ (?!/|\\* |[!#$%&'*+.^_`|~0-9a-z-]+://)[^ \n]+ ",
              "targets in none of the forms of RFC 9112 section 3.2: Envoy refuses them too"),
          requests(
              Malformation.FRAGMENT,
              "^[\r\n]*[^ \n]+ [^ \n]*#",
              "fragments, which are never sent: Envoy refuses them too"),
          requests(
              Malformation.VERSION,
              "^[\r\n]*[^\n]* HTTP/[0-9]\\.[0-9]\r\n",
              "versions other than 1.0 and 1.1: what they mean is not known here"),
          requests(
              Malformation.HTTP2_PREFACE,
              "^[\r\n]*PRI \\* HTTP/2\\.0\r\n",
              "the first line of HTTP/2: its client is told in its own protocol"),
          both(
              Malformation.BARE_LINE_FEED,
              "^[\r\n]*(?<!\r)\n",
              "line feeds alone before the start line: no reader may end a line there"),
          both(
              Malformation.FOLDED_LINE,
              "\r\n[ \t]",
              "folded lines: a server may take them as part of the value or as a field"),
          both(
              Malformation.CONTENT_LENGTH,
              "content-length:[ \t]*[0-9]{19}",
              "more digits than any length has: they overflow somewhere"),
          both(
              Malformation.CONTENT_LENGTH,
              "HTTP/1\\.0.*content-length:.*content-length:",
              "two lengths in HTTP/1.0, of which Netty takes the first and others the last"),
          both(
              Malformation.TRANSFER_ENCODING,
              "\ntransfer-encoding:([^\r\n]*,)?[ \t]*(,|\r)",
              "empty elements among the codings: servers that look at one of them see no coding"),
          requests(
              Malformation.DUPLICATE_HOST,
              "\nhost:.*\nhost:",
              "RFC 9112 section 3.2: a request with two hosts is refused"),
          requests(
              Malformation.MISSING_HOST,
              "HTTP/1\\.1\r\n",
              "RFC 9112 section 3.2: a request without a host is refused"),
          responses(
              Malformation.START_LINE,
              "^[\r\n]",
              "empty lines before a response: RFC 9112 has them before requests only"),
          responses(
              Malformation.START_LINE,
              "^HTTP/[0-9]\\.[0-9] (?! *[0-9]{3}( [^\n]*)?\r\n)",
              "a status of other than three digits"),
          responses(
              Malformation.START_LINE,
              "^HTTP/[0-9]\\.[0-9] [^\n]*[\u0000-\u001f\u007f](?<!\r)",
              "controls in the reason phrase"),
          responses(Malformation.START_LINE, "^HTTP/[02-9]", "versions that are not HTTP/1 at all"),
          responses(Malformation.VERSION, "^HTTP/1\\.[2-9]", "versions other than 1.0 and 1.1"),
          responses(
              Malformation.FIELD_NAME,
              "\n[^:\r\n]+[ \t]",
              "blanks behind a name, whose colon Netty finds anywhere or not at all"),
          responses(
              Malformation.LENGTH_AND_CHUNKED,
              "\ntransfer-encoding:",
              "a length beside a coding, even one that does not end in chunked or has no body"),
          responses(
              Malformation.CHUNKED_BEFORE_1_1,
              "^HTTP/1\\.0",
              "a coding in a response to HEAD or CONNECT, where Netty does not look at it"),
          responses(
              Malformation.TRANSFER_ENCODING,
              "chunked[^\n]*,|chunked.*\ntransfer-encoding:",
              "codings behind chunked in a response that has no body"),
          both(
              Malformation.CHUNK,
              "\n[0-9a-f]{16}",
              "more digits than any size has: they overflow somewhere"),
          both(
              Malformation.CHUNK,
              "\n(?!" + CHUNK_LINE + ")[0-9a-f]+[ \t]*;[^\n]*\r\n",
              "extensions outside of the grammar: empty, with blanks or delimiters in a name"),
          both(Malformation.CHUNK, "\r\n[ \t]", "folded trailers, as folded fields"),
          responses(Malformation.CHUNK, "\n[^:\r\n]+[ \t]", "blanks behind a trailer's name"),
          both(
              Malformation.CHUNK,
              "\n(content-length|transfer-encoding|trailer):[^\n]*[\u0000-\u0008\u000b-\u001f\u007f]",
              "controls in trailers that Netty drops without a look at them"));

  private static Laxity both(Malformation refusal, String where, String reason) {
    return new Laxity(refusal, null, compile(where), reason);
  }

  private static Laxity requests(Malformation refusal, String where, String reason) {
    return new Laxity(refusal, Side.Requests.class, compile(where), reason);
  }

  private static Laxity responses(Malformation refusal, String where, String reason) {
    return new Laxity(refusal, Side.Responses.class, compile(where), reason);
  }

  private static Pattern compile(String where) {
    return Pattern.compile(where, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  static boolean explains(Side side, Malformation refusal, String rest) {
    return ALL.stream()
        .filter(laxity -> laxity.refusal == refusal)
        .filter(laxity -> laxity.direction == null || laxity.direction.isInstance(side))
        .anyMatch(laxity -> laxity.where.matcher(rest).find());
  }

  /// Netty counts a chunk in an `int`; that is no judgement on longer ones, which are legal.
  static boolean isNettysLimit(@Nullable String refusal) {
    return refusal != null && refusal.contains("Chunk size overflow");
  }
}
