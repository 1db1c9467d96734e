package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What hostile input may cost: each byte is looked at a bounded number of times, and nothing is
/// allocated that the input did not pay for.
final class ParsingCostTest {
  private static final int LIMIT = 256 * 1024;
  private static final String START = "GET / HTTP/1.1\r\nHost: a\r\n";

  /// What loading a class on the way may take: less than one object for each thing that is parsed.
  private static final int SLACK = 8 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// As large as the limit lets them be, or nearly.
  static Stream<Arguments> largeHeads() {
    return Stream.of(
        argumentSet("a field of 64 KiB", START + "X: " + "a".repeat(65536) + "\r\n\r\n"),
        argumentSet("a field name of 64 KiB", START + "a".repeat(65536) + ":\r\n\r\n"),
        argumentSet("a value of blanks", START + "X:" + " ".repeat(65536) + "\r\n\r\n"),
        argumentSet(
            "a target of 64 KiB", "GET /" + "a".repeat(65536) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        argumentSet("1,000 fields", START + "X-Name: value\r\n".repeat(1_000) + "\r\n"),
        argumentSet(
            "1,000 names with one hash", START + "AaAaBB: 1\r\nBBAaAa: 2\r\n".repeat(500) + "\r\n"),
        argumentSet("fields of the fewest bytes", START + "a:\r\n".repeat(65_000) + "\r\n"),
        argumentSet("empty lines before", "\r\n".repeat(100_000) + START + "\r\n"),
        argumentSet(
            "connection options", START + "Connection: " + "a,".repeat(100_000) + "b\r\n\r\n"),
        argumentSet(
            "codings", START + "Transfer-Encoding: " + "a,".repeat(100_000) + "chunked\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("largeHeads")
  void largeHead_isTakenUpToTheLimitAndRefusedBeyond(String head) {
    var side = new Side.Requests();
    var finder = new HeadFinder();
    ByteBuf in = bytes(head);

    assertThat(finder.find(in, LIMIT)).isEqualTo(head.length());
    assertThat(side.read(in, head.length())).isNull();
    assertThat(finder.find(in, head.length() - 1)).isEqualTo(HeadFinder.REFUSED);
    assertThat(finder.malformation().status()).isEqualTo(431);
  }

  /// Once by the search for line feeds, and once more before each of them.
  @ParameterizedTest
  @MethodSource("largeHeads")
  void finder_looksAtNoByteTwiceButCarriageReturns(String head) {
    for (int step : new int[] {1, 100, LIMIT}) {
      var in = new CountingBuffer(head.getBytes(ISO_8859_1));
      in.setIndex(0, 0);
      var finder = new HeadFinder();
      int found = HeadFinder.INCOMPLETE;
      while (found == HeadFinder.INCOMPLETE) {
        in.writerIndex(Math.min(in.writerIndex() + step, in.capacity()));
        found = finder.find(in, LIMIT);
      }
      assertThat(in.examined())
          .as("%d bytes at a time", step)
          .isEqualTo(head.length() + head.chars().filter(octet -> octet == '\n').count());
    }
  }

  @Test
  void finder_looksAtNothingBehindTheLimit() {
    var in = new CountingBuffer("a".repeat(10 * LIMIT).getBytes(ISO_8859_1));
    in.setIndex(0, in.capacity());

    assertThat(new HeadFinder().find(in, LIMIT)).isEqualTo(HeadFinder.REFUSED);
    assertThat(in.examined()).isEqualTo(LIMIT);
  }

  @ParameterizedTest
  @MethodSource("largeHeads")
  void head_isCopiedOnceAndNotLookedAtInTheBufferAgain(String head) {
    var in = new CountingBuffer(head.getBytes(ISO_8859_1));
    in.setIndex(0, in.capacity());
    new RequestHead().read(in, head.length());

    assertThat(in.examined()).isEqualTo(head.length());
  }

  /// The copy of the head, and three offsets of four bytes for each field, of which the shortest
  /// has four bytes; both grow by doubling.
  @ParameterizedTest
  @MethodSource("largeHeads")
  void head_costsMemoryInProportionToItsBytesAndOnlyOnce(String head) {
    ByteBuf in = bytes(head);
    new RequestHead().read(in, head.length()); // loads classes
    var request = new RequestHead();

    assertThat(allocated(() -> request.read(in, head.length())))
        .isLessThan(2 * head.length() + 4 * 3 * head.length() + SLACK);
    assertThat(allocated(() -> request.read(in, head.length()))).isLessThan(SLACK);
  }

  @Test
  void interimResponses_costNothingHoweverMany() {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    ByteBuf in = bytes(interim);
    var finder = new HeadFinder();
    var response = new ResponseHead();
    response.read(in, finder.find(in, LIMIT));

    assertThat(
            allocated(() -> {
              for (int i = 0; i < 10_000; i++) {
                response.read(in, finder.find(in, LIMIT));
              }
            }))
        .isLessThan(SLACK);
  }

  @Test
  void chunksOfOneByte_areLookedAtOnceAndCostNoMemory() {
    byte[] chunks = "1;a=\"b\"\r\nx\r\n".repeat(20_000).getBytes(ISO_8859_1);
    var in = new CountingBuffer(chunks);
    in.setIndex(0, in.capacity());
    var body = new BodyFraming();
    body.startChunked();
    body.take(bytes("1;a=\"b\"\r\nx\r\n0\r\n\r\n")); // loads classes
    body.startChunked();

    assertThat(allocated(() -> body.take(in))).isLessThan(SLACK);
    assertThat(body.bodyBytes()).isEqualTo(20_000);
    assertThat(in.examined()).as("all but data").isEqualTo(chunks.length - 20_000);
  }

  @Test
  void data_isNotLookedAt() {
    byte[] chunk = ("100000\r\n" + "x".repeat(0x100000)).getBytes(ISO_8859_1);
    var in = new CountingBuffer(chunk);
    in.setIndex(0, in.capacity());
    var body = new BodyFraming();
    body.startChunked();

    assertThat(body.take(in)).isEqualTo(chunk.length);
    assertThat(in.examined()).isEqualTo("100000\r\n".length());
  }

  private static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
