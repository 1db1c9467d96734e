package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.sampling.SampledRequest;
import org.jspecify.annotations.Nullable;

/// What tracing asks of a request head. Texts are made on demand, so that an unsampled request
/// makes none.
public interface TracedRequest extends HeaderReader, SampledRequest {
  @Override
  String method();

  /// The request target as it came, query included.
  @Override
  String path();

  /// `HTTP/1.1`, `HTTP/1.0` or `HTTP/2`.
  String protocol();

  /// The Host field or `:authority`, or what a target in absolute form says; empty when there is
  /// none.
  @Override
  String authority();

  /// What a target in absolute form, or `:scheme`, says; null when nothing does.
  @Nullable String scheme();

  /// The values of all fields of that name, as the list that they are; null when there is none.
  @Nullable String joined(String name);

  /// Whether there is any field whose name begins with `x-envoy-`: most requests have none.
  boolean hasControlFields();

  /// The address of the connection's peer, without port.
  String peerAddress();
}
