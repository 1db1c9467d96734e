package io.sidetrace.sidecar.config.provider;

import java.time.Duration;
import java.util.List;

/// How a collector of OpenTelemetry's protocol is spoken to.
public sealed interface OtlpService {
  /// By calls.
  ///
  /// @param authority that calls name; empty: the cluster's name
  record Grpc(String cluster, String authority, Duration timeout, List<MessageField> metadata)
      implements OtlpService {
    public Grpc {
      metadata = List.copyOf(metadata);
    }
  }

  /// By messages.
  ///
  /// @param host with the port where the URI has one
  /// @param path with the query where the URI has one
  record Http(String cluster, String host, String path, Duration timeout, List<MessageField> fields)
      implements OtlpService {
    public Http {
      fields = List.copyOf(fields);
    }
  }
}
