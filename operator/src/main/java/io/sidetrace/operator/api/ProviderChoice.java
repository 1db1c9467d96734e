package io.sidetrace.operator.api;

/// Exactly one of these makes the spans of a configuration.
public sealed interface ProviderChoice permits ZipkinProvider {}
