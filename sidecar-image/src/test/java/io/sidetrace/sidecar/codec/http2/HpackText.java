package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Mutator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes header blocks for one connection, as text whose characters are bytes: before each block
/// stands a byte with its length.
final class HpackText {
  private static final int LONGEST_BLOCK = 255;
  private static final int MOST_BLOCKS = 4;

  /// Forms of fields with what belongs to them, and what decoders trip over.
  private static final List<String> PIECES =
      List.of(
          "\u0082",
          "\u0084\u0087",
          "\u00bd",
          "\u00be",
          "\u00bf\u00c0",
          "\u0040\u0001a\u0001b",
          "\u0041\u0003a.b",
          "\u007e\u0001x",
          "\u007f\u0000\u0002yz",
          "\u0040\u0000\u0000",
          "\u0000\u0004name\u0000",
          "\u000f\r\u0002de",
          "\u0010\u0005never\u0001v",
          "\u001f\u0008\u0001n",
          "\u0044\u0086\u00a8\u00eb\u0010\u0064\u009c\u00bf",
          "\u0041\u008c\u00f1\u00e3\u00c2\u00e5\u00f2\u003a\u006b\u00a0\u00ab\u0090\u00f4\u00ff",
          "\u0004\u0081\u001f",
          "\u0004\u0081\u001e",
          "\u0004\u0084\u00ff\u00ff\u00ff\u00ff",
          "\u0020",
          "\u003f\u0001",
          "\u003f\u00e1\u001f",
          "\u003f\u00e2\u001f",
          "\u0020\u0020\u0020",
          "\u00ff\u0000",
          "\u00ff\u0080\u0000",
          "\u00ff\u0080\u0080\u0080\u0080\u0000",
          "\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "\u0080",
          "\u0000\u007f\u0081\u001e",
          "\u0000\u0001:\u0001a");

  private static final Mutator MUTATOR =
      new Mutator(PIECES, "\u0000\u0001\u001f\u0020\u003f\u0040\u007f\u0080\u00be\u00ff");

  private final List<String> corpus = Corpus.of("hpack").stream().map(Corpus.Entry::input).toList();

  String blocks(RandomGenerator random) {
    List<String> blocks =
        switch (random.nextInt(8)) {
          case 0 -> List.of();
          case 1, 2, 3 -> composed(random);
          default -> encoded(random);
        };
    if (blocks.isEmpty()) {
      String other = corpus.get(random.nextInt(corpus.size()));
      return MUTATOR.mutate(corpus.get(random.nextInt(corpus.size())), other, random);
    }
    var text = new StringBuilder();
    for (String block : blocks) {
      boolean mutated = random.nextInt(3) == 0;
      String bytes = mutated ? MUTATOR.mutate(block, blocks.getFirst(), random) : block;
      int length = Math.min(bytes.length(), LONGEST_BLOCK);
      text.append((char) length).append(bytes, 0, length);
    }
    return text.toString();
  }

  private static List<String> composed(RandomGenerator random) {
    var blocks = new ArrayList<String>();
    for (int count = 1 + random.nextInt(MOST_BLOCKS); count > 0; count--) {
      var block = new StringBuilder();
      for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
        block.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      blocks.add(block.toString());
    }
    return blocks;
  }

  /// As Netty's encoder writes them, with a table that remembers.
  private static List<String> encoded(RandomGenerator random) {
    int huffmanFrom = random.nextBoolean() ? 0 : Integer.MAX_VALUE;
    var sensitive = (Http2HeadersEncoder.SensitivityDetector) (name, value) -> name.length() == 5;
    var encoder = new DefaultHttp2HeadersEncoder(sensitive, true, 16, huffmanFrom);
    var blocks = new ArrayList<String>();
    for (int count = 1 + random.nextInt(MOST_BLOCKS); count > 0; count--) {
      var headers = new DefaultHttp2Headers(false);
      for (int fields = 1 + random.nextInt(5); fields > 0; fields--) {
        headers.add("n".repeat(1 + random.nextInt(6)), value(random));
      }
      blocks.add(encode(encoder, headers));
    }
    return blocks;
  }

  private static String value(RandomGenerator random) {
    var value = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      value.append((char) (random.nextInt(8) == 0 ? random.nextInt(256) : 'a' + random.nextInt(3)));
    }
    return value.toString();
  }

  private static String encode(DefaultHttp2HeadersEncoder encoder, DefaultHttp2Headers headers) {
    ByteBuf out = Unpooled.buffer();
    try {
      encoder.encodeHeaders(1, headers, out);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
    return out.toString(Blocks.LATIN_1);
  }
}
