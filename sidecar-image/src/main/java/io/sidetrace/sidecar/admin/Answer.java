package io.sidetrace.sidecar.admin;

import io.netty.handler.codec.http.HttpResponseStatus;

/// What is answered to a request.
record Answer(HttpResponseStatus status, String contentType, String body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /// One line, or several, of text.
  static Answer text(HttpResponseStatus status, String text) {
    return new Answer(status, TEXT, text.endsWith("\n") ? text : text + "\n");
  }

  static Answer ok(String text) {
    return text(HttpResponseStatus.OK, text);
  }

  static Answer json(JsonObject object) {
    return new Answer(HttpResponseStatus.OK, "application/json", object.format() + "\n");
  }
}
