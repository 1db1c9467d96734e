package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.MessageShape;
import org.jspecify.annotations.Nullable;

/// Shows routing and tracing the HTTP/2 request of the moment. Reused; valid as long as its header
/// block.
final class Http2Request implements RoutedRequest {
  private final HeaderFields fields;
  private String peerAddress = "";

  Http2Request(HeaderFields fields) {
    this.fields = fields;
  }

  Http2Request from(String peer) {
    peerAddress = peer;
    return this;
  }

  @Override
  public HeaderFields fields() {
    return fields;
  }

  /// A CONNECT concerns the server as a whole.
  @Override
  public RequestPath routedPath() {
    int path = fields.shape().path();
    return path == MessageShape.ABSENT
        ? RequestPath.root()
        : RequestPath.of(fields.bytes(path), fields.valueStart(path), fields.valueEnd(path));
  }

  @Override
  public @Nullable String first(String name) {
    return fields.first(name);
  }

  @Override
  public String method() {
    return fields.value(fields.shape().method());
  }

  @Override
  public String path() {
    return textAt(fields.shape().path());
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }

  @Override
  public String authority() {
    return textAt(fields.shape().authority());
  }

  private String textAt(int index) {
    return index == MessageShape.ABSENT ? "" : fields.value(index);
  }

  @Override
  public @Nullable String scheme() {
    return fields.first(":scheme");
  }

  @Override
  public @Nullable String joined(String name) {
    return fields.joined(name);
  }

  @Override
  public boolean hasControlFields() {
    return fields.anyNameBegins("x-envoy-");
  }

  @Override
  public boolean isConnect() {
    return method().equals("CONNECT");
  }

  @Override
  public String peerAddress() {
    return peerAddress;
  }
}
