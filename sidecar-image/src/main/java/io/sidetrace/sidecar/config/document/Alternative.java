package io.sidetrace.sidecar.config.document;

import java.util.function.Function;

/// One of several fields that exclude each other, and how it is read.
public record Alternative<T>(String field, Function<Field, T> read) {}
