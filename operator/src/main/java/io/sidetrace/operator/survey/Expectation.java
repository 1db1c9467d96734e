package io.sidetrace.operator.survey;

import io.sidetrace.operator.render.Fingerprint;
import io.sidetrace.operator.resolve.SkipReason;

/// What today's rules give a pod.
public sealed interface Expectation {

  /// A sidecar.
  ///
  /// @param config `namespace/name`
  record Wanted(String config, Fingerprint fingerprint) implements Expectation {}

  /// It asks for a sidecar and cannot have one.
  record Hindered(String config, SkipReason reason) implements Expectation {}

  /// None.
  record Unwanted(SkipReason reason) implements Expectation {}
}
