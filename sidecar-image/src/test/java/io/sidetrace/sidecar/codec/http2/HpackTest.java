package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Decoding by the examples of RFC 7541 appendix C, passing on against Netty's codec at both ends.
final class HpackTest {
  private static final int LIMIT = 1 << 20;

  @Test
  void requestsOfAppendixC3_areDecoded() {
    HpackDecoder decoder = new HpackDecoder(LIMIT);
    assertThat(decode(decoder, "828684410f7777772e6578616d706c652e636f6d"))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(decode(decoder, "828684be58086e6f2d6361636865"))
        .endsWith(":authority: www.example.com", "cache-control: no-cache");
    assertThat(decode(decoder, "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @Test
  void requestsOfAppendixC4_areDecoded() {
    HpackDecoder decoder = new HpackDecoder(LIMIT);
    decode(decoder, "828684418cf1e3c2e5f23a6ba0ab90f4ff");
    decode(decoder, "828684be5886a8eb10649cbf");
    assertThat(decode(decoder, "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"))
        .endsWith(":authority: www.example.com", "custom-key: custom-value");
  }

  /// With a table of 256 bytes, from which entries are evicted.
  @Test
  void responsesOfAppendixC5_areDecoded() {
    HpackDecoder decoder = new HpackDecoder(LIMIT);
    assertThat(
            decode(
                decoder,
                "3fe101" // the table's size
                    + "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a3133"
                    + "3a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d"))
        .containsExactly(
            ":status: 302",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com");
    assertThat(decode(decoder, "4803333037c1c0bf"))
        .startsWith(":status: 307", "cache-control: private");
    assertThat(
            decode(
                decoder,
                "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738"
                    + "666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d616765"
                    + "3d333630303b2076657273696f6e3d31"))
        .containsExactly(
            ":status: 200",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:22 GMT",
            "location: https://www.example.com",
            "content-encoding: gzip",
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
  }

  private static List<String> decode(HpackDecoder decoder, String hex) {
    HeaderFields fields = new HeaderFields();
    assertThat(decoder.decode(Blocks.of(HexFormat.of().parseHex(hex)), fields)).isNull();
    return Blocks.lines(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "80, index 0",
    "be, index behind the table",
    "ff8080808001, integer too long",
    "ff80, integer cut off",
    "0003, text cut off",
    "00036162, text shorter than its length",
    "7f8001, name's index behind the table",
    "0083ffffff00, malformed Huffman code",
    "3fe21f, table larger than offered",
    "202020, three table sizes",
    "8220, table size behind a field",
    "40, name missing"
  })
  void block_isMalformed(String hex, String why) {
    HpackDecoder decoder = new HpackDecoder(LIMIT);
    HeaderBlock block = Blocks.of(HexFormat.of().parseHex(hex));
    assertThat(decoder.decode(block, new HeaderFields())).as(why).isEqualTo(Violation.COMPRESSION);
  }

  /// An entry of 4 KB and an index of one byte for each time it is meant.
  @Test
  void fewBytesForManyFields_areTooLarge() {
    HpackDecoder decoder = new HpackDecoder(64 * 1024);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(0x40).writeByte(1).writeByte('a').writeByte(0x7f).writeByte(0x81).writeByte(0x1e);
    out.writeZero(3968);
    out.writeBytes("\u00be".repeat(100).getBytes(Blocks.LATIN_1));
    byte[] payload = new byte[out.readableBytes()];
    out.readBytes(payload);

    assertThat(decoder.decode(Blocks.of(payload), new HeaderFields()))
        .isEqualTo(Violation.HEADERS_TOO_LARGE);
  }

  /// What Netty's encoder says reaches Netty's decoder, whatever is taken out or added on the way,
  /// and however the two tables' sizes differ and change.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void fields_passOnFromNettyToNetty(long seed) throws Http2Exception {
    Random random = new Random(seed);
    var sender = new DefaultHttp2HeadersEncoder((name, value) -> name.length() % 7 == 3);
    var receiver = new DefaultHttp2HeadersDecoder(false, LIMIT);
    HpackDecoder decoder = new HpackDecoder(LIMIT);
    HpackEncoder encoder = new HpackEncoder();
    for (int i = 0; i < 2000; i++) {
      if (random.nextInt(50) == 0) {
        int size = random.nextInt(5000);
        receiver.configuration().maxHeaderTableSize(size);
        encoder.resizeTable(size);
        long offered = Math.min(size, HpackDecoder.TABLE_BYTES);
        sender.configuration().maxHeaderTableSize(offered);
        decoder.limitTable((int) offered);
      }
      List<String> sent = randomFields(random);
      HeaderFields fields = new HeaderFields();
      assertThat(decoder.decode(Blocks.of(encode(sender, sent)), fields)).isNull();
      assertThat(Blocks.lines(fields)).isEqualTo(sent);

      if (random.nextInt(10) == 0) {
        continue; // a request that is refused goes no further
      }
      int removed = random.nextInt(sent.size());
      ByteBuf out = Unpooled.buffer();
      encoder.begin(out);
      for (int at = 0; at < fields.count(); at++) {
        if (at != removed) {
          encoder.copy(fields, at, out);
        }
      }
      encoder.literal("x-added", "value " + i, out);
      List<String> expected = new ArrayList<>(sent);
      expected.remove(removed);
      expected.add("x-added: value " + i);
      assertThat(received(receiver, out)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /// No block makes the decoder fail in another way than it says.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noise_isDecodedOrRefused(long seed) {
    Random random = new Random(seed);
    HpackDecoder decoder = new HpackDecoder(10_000);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      @Nullable Violation violation = decoder.decode(Blocks.of(noise), new HeaderFields());
      assertThat(violation).isIn(null, Violation.COMPRESSION, Violation.HEADERS_TOO_LARGE);
    }
  }

  private static List<String> randomFields(Random random) {
    List<String> fields = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String name = random.nextInt(3) == 0 ? "accept-encoding" : "n".repeat(1 + random.nextInt(12));
      StringBuilder value = new StringBuilder();
      int length = random.nextInt(30) == 0 ? random.nextInt(5000) : random.nextInt(3);
      for (int at = 0; at < length; at++) {
        value.append(
            (char) (random.nextInt(4) == 0 ? 128 + random.nextInt(128) : 'a' + random.nextInt(3)));
      }
      fields.add(name + ": " + value);
    }
    fields.sort(null); // Netty's headers are grouped by name
    return fields;
  }

  private static byte[] encode(DefaultHttp2HeadersEncoder encoder, List<String> fields)
      throws Http2Exception {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (String field : fields) {
      int colon = field.indexOf(": ");
      headers.add(field.substring(0, colon), field.substring(colon + 2));
    }
    ByteBuf out = Unpooled.buffer();
    encoder.encodeHeaders(1, headers, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static List<String> received(DefaultHttp2HeadersDecoder decoder, ByteBuf block)
      throws Http2Exception {
    List<String> lines = new ArrayList<>();
    decoder
        .decodeHeaders(1, block)
        .forEach(field -> lines.add(field.getKey() + ": " + field.getValue()));
    return lines;
  }
}
