package io.sidetrace.sidecar.export.datadog;

/// Who traces, as Datadog tells processes apart.
///
/// @param runtimeId another one for each start
record TracerProcess(String runtimeId, long id) {
  static final String LANGUAGE = "java";
}
