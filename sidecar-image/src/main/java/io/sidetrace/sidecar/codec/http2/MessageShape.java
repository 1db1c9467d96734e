package io.sidetrace.sidecar.codec.http2;

/// What a header block may be by the kinds of its fields, gathered field by field: a request's
/// head, a response's, or trailers. Where each pseudo-header stands is noted. Event-loop confined.
public final class MessageShape {
  public static final int ABSENT = -1;

  private int method;
  private int scheme;
  private int authority;
  private int path;
  private int status;
  private int protocol;
  private int host;
  private boolean regularSeen;
  private boolean pseudoSeen;
  private boolean malformed;

  void clear() {
    method = ABSENT;
    scheme = ABSENT;
    authority = ABSENT;
    path = ABSENT;
    status = ABSENT;
    protocol = ABSENT;
    host = ABSENT;
    regularSeen = false;
    pseudoSeen = false;
    malformed = false;
  }

  void note(FieldKind kind, int index) {
    if (kind.isPseudo()) {
      malformed |= regularSeen;
      pseudoSeen = true;
    } else {
      regularSeen = true;
    }
    switch (kind) {
      case METHOD -> method = once(method, index);
      case SCHEME -> scheme = once(scheme, index);
      case AUTHORITY -> authority = once(authority, index);
      case PATH -> path = once(path, index);
      case STATUS -> status = once(status, index);
      case PROTOCOL -> protocol = once(protocol, index);
      case HOST -> host = once(host, index);
      case MALFORMED, CONNECTION_SPECIFIC -> malformed = true;
      case REGULAR -> {}
    }
  }

  private int once(int seen, int index) {
    malformed |= seen != ABSENT;
    return index;
  }

  /// Whether the fields are the head of a request (RFC 9113 section 8.3.1).
  public boolean isRequest(HeaderFields fields) {
    if (malformed || method == ABSENT || status != ABSENT) {
      return false;
    }
    if (protocol == ABSENT && isConnect(fields)) {
      return authority != ABSENT && scheme == ABSENT && path == ABSENT;
    }
    return scheme != ABSENT
        && path != ABSENT
        && fields.valueEnd(path) > fields.valueStart(path)
        && hostAgrees(fields);
  }

  private boolean isConnect(HeaderFields fields) {
    return fields.value(method).equals("CONNECT");
  }

  /// Two names for one host would let two servers read the request in two ways.
  private boolean hostAgrees(HeaderFields fields) {
    return host == ABSENT
        || authority == ABSENT
        || fields.value(host).equalsIgnoreCase(fields.value(authority));
  }

  public boolean isResponse(HeaderFields fields) {
    return !malformed && isStatus(fields) && onlyStatus();
  }

  private boolean onlyStatus() {
    return method == ABSENT
        && scheme == ABSENT
        && authority == ABSENT
        && path == ABSENT
        && protocol == ABSENT;
  }

  private boolean isStatus(HeaderFields fields) {
    if (status == ABSENT || fields.valueEnd(status) - fields.valueStart(status) != 3) {
      return false;
    }
    int code = status(fields);
    return code >= 100 && code <= 999;
  }

  public boolean isTrailers() {
    return !malformed && !pseudoSeen;
  }

  /// The response's code; 0 when it is none.
  public int status(HeaderFields fields) {
    int code = 0;
    if (status == ABSENT) {
      return 0;
    }
    for (int i = fields.valueStart(status); i < fields.valueEnd(status); i++) {
      int digit = fields.bytes(status)[i] - '0';
      if (digit < 0 || digit > 9 || code > 99) {
        return 0;
      }
      code = code * 10 + digit;
    }
    return code;
  }

  /// Where the method stands among the fields of a request.
  public int method() {
    return method;
  }

  /// Where the path stands; [#ABSENT] in a plain CONNECT.
  public int path() {
    return path;
  }

  /// Where the authority stands, which may be in a Host field as in HTTP/1; or [#ABSENT].
  public int authority() {
    return authority == ABSENT ? host : authority;
  }
}
