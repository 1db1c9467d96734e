package io.sidetrace.sidecar.config;

/// Relays bytes to a cluster as they come.
public record TcpProxy(String statPrefix, String cluster) {}
