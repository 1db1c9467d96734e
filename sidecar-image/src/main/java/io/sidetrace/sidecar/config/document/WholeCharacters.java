package io.sidetrace.sidecar.config.document;

import java.io.IOException;
import java.io.StringReader;

/// A text in pieces of which none ends between the two halves of a character: the library has room
/// for a whole piece, and then reads the other half behind it.
final class WholeCharacters extends StringReader {
  private final String text;
  private int at;

  WholeCharacters(String text) {
    super(text);
    this.text = text;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int end = at + length;
    boolean splits =
        length > 1
            && end < text.length()
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    int read = super.read(buffer, offset, splits ? length - 1 : length);
    at += Math.max(0, read);
    return read;
  }
}
