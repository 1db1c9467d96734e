package io.sidetrace.sidecar.sampling;

/// What rules ask of a request.
public interface SampledRequest {

  String method();

  /// The request target as it came, query included.
  String path();

  /// Whom the request is for; empty when it does not say.
  String authority();
}
