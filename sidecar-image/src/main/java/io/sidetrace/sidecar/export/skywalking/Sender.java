package io.sidetrace.sidecar.export.skywalking;

/// Whose segments they are; no name is empty.
///
/// @param instance one of the service's processes
record Sender(String service, String instance) {}
