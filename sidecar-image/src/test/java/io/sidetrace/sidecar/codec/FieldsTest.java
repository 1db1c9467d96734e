package io.sidetrace.sidecar.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {
  private final RequestHead head = new RequestHead();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          X-Request-Id: a,          x-request-id, a
          X-REQUEST-ID:a,           x-request-id, a
          'X-Request-Id: \ta b\t ', x-request-id, a b
          X-Request-Id:,            x-request-id, ''
          'X-Request-Id: ',         x-request-id, ''
          'X-Request-Id: \t ',      x-request-id, ''
          X-Request-Ids: a,         x-request-id, -
          X: a: b,                  x,            a: b
          B3: 0,                    b3,           0
          x: \u00e4,                x,            \u00e4
          """)
  void value_isFoundByNameWithoutTheBlanksAroundIt(String line, String name, String value) {
    read("Host: a\r\n" + line + "\r\n");

    assertThat(head.fields().first(name)).isEqualTo(value);
  }

  @Test
  void first_isTheFirstOfSeveral() {
    read("Host: a\r\nX: 1\r\nx: 2\r\n");

    assertThat(head.fields().first("host")).isEqualTo("a");
    assertThat(head.fields().first("x")).isEqualTo("1");
    assertThat(head.fields().indexOf("x")).isEqualTo(1);
    assertThat(head.fields().indexOf("y")).isEqualTo(-1);
  }

  @Test
  void lines_coverTheHeadFromRequestLineToEmptyLine() {
    read("Host: a\r\nX:  \r\nLast:  b\r\n");
    Fields fields = head.fields();

    int start = "GET / HTTP/1.1\r\n".length();
    for (int i = 0; i < fields.count(); i++) {
      assertThat(fields.lineStart(i)).isEqualTo(start);
      start = fields.lineEnd(i);
    }
    assertThat(start).isEqualTo(fields.length() - "\r\n".length());
  }

  @Test
  void fields_mayBeMoreThanWereFirstProvidedFor() {
    var lines = new StringBuilder("Host: a\r\n");
    for (int i = 0; i < 1_000; i++) {
      lines.append("X-").append(i).append(": value ").append(i).append("\r\n");
    }
    read(lines.toString());

    assertThat(head.fields().count()).isEqualTo(1_001);
    assertThat(head.fields().first("x-0")).isEqualTo("value 0");
    assertThat(head.fields().first("x-999")).isEqualTo("value 999");
  }

  @Test
  void shorterHead_showsNothingOfTheLongerOneBefore() {
    read("Host: a\r\nContent-Length: 3\r\nConnection: close\r\nUpgrade: h2c\r\nX: secret\r\n");
    read("Host: b\r\n");

    assertThat(head.fields().count()).isEqualTo(1);
    assertThat(head.fields().first("x")).isNull();
    assertThat(head.keepsAlive()).isTrue();
    assertThat(head.offersHttp2()).isFalse();
    var body = new BodyFraming();
    head.frame(body);
    assertThat(body.ended()).isTrue();
  }

  @Test
  void head_afterARefusedOneIsReadAfresh() {
    byte[] bad = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(head.read(Unpooled.wrappedBuffer(bad), bad.length))
        .isEqualTo(Malformation.CONTENT_LENGTH);

    read("Host: a\r\n");
  }

  private void read(String lines) {
    byte[] bytes = ("GET / HTTP/1.1\r\n" + lines + "\r\n").getBytes(ISO_8859_1);
    assertThat(head.read(Unpooled.wrappedBuffer(bytes), bytes.length)).isNull();
  }
}
