package io.sidetrace.operator.resolve;

/// A sidecar's settings with the pod's own overrides applied.
///
/// @param version the operator's, as it goes into the status annotation
/// @param serviceName what spans name the pod's service
public record SidecarSettings(
    String version,
    String serviceName,
    String image,
    String pullPolicy,
    LogLevel logLevel,
    Resources resources,
    Redirection redirection) {}
