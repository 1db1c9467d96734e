package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;

/// Reads the name of a cluster that something sends to; one that is not defined, or speaks another
/// version of HTTP than is sent, is refused once all is read.
public interface ClusterUse {
  /// A cluster that is sent to, in whatever way.
  String of(Field name);

  /// A cluster that is sent to by HTTP/1.
  String http1(Field name);

  /// A cluster that is sent to by gRPC, which is HTTP/2.
  String grpc(Field name);
}
