package io.sidetrace.sidecar.export.grpc;

import io.sidetrace.sidecar.export.AnswerBytes;
import io.sidetrace.sidecar.trace.Hex;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Texts as gRPC encodes them.
final class GrpcText {
  private GrpcText() {}

  /// A `grpc-message`: UTF-8 with percent-encoding; a percent sign that begins none stays.
  static String decoded(String message) {
    var bytes = new ByteArrayOutputStream(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      int high = c == '%' && i + 2 < message.length() ? Hex.digit(message.charAt(i + 1)) : -1;
      int low = high < 0 ? -1 : Hex.digit(message.charAt(i + 2));
      if (low < 0) {
        bytes.write(c);
      } else {
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    return AnswerBytes.shown(bytes.toString(StandardCharsets.UTF_8));
  }
}
