package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The request head of the moment. Reused from request to request: what it answers holds until the
/// next [#read]. Event-loop confined.
public final class RequestHead {
  private static final int VERSION_LENGTH = "HTTP/1.1".length();

  private final Fields fields = new Fields();
  private int method;
  private int methodEnd;
  private int targetEnd;
  private boolean http11;

  /// Reads the head of that length at the buffer's reader index, which stays.
  ///
  /// @return null when the request may be forwarded, else why it is refused
  public @Nullable Malformation read(ByteBuf in, int length) {
    fields.copy(in, length);
    method = skipEmptyLines();
    Malformation startLine = readStartLine();
    if (startLine != null) {
      return startLine;
    }
    Malformation malformed = fields.scan(targetEnd + 1 + VERSION_LENGTH + 2);
    return malformed != null ? malformed : check();
  }

  private int skipEmptyLines() {
    int at = 0;
    while (fields.lineEndsAt(at)) {
      at += 2;
    }
    return at;
  }

  private @Nullable Malformation readStartLine() {
    byte[] bytes = fields.bytes();
    int at = method;
    while (Octets.isToken(bytes[at])) {
      at++;
    }
    methodEnd = at;
    if (methodEnd == method || bytes[at++] != Octets.SP) {
      return Malformation.START_LINE;
    }
    while (Octets.isTarget(bytes[at])) {
      at++;
    }
    targetEnd = at;
    if (bytes[at] == '#') {
      return Malformation.FRAGMENT;
    }
    if (targetEnd == methodEnd + 1 || !isTarget(bytes)) {
      return Malformation.START_LINE;
    }
    if (bytes[at] == Octets.CR) {
      return Malformation.VERSION;
    }
    return bytes[at] == Octets.SP ? readVersion(bytes, at + 1) : Malformation.START_LINE;
  }

  /// Whether it has one of the four forms of RFC 9112: `/path`, `scheme://…`, `*`, or the authority
  /// that only CONNECT has.
  private boolean isTarget(byte[] bytes) {
    int first = methodEnd + 1;
    if (bytes[first] == '/' || (bytes[first] == '*' && targetEnd == first + 1)) {
      return true;
    }
    int at = first;
    while (Octets.isToken(bytes[at])) {
      at++;
    }
    boolean absolute =
        at > first && bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/';
    return absolute || isMethod("CONNECT");
  }

  private @Nullable Malformation readVersion(byte[] bytes, int at) {
    int lineEnd = at + VERSION_LENGTH;
    if (lineEnd + 1 >= fields.length() || !fields.lineEndsAt(lineEnd)) {
      return Malformation.START_LINE;
    }
    byte minor = bytes[lineEnd - 1];
    if (!startsWithHttp1(bytes, at) || (minor != '0' && minor != '1')) {
      return isPreface(bytes, at) ? Malformation.HTTP2_PREFACE : Malformation.VERSION;
    }
    http11 = minor == '1';
    return null;
  }

  /// What a client with prior knowledge of HTTP/2 says first, in the form of a request line.
  private boolean isPreface(byte[] bytes, int version) {
    String text = new String(bytes, version, VERSION_LENGTH, StandardCharsets.ISO_8859_1);
    return isMethod("PRI") && target().equals("*") && text.equals("HTTP/2.0");
  }

  static boolean startsWithHttp1(byte[] bytes, int at) {
    return bytes[at] == 'H'
        && bytes[at + 1] == 'T'
        && bytes[at + 2] == 'T'
        && bytes[at + 3] == 'P'
        && bytes[at + 4] == '/'
        && bytes[at + 5] == '1'
        && bytes[at + 6] == '.';
  }

  private @Nullable Malformation check() {
    MessageFacts facts = fields.facts();
    if (facts.hosts > 1) {
      return Malformation.DUPLICATE_HOST;
    }
    if (http11 && facts.hosts == 0) {
      return Malformation.MISSING_HOST;
    }
    if (!facts.transferEncoding) {
      return null;
    }
    if (!http11) {
      return Malformation.CHUNKED_BEFORE_1_1;
    }
    if (facts.contentLength != MessageFacts.NO_LENGTH) {
      return Malformation.LENGTH_AND_CHUNKED;
    }
    return facts.chunked ? null : Malformation.TRANSFER_ENCODING;
  }

  public Fields fields() {
    return fields;
  }

  public String method() {
    return fields.text(method, methodEnd);
  }

  /// Whether the method is that one; methods are case-sensitive.
  public boolean isMethod(String name) {
    if (methodEnd - method != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (fields.bytes()[method + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The request target as it came, query included.
  public String target() {
    return fields.text(methodEnd + 1, targetEnd);
  }

  /// Whom the request is for: in absolute form its target says it, else the Host field; empty when
  /// neither does.
  public String authority() {
    String absolute = targetAuthority();
    String host = absolute == null ? fields.first("host") : absolute;
    return host == null ? "" : host;
  }

  /// Where the target begins in the bytes of [#fields()].
  public int targetStart() {
    return methodEnd + 1;
  }

  private @Nullable String targetAuthority() {
    int start = schemeEnd() + 3;
    if (start < 3) {
      return null;
    }
    int end = start;
    while (end < targetEnd && fields.bytes()[end] != '/' && fields.bytes()[end] != '?') {
      end++;
    }
    return fields.text(start, end);
  }

  /// The scheme that the target names in absolute form; null where it is in another form.
  public @Nullable String targetScheme() {
    int end = schemeEnd();
    return end < 0 ? null : fields.text(targetStart(), end);
  }

  /// Where the `://` of the absolute form stands; -1 in another form.
  private int schemeEnd() {
    byte[] bytes = fields.bytes();
    if (bytes[targetStart()] == '/') {
      return -1;
    }
    for (int i = targetStart(); i + 2 < targetEnd; i++) {
      if (bytes[i] == ':') {
        return bytes[i + 1] == '/' && bytes[i + 2] == '/' ? i : -1;
      }
    }
    return -1;
  }

  public int targetEnd() {
    return targetEnd;
  }

  public boolean isHttp11() {
    return http11;
  }

  /// Whether the client keeps the connection open after the response.
  public boolean keepsAlive() {
    MessageFacts facts = fields.facts();
    return !facts.close && (http11 || facts.keepAlive);
  }

  /// Whether it asks for another protocol, other than HTTP/2 without TLS.
  public boolean asksUpgrade() {
    MessageFacts facts = fields.facts();
    return facts.upgrade && !facts.upgradeToHttp2;
  }

  /// Whether it offers to go on in HTTP/2 without TLS.
  public boolean offersHttp2() {
    MessageFacts facts = fields.facts();
    return facts.upgradeToHttp2 || facts.http2Settings;
  }

  /// Sets the framing to this request's body.
  public void frame(BodyFraming body) {
    MessageFacts facts = fields.facts();
    if (facts.chunked) {
      body.startChunked();
    } else {
      body.startLength(Math.max(0, facts.contentLength));
    }
  }

  @Override
  public String toString() {
    return method() + ' ' + target();
  }
}
