package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.trace.Dialect;
import java.util.Map;

/// Where spans go, and in which language: exactly one.
public sealed interface Provider
    permits Datadog, Lightstep, OpenTelemetry, SkyWalking, XRay, Zipkin {

  /// How this system wants its traces to be.
  Dialect dialect();

  /// Whether a request that is not sampled and brought no context takes one along.
  default boolean injectsUnsampled() {
    return true;
  }

  /// The extension's name in Envoy.
  String extension();

  /// The settings in force, by Envoy's names, without anything that is secret.
  Map<String, Object> settings();

  /// The service that contexts are of, in formats that say so.
  ///
  /// @param cluster the node's
  default String serviceOf(String cluster) {
    return cluster;
  }

  /// The process that they are of.
  ///
  /// @param id the node's
  default String instanceOf(String id) {
    return id;
  }
}
