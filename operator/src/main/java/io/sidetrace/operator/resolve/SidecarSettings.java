package io.sidetrace.operator.resolve;

import org.jspecify.annotations.Nullable;

/// A sidecar's settings with the pod's own overrides applied.
///
/// @param version the operator's, as it goes into the status annotation
/// @param serviceName what spans name the pod's service
/// @param onlyContainer the name of the pod's own container; null where it has several
public record SidecarSettings(
    String version,
    String serviceName,
    @Nullable String onlyContainer,
    String image,
    String pullPolicy,
    LogLevel logLevel,
    Resources resources,
    Redirection redirection) {}
