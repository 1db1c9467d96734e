package io.sidetrace.sidecar.config;

/// Envoy's `traffic_direction` of a listener. `UNSPECIFIED` traces as inbound does.
public enum TrafficDirection {
  UNSPECIFIED,
  INBOUND,
  OUTBOUND
}
