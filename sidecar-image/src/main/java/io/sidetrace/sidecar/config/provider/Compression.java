package io.sidetrace.sidecar.config.provider;

/// How the messages to a collector are made smaller.
public enum Compression {
  NONE,
  GZIP
}
