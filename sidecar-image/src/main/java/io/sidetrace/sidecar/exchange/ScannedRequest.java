package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.FieldBytes;
import io.sidetrace.sidecar.codec.RequestHead;
import org.jspecify.annotations.Nullable;

/// Shows routes and tracing the request head of the moment. Reused; valid as long as its head.
final class ScannedRequest implements RoutedRequest {
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
  public FieldBytes fields() {
    return head.fields();
  }

  @Override
  public RequestPath routedPath() {
    return RequestPath.of(head);
  }

  @Override
  public boolean isConnect() {
    return head.isMethod("CONNECT");
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
    return head.authority();
  }

  @Override
  public @Nullable String scheme() {
    return head.targetScheme();
  }

  @Override
  public @Nullable String joined(String name) {
    return head.fields().joined(name);
  }

  @Override
  public boolean hasControlFields() {
    return head.fields().anyNameBegins("x-envoy-");
  }

  @Override
  public String peerAddress() {
    return peerAddress;
  }
}
