package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a header block may be (RFC 9113 sections 8.1 to 8.3 and 8.5).
final class MessageShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a request       | true  | :method=GET :scheme=http :path=/ :authority=a",
        "with fields     | true  | :method=GET :scheme=http :path=/ te=trailers x=y",
        "CONNECT         | true  | :method=CONNECT :authority=a:1",
        "a web socket    | true  | :method=CONNECT :protocol=websocket :scheme=http :path=/ :authority=a",
        "the same host   | true  | :method=GET :scheme=http :path=/ :authority=A host=a",
        "another host    | false | :method=GET :scheme=http :path=/ :authority=a host=b",
        "two hosts       | false | :method=GET :scheme=http :path=/ host=a host=a",
        "no method       | false | :scheme=http :path=/",
        "no scheme       | false | :method=GET :path=/",
        "no path         | false | :method=GET :scheme=http",
        "empty path      | false | :method=GET :scheme=http :path=",
        "two paths       | false | :method=GET :scheme=http :path=/ :path=/",
        "late path       | false | :method=GET :scheme=http x=y :path=/",
        "a status        | false | :method=GET :scheme=http :path=/ :status=200",
        "unknown pseudo  | false | :method=GET :scheme=http :path=/ :x=y",
        "upper case      | false | :method=GET :scheme=http :path=/ X=y",
        "blank in a name | false | :method=GET :scheme=http :path=/ x\\20=y",
        "colon in a name | false | :method=GET :scheme=http :path=/ x:y=z",
        "empty name      | false | :method=GET :scheme=http :path=/ =y",
        "line feed       | false | :method=GET :scheme=http :path=/ x=y\\0az",
        "return          | false | :method=GET :scheme=http :path=/a\\0d",
        "NUL             | false | :method=GET :scheme=http :path=/ x=\\00",
        "connection      | false | :method=GET :scheme=http :path=/ connection=close",
        "keep-alive      | false | :method=GET :scheme=http :path=/ keep-alive=1",
        "proxy           | false | :method=GET :scheme=http :path=/ proxy-connection=close",
        "chunked         | false | :method=GET :scheme=http :path=/ transfer-encoding=chunked",
        "upgrade         | false | :method=GET :scheme=http :path=/ upgrade=h2c",
        "te              | false | :method=GET :scheme=http :path=/ te=gzip",
        "CONNECT + path  | false | :method=CONNECT :authority=a:1 :path=/ :scheme=http",
      })
  void block_isARequest(String name, boolean expected, String fields) {
    HeaderFields block = fields(fields);
    assertThat(block.shape().isRequest(block)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    ":status=200, true",
    ":status=200 server=x, true",
    ":status=2000, false",
    ":status=20x, false",
    ":status=099, false",
    "server=x, false",
    ":status=200 :status=200, false",
    ":status=200 :path=/, false",
    ":status=200 Server=x, false"
  })
  void block_isAResponse(String fields, boolean expected) {
    HeaderFields block = fields(fields);
    assertThat(block.shape().isResponse(block)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"grpc-status=0, true", ":status=200, false", "Grpc-status=0, false"})
  void block_isTrailers(String fields, boolean expected) {
    assertThat(fields(fields).shape().isTrailers()).isEqualTo(expected);
  }

  /// `name=value`, with `\XX` for a byte in hexadecimal.
  private static HeaderFields fields(String text) {
    HpackEncoder encoder = new HpackEncoder();
    ByteBuf out = Unpooled.buffer();
    for (String field : text.split(" ", -1)) {
      int equals = field.indexOf('=');
      encoder.literal(plain(field.substring(0, equals)), plain(field.substring(equals + 1)), out);
    }
    byte[] payload = new byte[out.readableBytes()];
    out.readBytes(payload);
    HeaderFields fields = new HeaderFields();
    assertThat(new HpackDecoder(1 << 20).decode(Blocks.of(payload), fields)).isNull();
    return fields;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
