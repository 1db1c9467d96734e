package io.sidetrace.operator.resolve;

import io.sidetrace.operator.api.TracingConfig;
import org.jspecify.annotations.Nullable;

/// The configuration that a pod is to use.
///
/// @param config null where it does not exist or is not valid: the pod mounts its keys all the
///   same, so that it is traced as soon as there is one
public record ConfigChoice(ConfigReference reference, @Nullable TracingConfig config) {}
