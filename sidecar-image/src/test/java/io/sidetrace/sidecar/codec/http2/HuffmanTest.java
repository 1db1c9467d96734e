package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Vectors of RFC 7541 appendix C and of its rules for padding (section 5.2).
final class HuffmanTest {
  @ParameterizedTest
  @CsvSource({
    "f1e3c2e5f23a6ba0ab90f4ff, www.example.com",
    "a8eb10649cbf, no-cache",
    "25a849e95ba97d7f, custom-key",
    "25a849e95bb8e8b4bf, custom-value",
    "6402, 302",
    "aec3771a4b, private",
    "d07abe941054d444a8200595040b8166e082a62d1bff, 'Mon, 21 Oct 2013 20:13:21 GMT'",
    "9d29ad171863c78f0b97c8e9ae82ae43d3, https://www.example.com",
    "640eff, 307",
    "9bd9ab, gzip",
    "94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007,"
        + " 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'"
  })
  void text_isDecoded(String code, String text) {
    byte[] in = HexFormat.of().parseHex(code);
    byte[] out = new byte[Huffman.longestText(in.length)];

    int end = Huffman.decode(in, 0, in.length, out, 0);

    assertThat(new String(out, 0, end, StandardCharsets.US_ASCII)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"00, padding of zeros", "ffff, padding of two bytes", "3fffffff, the end's code"})
  void code_isMalformed(String code, String why) {
    byte[] in = HexFormat.of().parseHex(code);
    byte[] out = new byte[Huffman.longestText(in.length)];

    assertThat(Huffman.decode(in, 0, in.length, out, 0)).as(why).isEqualTo(-1);
  }
}
