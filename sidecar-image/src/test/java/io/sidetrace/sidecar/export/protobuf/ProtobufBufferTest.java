package io.sidetrace.sidecar.export.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written, held against what Google's own library writes.
class ProtobufBufferTest {
  private final ProtobufBuffer buffer = new ProtobufBuffer();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void numbers_areAsTheLibraryWritesThem(long number) throws IOException {
    buffer.varint(1, number).varint(16, number).varint(5_000_000, number).fixed64(2, number);
    buffer.fixed32(3, (int) number);

    assertThat(buffer.toBytes())
        .isEqualTo(
            written(out -> {
              out.writeUInt64(1, number);
              out.writeUInt64(16, number);
              out.writeUInt64(5_000_000, number);
              out.writeFixed64(2, number);
              out.writeFixed32(3, (int) number);
            }));
  }

  static Stream<String> texts() {
    return Stream.of(
        "",
        "GET",
        "é߿ࠀ日\uffff😀",
        "a".repeat(127),
        "a".repeat(128),
        "日".repeat(42),
        "日".repeat(43),
        "a".repeat(16_383),
        "a".repeat(16_384),
        "x" + "😀".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void texts_areAsTheLibraryWritesThem(String text) throws IOException {
    buffer.text(1, text).text(1000, text);

    assertThat(buffer.toBytes())
        .isEqualTo(
            written(out -> {
              out.writeString(1, text);
              out.writeString(1000, text);
            }));
  }

  @Test
  void halfASurrogatePair_becomesTheReplacementCharacter() throws IOException {
    buffer.text(1, "\ud83d!").text(1, "!\ude00").text(1, "\ude00\ud83d");

    assertThat(buffer.toBytes())
        .isEqualTo(
            written(out -> {
              out.writeString(1, "\ufffd!");
              out.writeString(1, "!\ufffd");
              out.writeString(1, "\ufffd\ufffd");
            }));
  }

  @Test
  void words_areBytesWithTheMostSignificantFirst() throws IOException {
    buffer.word(2, 0x0102030405060708L).words(1, 0x1112131415161718L, -2);

    byte[] both = ByteBuffer.allocate(16).putLong(0x1112131415161718L).putLong(-2).array();
    assertThat(buffer.toBytes())
        .isEqualTo(
            written(out -> {
              out.writeByteArray(2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
              out.writeByteArray(1, both);
            }));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 120, 123, 124, 125, 126, 127, 128, 5_000, 20_000})
  void messagesInMessages_haveTheirLengths(int size) throws IOException {
    String text = "a".repeat(size);
    int outer = buffer.open(9);
    int inner = buffer.text(1, "key").open(2);
    buffer.text(1, text).close(inner).varint(7, 5).close(outer);

    UnknownFieldSet value = message(1, text);
    UnknownFieldSet attribute =
        UnknownFieldSet.newBuilder()
            .addField(1, text("key"))
            .addField(2, Field.newBuilder().addLengthDelimited(value.toByteString()).build())
            .addField(7, Field.newBuilder().addVarint(5).build())
            .build();
    assertThat(UnknownFieldSet.parseFrom(buffer.toBytes()))
        .isEqualTo(
            UnknownFieldSet.newBuilder()
                .addField(
                    9, Field.newBuilder().addLengthDelimited(attribute.toByteString()).build())
                .build());
  }

  @Test
  void movedMessages_standBehindOneAnother() throws IOException {
    ByteBuf out = Unpooled.buffer();
    int batch = OpenLength.open(out, 300);
    for (String text : new String[] {"one", "a".repeat(300), ""}) {
      buffer.text(1, text).moveTo(out, 2);
    }
    OpenLength.close(out, batch);

    UnknownFieldSet spans =
        UnknownFieldSet.newBuilder()
            .addField(
                2,
                Field.newBuilder()
                    .addLengthDelimited(message(1, "one").toByteString())
                    .addLengthDelimited(message(1, "a".repeat(300)).toByteString())
                    .addLengthDelimited(message(1, "").toByteString())
                    .build())
            .build();
    assertThat(UnknownFieldSet.parseFrom(bytes(out)))
        .isEqualTo(
            UnknownFieldSet.newBuilder()
                .addField(300, Field.newBuilder().addLengthDelimited(spans.toByteString()).build())
                .build());
  }

  @Test
  void clearedBuffer_forgetsWhatWasWritten() {
    buffer.text(1, "a".repeat(100_000)).clear();

    assertThat(buffer.varint(1, 1).toBytes()).containsExactly(8, 1);
  }

  private static byte[] bytes(ByteBuf out) {
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static UnknownFieldSet message(int field, String text) {
    return UnknownFieldSet.newBuilder().addField(field, text(text)).build();
  }

  private static Field text(String text) {
    return Field.newBuilder()
        .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8(text))
        .build();
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }
}
