package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;

/// Reads the name of a cluster that something sends to; one that is not defined is refused once all
/// is read.
@FunctionalInterface
public interface ClusterUse {
  String of(Field name);
}
