package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.ReceivedRequest;
import io.sidetrace.sidecar.sampling.SampledRequest;
import org.jspecify.annotations.Nullable;

/// What tracing asks of a request head. Texts are made on demand, so that an unsampled request
/// makes none.
public interface TracedRequest extends ReceivedRequest, SampledRequest {
  @Override
  String method();

  @Override
  String path();

  @Override
  String authority();

  /// `HTTP/1.1`, `HTTP/1.0` or `HTTP/2`.
  String protocol();

  /// What a target in absolute form, or `:scheme`, says; null when nothing does.
  @Nullable String scheme();

  /// Whether there is any field whose name begins with `x-envoy-`: most requests have none.
  boolean hasControlFields();

  /// The address of the connection's peer, without port.
  String peerAddress();
}
