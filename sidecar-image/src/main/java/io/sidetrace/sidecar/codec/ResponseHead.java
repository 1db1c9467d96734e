package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The response head of the moment. Reused from response to response: what it answers holds until
/// the next [#read]. Event-loop confined.
public final class ResponseHead {
  /// Of `HTTP/1.1 200`, the shortest status line.
  private static final int STATUS_LINE_LENGTH = 12;

  private final Fields fields = new Fields();
  private boolean http11;
  private int status;

  /// Reads the head of that length at the buffer's reader index, which stays.
  ///
  /// @return null when the response is understood, else why not
  public @Nullable Malformation read(ByteBuf in, int length) {
    fields.copy(in, length);
    byte[] bytes = fields.bytes();
    if (length < STATUS_LINE_LENGTH + 4 || !RequestHead.startsWithHttp1(bytes, 0)) {
      return Malformation.START_LINE;
    }
    if (bytes[7] != '0' && bytes[7] != '1') {
      return Malformation.VERSION;
    }
    http11 = bytes[7] == '1';
    int lineEnd = readStatusLine(bytes);
    if (lineEnd < 0) {
      return Malformation.START_LINE;
    }
    Malformation malformed = fields.scan(lineEnd + 2);
    return malformed != null ? malformed : check();
  }

  /// @return where the line ends, or -1 when it is malformed
  private int readStatusLine(byte[] bytes) {
    if (bytes[8] != Octets.SP) {
      return -1;
    }
    status = 0;
    for (int i = 9; i < STATUS_LINE_LENGTH; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      status = status * 10 + bytes[i] - '0';
    }
    int at = STATUS_LINE_LENGTH;
    if (bytes[at] == Octets.SP) {
      while (Octets.isValue(bytes[at])) {
        at++;
      }
    }
    return status >= 100 && fields.lineEndsAt(at) ? at : -1;
  }

  private @Nullable Malformation check() {
    MessageFacts facts = fields.facts();
    if (!facts.transferEncoding || neverHasBody()) {
      return null;
    }
    if (!http11) {
      return Malformation.CHUNKED_BEFORE_1_1;
    }
    return facts.contentLength == MessageFacts.NO_LENGTH ? null : Malformation.LENGTH_AND_CHUNKED;
  }

  private boolean neverHasBody() {
    return status < 200 || status == 204 || status == 304;
  }

  public Fields fields() {
    return fields;
  }

  public int status() {
    return status;
  }

  /// Whether another head follows for the same request. 101 ends the exchange's HTTP instead.
  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  /// Whether the server keeps the connection open after this response, as far as its fields say.
  public boolean keepsAlive() {
    MessageFacts facts = fields.facts();
    return !facts.close && (http11 || facts.keepAlive);
  }

  /// Sets the framing to this response's body.
  ///
  /// @param request what was asked, which decides too
  public void frame(BodyFraming body, Request request) {
    MessageFacts facts = fields.facts();
    if (request == Request.HEAD || neverHasBody()) {
      body.startLength(0);
    } else if (request == Request.CONNECT && status < 300) {
      body.startLength(0);
    } else if (facts.chunked) {
      body.startChunked();
    } else if (facts.contentLength != MessageFacts.NO_LENGTH) {
      body.startLength(facts.contentLength);
    } else {
      body.startUntilClose();
    }
  }

  /// What of the request's method decides on the framing of its response.
  public enum Request {
    HEAD,
    CONNECT,
    OTHER
  }
}
