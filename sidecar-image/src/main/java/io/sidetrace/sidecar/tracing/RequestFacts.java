package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.List;

/// What a span keeps of its request, whose head is gone when the span ends.
///
/// @param spanName the name so far: the response may bring another
/// @param plainName names the span where a format says nothing
/// @param tags grows at the end of the exchange
record RequestFacts(
    String spanName,
    String plainName,
    String protocol,
    List<Tag> tags,
    List<Tag> customTags,
    List<CustomTag.Formatted> formattedTags,
    SpanNames names) {}
