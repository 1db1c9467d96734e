package io.sidetrace.sidecar.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What anyone may write into a request's target and `x-forwarded-for`, as routes and formats read
/// it.
final class TargetFuzzTest {
  private static final Pattern PATH =
      Pattern.compile("(/[^?#]*)|[^/?#]*/[^/?#]*/[^/?#]*(/[^?#]*)", Pattern.DOTALL);
  private static final Pattern IPV4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");

  private static final Mutator TARGETS =
      new Mutator(
          List.of("/", "//", "http://", "?", "#", "*", "a:80", "/..;/", "%2f", "@", "/a"),
          "/?#:*@.%;\\0aA[]\u0080\u00ff");
  private static final Mutator ADDRESSES =
      new Mutator(
          List.of(
              ",",
              ", ",
              "10.0.0.1",
              "::1",
              "fe80::1%1",
              "[::1]:80",
              ":80",
              "::ffff:1.2.3.4",
              "0x7f.1"),
          ",. :%[]/0123456789abcdefx\t\u00ff");

  private static final List<String> TARGET_EXAMPLES = examples("target");
  private static final List<String> ADDRESS_EXAMPLES = examples("forwarded-for");

  private final ClientAddresses addresses = new ClientAddresses(new Wire(), null);

  @Test
  void targets_haveThePathThatTheGrammarSays() {
    Map<String, Integer> verdicts =
        new Fuzz(
                "target",
                50_000,
                random -> mutated(TARGETS, TARGET_EXAMPLES, random),
                TargetFuzzTest::judgeTarget)
            .run();
    assertThat(verdicts).as("%s", verdicts).containsOnlyKeys("REFUSED", "PATH", "ROOT");
  }

  @Test
  void forwardedAddresses_areReadOrPassedOver() {
    Map<String, Integer> verdicts =
        new Fuzz(
                "forwarded-for",
                50_000,
                random -> mutated(ADDRESSES, ADDRESS_EXAMPLES, random),
                this::judgeAddress)
            .run();
    assertThat(verdicts.values()).as("%s", verdicts).hasSize(2).allMatch(count -> count > 1_000);
  }

  private static List<String> examples(String subject) {
    return Corpus.of(subject).stream().map(Corpus.Entry::input).toList();
  }

  private static String mutated(Mutator mutator, List<String> examples, RandomGenerator random) {
    String good = examples.get(random.nextInt(examples.size()));
    return mutator.mutate(good, examples.get(random.nextInt(examples.size())), random);
  }

  private static String judgeTarget(String target) {
    String text = "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    ByteBuf in = Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
    var head = new RequestHead();
    if (head.read(in, text.length()) != null) {
      return "REFUSED";
    }
    assertThat(head.target()).isEqualTo(target);
    RequestPath path = RequestPath.of(head);
    String expected = pathOf(target);
    assertThat(path.isExactly(expected.getBytes(ISO_8859_1))).as(expected).isTrue();
    assertThat(path.isExactly((expected + "a").getBytes(ISO_8859_1))).isFalse();
    for (int end = 0; end <= expected.length(); end++) {
      assertThat(path.startsWith(expected.substring(0, end).getBytes(ISO_8859_1))).isTrue();
    }
    assertThat(path.startsWith((expected + "a").getBytes(ISO_8859_1))).isFalse();
    return expected.equals("/") ? "ROOT" : "PATH";
  }

  private static String pathOf(String target) {
    Matcher path = PATH.matcher(target);
    if (!path.lookingAt()) {
      return "/";
    }
    return path.group(1) == null ? path.group(2) : path.group(1);
  }

  /// Whoever may write the field gets an address from it or the peer's, which is none here.
  private String judgeAddress(String forwarded) {
    InetSocketAddress read = addresses.remote(forwarded);
    String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    if (read == null) {
      assertThat(isPlainIpv4(last)).as(last).isFalse();
      return "PASSED_OVER";
    }
    assertThat(read.isUnresolved()).isFalse();
    assertThat(ClientAddresses.ip(read)).isNotBlank();
    return "READ";
  }

  private static boolean isPlainIpv4(String text) {
    if (!IPV4.matcher(text).matches()) {
      return false;
    }
    for (String part : text.split("\\.")) {
      if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return false;
      }
    }
    return true;
  }
}
