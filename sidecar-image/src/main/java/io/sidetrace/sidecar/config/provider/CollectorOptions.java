package io.sidetrace.sidecar.config.provider;

import java.util.List;

/// What is asked of sending to a collector that its provider has no field for.
///
/// @param cluster the cluster that is sent to, instead of an address; empty: none
/// @param fields go along with every message, behind those of the provider
public record CollectorOptions(String cluster, Compression compression, List<MessageField> fields) {
  /// Nothing is asked.
  public static final CollectorOptions NONE = new CollectorOptions("", Compression.NONE, List.of());

  public CollectorOptions {
    fields = List.copyOf(fields);
  }
}
