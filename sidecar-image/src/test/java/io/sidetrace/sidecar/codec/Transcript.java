package io.sidetrace.sidecar.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reader made of a stream of bytes.
///
/// @param messages those whose heads it took; only the last one can be open
/// @param refusal why it read no further; null when it wants more bytes
record Transcript(List<Message> messages, @Nullable String refusal) {
  /// The end of a message that goes on behind the last byte.
  static final int OPEN = -1;

  /// @param startLine without a reason phrase
  /// @param fields as `name: value`
  /// @param body its bytes without framing, as far as they came
  /// @param end the offset behind its last byte, or [#OPEN]
  record Message(String startLine, List<String> fields, String body, int end) {}

  boolean refuses() {
    return refusal != null;
  }

  /// Where the message behind the last whole one begins.
  int restStart() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).end() != OPEN) {
        return messages.get(i).end();
      }
    }
    return 0;
  }
}
