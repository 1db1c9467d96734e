package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What both listeners do with requests.
///
/// @param tracing of the connection manager
/// @param metadata of the filter chain; null where it needs none
record RequestChain(ObjectNode tracing, @Nullable ObjectNode metadata) {}
