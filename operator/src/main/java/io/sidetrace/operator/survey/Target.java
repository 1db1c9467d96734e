package io.sidetrace.operator.survey;

import org.jspecify.annotations.Nullable;

/// A sidecar that is to be asked.
///
/// @param uid of its pod
/// @param address of its pod, as the kubelet reported it
/// @param hash that it is expected to say; null where that is not known
public record Target(String uid, String namespace, String address, @Nullable String hash) {}
