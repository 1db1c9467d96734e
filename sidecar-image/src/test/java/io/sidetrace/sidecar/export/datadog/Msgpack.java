package io.sidetrace.sidecar.export.datadog;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads MessagePack as its specification has it, into maps, lists, texts and numbers.
final class Msgpack {
  private final ByteBuf in;

  private Msgpack(ByteBuf in) {
    this.in = in;
  }

  /// The one value that the bytes are.
  static Object read(ByteBuf bytes) {
    Object value = new Msgpack(bytes).value();
    if (bytes.isReadable()) {
      throw new AssertionError(bytes.readableBytes() + " bytes behind the value");
    }
    return value;
  }

  private Object value() {
    int type = in.readUnsignedByte();
    if (type < 0x80) {
      return (long) type;
    }
    if (type < 0x90) {
      return map(type & 0xf);
    }
    if (type >= 0xa0 && type < 0xc0) {
      return text(type & 0x1f);
    }
    return switch (type) {
      case 0xcb -> in.readDouble();
      case 0xcf -> in.readLong();
      case 0xd9 -> text(in.readUnsignedByte());
      case 0xda -> text(in.readUnsignedShort());
      case 0xdb -> text(in.readInt());
      case 0xdd -> list(in.readInt());
      case 0xde -> map(in.readUnsignedShort());
      default -> throw new AssertionError("type: " + Integer.toHexString(type));
    };
  }

  private String text(int length) {
    return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }

  private List<Object> list(int length) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(value());
    }
    return elements;
  }

  private Map<String, Object> map(int length) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < length; i++) {
      String key = (String) value();
      if (fields.put(key, value()) != null) {
        throw new AssertionError("twice: " + key);
      }
    }
    return fields;
  }
}
