package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The part of a request target that routes look at: without query, and without scheme and
/// authority where it is in absolute form. Valid as long as its head.
final class RequestPath {
  private static final byte[] ROOT = {'/'};

  private final byte[] bytes;
  private final int from;
  private final int to;

  private RequestPath(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  static RequestPath of(RequestHead head) {
    return of(head.fields().bytes(), head.targetStart(), head.targetEnd());
  }

  /// The path of the target between those bytes.
  ///
  /// @param from where the target begins, which is not empty
  static RequestPath of(byte[] bytes, int from, int targetEnd) {
    int to = endOfPath(bytes, from, targetEnd);
    if (bytes[from] == '/') {
      return new RequestPath(bytes, from, to);
    }
    int path = pathOfAbsoluteForm(bytes, from, to);
    // `*` of OPTIONS and the authority of CONNECT concern the server as a whole.
    return path < 0 ? root() : new RequestPath(bytes, path, to);
  }

  static RequestPath root() {
    return new RequestPath(ROOT, 0, ROOT.length);
  }

  private static int endOfPath(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '?' || bytes[i] == '#') {
        return i;
      }
    }
    return to;
  }

  private static int pathOfAbsoluteForm(byte[] bytes, int from, int to) {
    int slashes = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '/' && ++slashes == 3) {
        return i;
      }
    }
    return -1;
  }

  boolean startsWith(byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  boolean isExactly(byte[] path) {
    return Arrays.equals(bytes, from, to, path, 0, path.length);
  }

  /// As Envoy looks at it: what is no UTF-8 matches nothing that was written as a text.
  String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
