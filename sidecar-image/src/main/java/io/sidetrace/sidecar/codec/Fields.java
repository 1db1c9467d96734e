package io.sidetrace.sidecar.codec;

import static io.sidetrace.sidecar.codec.Octets.equalsIgnoreCase;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A head's bytes and where its fields stand in them. Reused from head to head, so nothing is
/// allocated once the arrays have grown to the traffic's size. Event-loop confined.
public final class Fields implements FieldBytes {
  /// Heads are mostly smaller; larger ones grow the array to their size.
  private static final int INITIAL_BYTES = 2048;

  /// Offsets of one field: where its line begins, its colon, where its line ends (before CRLF).
  private static final int STRIDE = 3;

  private static final int INITIAL_FIELDS = 32;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;
  private int[] offsets = new int[INITIAL_FIELDS * STRIDE];
  private int count;
  private final MessageFacts facts = new MessageFacts();

  /// Copies the head out of the buffer, which keeps its reader index. One bulk copy is what makes
  /// every later look at a byte a plain array access.
  void copy(ByteBuf in, int headLength) {
    if (bytes.length < headLength) {
      bytes = new byte[Math.max(headLength, bytes.length * 2)];
    }
    in.getBytes(in.readerIndex(), bytes, 0, headLength);
    length = headLength;
    count = 0;
    facts.clear();
  }

  /// Reads the field lines from `from` to the head's end.
  @Nullable Malformation scan(int from) {
    int at = from;
    while (bytes[at] != Octets.CR) {
      int start = at;
      while (Octets.isToken(bytes[at])) {
        at++;
      }
      if (bytes[at] != ':' || at == start) {
        boolean folded = at == start && Octets.isBlank(bytes[at]);
        return folded ? Malformation.FOLDED_LINE : Malformation.FIELD_NAME;
      }
      int colon = at++;
      while (Octets.isValue(bytes[at])) {
        at++;
      }
      if (!lineEndsAt(at)) {
        return Malformation.FIELD_VALUE;
      }
      add(start, colon, at);
      at += 2;
    }
    return lineEndsAt(at) && at + 2 == length ? facts.problem() : Malformation.FIELD_NAME;
  }

  private void add(int start, int colon, int end) {
    int index = count * STRIDE;
    if (index == offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[index] = start;
    offsets[index + 1] = colon;
    offsets[index + 2] = end;
    facts.note(bytes, start, colon, valueStart(count), valueEnd(count++));
  }

  /// The head always ends in a line feed, so there is a byte behind every carriage return.
  boolean lineEndsAt(int at) {
    return bytes[at] == Octets.CR && bytes[at + 1] == Octets.LF;
  }

  /// The head's bytes; valid up to [#length()], until the next head is read.
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public byte[] bytes(int index) {
    return bytes;
  }

  public int length() {
    return length;
  }

  public int count() {
    return count;
  }

  /// Names and values of all fields together, their lines written with one blank behind the colon.
  public int fieldBytes() {
    int overhead = ": \r\n".length();
    return count == 0 ? 0 : length - 2 - lineStart(0) - count * overhead;
  }

  /// Where the line of the field begins.
  public int lineStart(int index) {
    return offsets[index * STRIDE];
  }

  /// Where the line after that of the field begins.
  public int lineEnd(int index) {
    return offsets[index * STRIDE + 2] + 2;
  }

  @Override
  public boolean named(int index, String name) {
    int start = offsets[index * STRIDE];
    int colon = offsets[index * STRIDE + 1];
    return colon - start == name.length() && equalsIgnoreCase(bytes, start, colon, name);
  }

  /// The value of the first field of that name, without the blanks around it; null when there is
  /// none.
  ///
  /// @param name in lower case
  public @Nullable String first(String name) {
    int index = indexOf(name);
    return index < 0 ? null : text(valueStart(index), valueEnd(index));
  }

  /// The values of all fields of that name, as the list that they are; null when there is none.
  ///
  /// @param name in lower case
  @Override
  public @Nullable String joined(String name) {
    int index = indexOf(name);
    if (index < 0) {
      return null;
    }
    String value = text(valueStart(index), valueEnd(index));
    int next = indexOf(name, index + 1);
    if (next < 0) {
      return value;
    }
    var list = new StringBuilder(value);
    for (int i = next; i >= 0; i = indexOf(name, i + 1)) {
      list.append(',').append(text(valueStart(i), valueEnd(i)));
    }
    return list.toString();
  }

  @Override
  public int indexOf(String name, int from) {
    for (int i = from; i < count; i++) {
      if (named(i, name)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the name of any field begins so.
  ///
  /// @param prefix in lower case
  public boolean anyNameBegins(String prefix) {
    for (int i = 0; i < count; i++) {
      int start = offsets[i * STRIDE];
      int end = start + prefix.length();
      if (end <= offsets[i * STRIDE + 1] && equalsIgnoreCase(bytes, start, end, prefix)) {
        return true;
      }
    }
    return false;
  }

  MessageFacts facts() {
    return facts;
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// Behind blanks.
  @Override
  public int valueStart(int index) {
    int at = offsets[index * STRIDE + 1] + 1;
    int end = offsets[index * STRIDE + 2];
    while (at < end && Octets.isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /// Where the value ends, before blanks. A value of nothing but blanks is empty, at its line's
  /// end.
  @Override
  public int valueEnd(int index) {
    int start = offsets[index * STRIDE + 1] + 1;
    int end = offsets[index * STRIDE + 2];
    int at = end;
    while (at > start && Octets.isBlank(bytes[at - 1])) {
      at--;
    }
    return at == start ? end : at;
  }
}
