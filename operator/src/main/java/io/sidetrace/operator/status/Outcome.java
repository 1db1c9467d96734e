package io.sidetrace.operator.status;

import org.jspecify.annotations.Nullable;

/// Everything that is known of a config.
///
/// @param fleet null until its pods have been looked at
public record Outcome(Acceptance acceptance, Programming programming, @Nullable Fleet fleet) {}
