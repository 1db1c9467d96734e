package io.sidetrace.sidecar.intercept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.HeadFinder;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The detector against a grammar of request lines, and against what the codec makes of them.
final class ProtocolFuzzTest {
  private static final int LINE_LIMIT = 200;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final Pattern REQUEST_LINE =
      Pattern.compile(
          "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32} [^\u0000-\u0020\u007f]+ HTTP/1\\.[01]\r?\n");

  /// The forms that a target may have: `/path`, `*`, `scheme://…`, and the authority of CONNECT.
  private static final Pattern TAKEN_LINE =
      Pattern.compile(
          "(CONNECT [^#]+|[^ ]+ (/[^#]*|\\*|[!#$%&'*+.^_`|~0-9A-Za-z-]+://[^#]*)) HTTP/1\\.[01]\r\n");

  private static final List<String> EXAMPLES =
      Corpus.of("protocol").stream().map(Corpus.Entry::input).toList();
  private static final Mutator MUTATOR =
      new Mutator(
          List.of(
              "GET ",
              " ",
              "/",
              " HTTP/1.1\r\n",
              " HTTP/1.0\n",
              "HTTP/",
              "\r\n",
              PREFACE,
              "PRI * ",
              "\u0016\u0003\u0001",
              "x".repeat(30),
              "/".repeat(190)),
          " \r\n\t/.10HTPGPRI*\u0000\u0016\u0003\u007f\u0080\u00ff");

  @Test
  void firstBytes_areToldAsTheGrammarSays() {
    Map<String, Integer> verdicts =
        new Fuzz("protocol", 50_000, ProtocolFuzzTest::firstBytes, ProtocolFuzzTest::judge).run();
    for (Protocol protocol : Protocol.values()) {
      assertThat(verdicts.get(protocol.name())).as("%s of %s", protocol, verdicts).isPositive();
    }
  }

  private static String firstBytes(RandomGenerator random) {
    String example = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
    return MUTATOR.mutate(example, EXAMPLES.get(random.nextInt(EXAMPLES.size())), random);
  }

  private static String judge(String text) {
    Protocol whole = new ProtocolDetector(LINE_LIMIT).detect(bytes(text));
    assertThat(byteByByte(text)).as("byte by byte").isEqualTo(whole);
    assertThat(whole).isEqualTo(byGrammar(text));
    int line = text.indexOf('\n') + 1;
    if (line > 0 && line <= LINE_LIMIT && !text.startsWith("\u0016")) {
      judgeLine(text.substring(0, line), whole);
    }
    return whole.name();
  }

  private static Protocol byteByByte(String text) {
    var detector = new ProtocolDetector(LINE_LIMIT);
    ByteBuf bytes = bytes(text);
    ByteBuf in = bytes.duplicate().writerIndex(0);
    Protocol protocol = Protocol.UNDECIDED;
    while (protocol == Protocol.UNDECIDED && in.writerIndex() < bytes.writerIndex()) {
      protocol = detector.detect(in.writerIndex(in.writerIndex() + 1));
    }
    return protocol;
  }

  private static Protocol byGrammar(String text) {
    if (text.startsWith("\u0016")) {
      return text.length() == 1
          ? Protocol.UNDECIDED
          : text.charAt(1) == 3 ? Protocol.TLS : Protocol.OTHER;
    }
    String known = text.substring(0, Math.min(text.length(), LINE_LIMIT));
    Matcher line = REQUEST_LINE.matcher(known);
    if (line.lookingAt()) {
      return Protocol.HTTP1;
    }
    if (known.startsWith(PREFACE)) {
      return Protocol.HTTP2;
    }
    boolean possible = line.hitEnd() || PREFACE.startsWith(known);
    return possible && text.length() < LINE_LIMIT ? Protocol.UNDECIDED : Protocol.OTHER;
  }

  /// What is called HTTP/1 has a request line that the codec takes, or refuses for its line feed or
  /// for its target; what is not has none, or a method that is longer than any.
  private static void judgeLine(String line, Protocol protocol) {
    ByteBuf head = bytes(line + "Host: a\r\n\r\n");
    int length = new HeadFinder().find(head, 2 * LINE_LIMIT);
    var request = new RequestHead();
    boolean taken = length != HeadFinder.REFUSED && request.read(head, length) == null;
    if (protocol == Protocol.HTTP1) {
      assertThat(taken).as("taken by the codec").isEqualTo(TAKEN_LINE.matcher(line).matches());
    } else if (taken) {
      assertThat(request.method()).hasSizeGreaterThan(32);
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
