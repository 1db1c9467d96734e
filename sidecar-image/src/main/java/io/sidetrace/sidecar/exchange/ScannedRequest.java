package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.tracing.TracedRequest;
import org.jspecify.annotations.Nullable;

/// Shows tracing the request head of the moment. Reused; valid as long as its head.
final class ScannedRequest implements TracedRequest {
  private final RequestHead head;
  private String peerAddress = "";

  ScannedRequest(RequestHead head) {
    this.head = head;
  }

  ScannedRequest from(String peer) {
    peerAddress = peer;
    return this;
  }

  @Override
  public @Nullable String first(String name) {
    return head.fields().first(name);
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.target();
  }

  @Override
  public String protocol() {
    return head.isHttp11() ? "HTTP/1.1" : "HTTP/1.0";
  }

  @Override
  public String authority() {
    String host = head.fields().first("host");
    return host == null ? "" : host;
  }

  @Override
  public String peerAddress() {
    return peerAddress;
  }
}
