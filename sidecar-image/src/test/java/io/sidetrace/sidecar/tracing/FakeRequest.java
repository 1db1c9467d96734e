package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.FakeHeaders;
import org.jspecify.annotations.Nullable;

/// `GET` of a path at `example.test:8000`, from 127.0.0.1.
record FakeRequest(String path, FakeHeaders headers) implements TracedRequest {

  static FakeRequest with(String... namesAndValues) {
    return new FakeRequest("/p?q=1", FakeHeaders.of(namesAndValues));
  }

  @Override
  public @Nullable String first(String name) {
    return headers.first(name);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String protocol() {
    return "HTTP/1.1";
  }

  @Override
  public String authority() {
    return "example.test:8000";
  }

  @Override
  public @Nullable String scheme() {
    return null;
  }

  @Override
  public @Nullable String joined(String name) {
    return headers.first(name);
  }

  @Override
  public boolean hasControlFields() {
    return headers.anyNameBegins("x-envoy-");
  }

  @Override
  public String peerAddress() {
    return "127.0.0.1";
  }
}
