package io.sidetrace.sidecar.config;

/// Who this sidecar is: `--service-node`, `--service-cluster` and `--service-zone`, or the
/// bootstrap's `node`. Empty where not given.
public record Node(String id, String cluster, String zone) {}
