package io.sidetrace.sidecar.export.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.sidetrace.sidecar.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The reader against Google's, on messages that are good, cut, or not messages at all.
class ProtobufReaderFuzzTest {
  private static final int ROUNDS = 20_000;

  @Test
  void fields_areThoseThatTheLibraryReads() {
    var verdicts =
        new Fuzz("protobuf", ROUNDS, ProtobufReaderFuzzTest::input, ProtobufReaderFuzzTest::judge)
            .run();

    assertThat(verdicts.keySet()).containsExactlyInAnyOrder("WHOLE", "CUT");
  }

  private static String input(RandomGenerator random) {
    ProtobufBuffer buffer = new ProtobufBuffer();
    int fields = random.nextInt(5);
    for (int i = 0; i < fields; i++) {
      int field = 1 + random.nextInt(random.nextBoolean() ? 15 : 1 << 20);
      switch (random.nextInt(4)) {
        case 0 -> buffer.varint(field, random.nextLong() >>> random.nextInt(64));
        case 1 -> buffer.fixed64(field, random.nextLong());
        case 2 -> buffer.fixed32(field, random.nextInt());
        default -> buffer.text(field, "é".repeat(random.nextInt(100)));
      }
    }
    var text = new StringBuilder(new String(buffer.toBytes(), StandardCharsets.ISO_8859_1));
    if (!text.isEmpty() && random.nextBoolean()) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      text.setLength(random.nextInt(text.length()) + 1);
    }
    return text.toString();
  }

  private static String judge(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
    List<String> ours = ours(new ProtobufReader(bytes));
    List<String> expected = new ArrayList<>();
    boolean whole = library(CodedInputStream.newInstance(bytes), expected);
    if (!whole) {
      // Where the message ends, the library may have stopped for reasons of its own.
      assertThat(ours.size()).isGreaterThanOrEqualTo(expected.size());
      assertThat(ours.subList(0, expected.size())).isEqualTo(expected);
      return "CUT";
    }
    assertThat(ours).isEqualTo(expected);
    return "WHOLE";
  }

  private static List<String> ours(ProtobufReader reader) {
    List<String> fields = new ArrayList<>();
    while (reader.next()) {
      fields.add(reader.field() + ":" + reader.number() + ":" + reader.text());
    }
    return fields;
  }

  /// @return whether the message could be read to its end
  private static boolean library(CodedInputStream in, List<String> fields) {
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        fields.add(WireFormat.getTagFieldNumber(tag) + ":" + value(in, tag));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String value(CodedInputStream in, int tag) throws IOException {
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64() + ":";
      case WireFormat.WIRETYPE_FIXED64 -> in.readFixed64() + ":";
      case WireFormat.WIRETYPE_FIXED32 -> Integer.toUnsignedLong(in.readFixed32()) + ":";
      case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
          "0:" + new String(in.readByteArray(), StandardCharsets.UTF_8);
      default -> throw new IOException("group");
    };
  }
}
