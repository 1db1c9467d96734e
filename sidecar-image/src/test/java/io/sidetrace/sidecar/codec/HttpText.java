package io.sidetrace.sidecar.codec;

import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes streams of HTTP/1: some as they should be, most with something that parsers have been
/// fooled by.
final class HttpText {
  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "HEAD", "OPTIONS", "CONNECT", "M-SEARCH", "g!#$%&'*+-.^_`|~1");
  private static final List<String> TARGETS =
      List.of("/", "/a?b=c", "*", "http://a/b", "a:80", "/%00\\\"<>{}|^`", "//", "/\u00e9");
  private static final List<String> TRAP_VERSIONS =
      List.of("HTTP/1.0", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1");
  private static final List<String> STATUSES =
      List.of("200 OK", "200", "200 ", "100 Continue", "101 S", "103 E", "204 N", "304 N", "404 x");
  private static final List<String> FIELDS =
      List.of(
          "Accept: */*",
          "X: a\tb \u00ff",
          "X:",
          "X: \t",
          "x-b3-traceid: 463ac35c9f6413ad48485a3953bb6124",
          "Content-Length: 0",
          "Content-Length: 3",
          "Content-Length: 003",
          "content-length:5",
          "Transfer-Encoding: chunked",
          "transfer-encoding:CHUNKED",
          "Transfer-Encoding: gzip, chunked",
          "Connection: close, Transfer-Encoding",
          "Connection: keep-alive",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Expect: 100-continue");
  private static final List<String> TRAP_FIELDS =
      List.of(
          "Host: b",
          "host:",
          "Content-Length: 3, 3",
          "Content-Length: +3",
          "Content-Length: 3 3",
          "Content-Length: 0x3",
          "Content-Length: 99999999999999999999",
          "Content-Length: 1000000000000000000",
          "Content-Length:",
          "Content-Length : 3",
          "Transfer-Encoding: chunked, gzip",
          "Transfer-Encoding: chunked, chunked",
          "Transfer-Encoding: gzip",
          "Transfer-Encoding: identity",
          "Transfer-Encoding: , chunked",
          "Transfer-Encoding:",
          "Transfer-Encoding: xchunked",
          "Transfer-Encoding: chunked;q=1",
          "Transfer-Encoding:\u000bchunked",
          "Transfer-Encoding : chunked",
          " folded",
          "no colon",
          ": no name",
          "N\u00e9: x");
  private static final List<String> CHUNKS =
      List.of(
          "0\r\n",
          "1\r\na\r\n",
          "3\r\nabc\r\n",
          "A\r\n0123456789\r\n",
          "0a;x\r\n0123456789\r\n",
          "2 ; x = y\r\nab\r\n",
          "2;x=\"a\\\"\r;b\"\r\nab\r\n",
          "2;x=\"\\a\u00e9\"\r\nab\r\n",
          "1;a;b=c;d=\"e f\"\r\na\r\n",
          "80000000\r\n",
          "fffffffffffffff\r\n",
          "10000000000000000\r\n",
          "000000000000000000001\r\na\r\n",
          "0x1\r\na\r\n",
          "-1\r\na\r\n",
          "1 \r\na\r\n",
          "1\na\r\n",
          "1\r\na\n",
          ";x\r\n",
          "\r\n");
  private static final List<String> TRAILERS =
      List.of(
          "", "T: 1\r\n", "A:\r\nB: \u00ff\t\r\n", "Content-Length: 3\r\n", " f: 1\r\n", "x\r\n");

  private static final Mutator MUTATOR =
      new Mutator(
          List.of(
              "\r\n",
              "\n",
              "\r",
              "\r\n\r\n",
              ":",
              " ",
              "\t",
              "\u0000",
              "\u000b",
              "\u007f",
              ";",
              "\r\n ",
              ",",
              "chunked",
              "Transfer-Encoding: chunked\r\n",
              "Content-Length: 1\r\n",
              "Host: c\r\n",
              "HTTP/1.1",
              "HTTP/1.0",
              "0\r\n\r\n",
              "\u0085",
              "\u00a0",
              "_",
              "="),
          "\r\n\t :;,=\"\\\u0000\u000b\u000c\u001f\u007f\u0080\u0085\u00a0\u00ff019aAfFgHT/.+-_");

  private final List<String> examples;

  /// @param subject whose entries of the corpus are mutated too
  HttpText(String subject) {
    this.examples = Corpus.of(subject).stream().map(Corpus.Entry::input).toList();
  }

  String requests(RandomGenerator random) {
    return perhapsMutated(random, requestOf(random) + perhaps(requestOf(random), random));
  }

  String responses(RandomGenerator random) {
    return perhapsMutated(random, responseOf(random) + perhaps(responseOf(random), random));
  }

  /// A request whose body is chunked, and the next.
  String chunkedBodies(RandomGenerator random) {
    return perhapsMutated(random, chunks(random) + perhaps("GET / HTTP/1.0\r\n\r\n", random));
  }

  private String perhapsMutated(RandomGenerator random, String text) {
    String example = one(examples, random);
    return switch (random.nextInt(5)) {
      case 0, 1 -> text;
      case 2 -> MUTATOR.mutate(example, text, random);
      default -> MUTATOR.mutate(text, example, random);
    };
  }

  private static String requestOf(RandomGenerator random) {
    String target = one(TARGETS, random);
    String line = one(METHODS, random) + ' ' + target + ' ' + version(random) + "\r\n";
    String host = random.nextInt(8) == 0 ? "" : "Host: a\r\n";
    return perhaps("\r\n", random, 8) + line + host + fields(random) + body(random);
  }

  private static String responseOf(RandomGenerator random) {
    String line = version(random) + ' ' + one(STATUSES, random) + "\r\n";
    return line + fields(random) + body(random);
  }

  private static String version(RandomGenerator random) {
    return random.nextInt(6) == 0 ? one(TRAP_VERSIONS, random) : "HTTP/1.1";
  }

  private static String fields(RandomGenerator random) {
    var fields = new StringBuilder();
    for (int count = random.nextInt(4); count > 0; count--) {
      fields.append(one(random.nextInt(4) == 0 ? TRAP_FIELDS : FIELDS, random)).append("\r\n");
    }
    return fields.append("\r\n").toString();
  }

  private static String body(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "abc";
      case 2 -> "abcde";
      default -> chunks(random);
    };
  }

  private static String chunks(RandomGenerator random) {
    var chunks = new StringBuilder();
    for (int count = random.nextInt(4); count > 0; count--) {
      chunks.append(one(CHUNKS, random));
    }
    return chunks.append("0\r\n").append(one(TRAILERS, random)).append("\r\n").toString();
  }

  private static String perhaps(String text, RandomGenerator random) {
    return perhaps(text, random, 2);
  }

  private static String perhaps(String text, RandomGenerator random, int oneOf) {
    return random.nextInt(oneOf) == 0 ? text : "";
  }

  private static String one(List<String> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
