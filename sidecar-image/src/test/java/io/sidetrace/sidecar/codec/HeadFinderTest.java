package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadFinderTest {
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final int LIMIT = 1000;

  private final HeadFinder finder = new HeadFinder();

  @Test
  void head_isFoundWithEmptyLinesBeforeAndNothingBehind() {
    assertThat(finder.find(bytes("\r\n\r\n" + HEAD + "\r\nGET"), LIMIT))
        .isEqualTo(4 + HEAD.length());
  }

  @Test
  void finder_isReadyForTheNextHeadBehindAnyReaderIndex() {
    ByteBuf in = bytes("xyz" + HEAD + HEAD).skipBytes(3);
    assertThat(finder.find(in, LIMIT)).isEqualTo(HEAD.length());
    assertThat(in.readerIndex()).isEqualTo(3);
    assertThat(finder.find(in.skipBytes(HEAD.length()), LIMIT)).isEqualTo(HEAD.length());
    assertThat(finder.find(bytes("\n"), LIMIT)).isEqualTo(HeadFinder.REFUSED);
    assertThat(finder.find(bytes(HEAD), LIMIT)).isEqualTo(HEAD.length());
  }

  @Test
  void emptyLines_areNoHead() {
    assertThat(finder.find(bytes("\r\n\r\n\r\n"), LIMIT)).isEqualTo(HeadFinder.INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 2000})
  void head_mayBeAsLongAsTheLimit(int step) {
    assertThat(find(HEAD + "rest", HEAD.length(), step)).isEqualTo(HEAD.length());
    assertThat(find("\r\n".repeat(10) + HEAD, HEAD.length() + 20, step))
        .isEqualTo(HEAD.length() + 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD,
        "GET / HTTP/1.1\r\nX: a line that goes over the limit\nand ends badly behind it",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
        "a line without an end that goes over the limit"
      })
  void head_overTheLimitIsTooLargeHoweverItsBytesAreCut(String input) {
    for (int step = 1; step <= input.length(); step++) {
      assertThat(find(input, HEAD.length() - 1, step)).isEqualTo(HeadFinder.REFUSED);
      assertThat(finder.malformation()).isEqualTo(Malformation.HEAD_TOO_LARGE);
    }
  }

  /// A configuration can change between two pieces of a head.
  @Test
  void limit_mayBecomeSmallerThanWhatCame() {
    ByteBuf in = bytes(HEAD);
    in.writerIndex(20);
    assertThat(finder.find(in, LIMIT)).isEqualTo(HeadFinder.INCOMPLETE);
    in.writerIndex(HEAD.length());
    assertThat(finder.find(in, 10)).isEqualTo(HeadFinder.REFUSED);
    assertThat(finder.malformation()).isEqualTo(Malformation.HEAD_TOO_LARGE);
  }

  private int find(String input, int limit, int step) {
    ByteBuf in = bytes(input).writerIndex(0);
    int found = HeadFinder.INCOMPLETE;
    while (found == HeadFinder.INCOMPLETE && in.isWritable()) {
      in.writerIndex(Math.min(in.writerIndex() + step, in.capacity()));
      found = finder.find(in, limit);
    }
    return found;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
