package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.ContextPropagation.Wish;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Nearest;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the formats that contexts travel in.
final class PropagationReader {
  private PropagationReader() {}

  static Wish read(Message message) {
    message.named("io.sidetrace.propagation");
    Field unsampled = message.field("inject_unsampled");
    boolean injectUnsampled = unsampled.flag(true);
    return new Wish(
        formats(message.field("extract"), "without it, the provider's own"),
        formats(message.field("inject"), "to inject nothing: no_context_propagation"),
        unsampled.isGiven() ? injectUnsampled : null);
  }

  /// An empty list is refused: nearly always it is one that somebody forgot to fill, and it would
  /// break every trace without a word.
  private static @Nullable List<HeaderFormat> formats(Field field, String otherwise) {
    List<HeaderFormat> formats = new ArrayList<>();
    List<HeaderFormat> read = field.elements(element -> format(element, formats));
    if (field.isGiven() && field.isEmptyList()) {
      field.refuse("empty (expected: at least one of " + names() + "; " + otherwise + ")");
    }
    return field.isGiven() ? read : null;
  }

  private static @Nullable HeaderFormat format(Field element, List<HeaderFormat> before) {
    String name = element.requiredText();
    for (HeaderFormat format : HeaderFormat.nameable()) {
      if (format.label().equals(name)) {
        if (before.contains(format)) {
          element.refuse(element.describe() + " stands there twice (expected: once)");
        }
        before.add(format);
        return format;
      }
    }
    if (!name.isEmpty()) {
      element.refuse(
          "%s (%sexpected one of: %s)"
              .formatted(
                  element.describe(),
                  Nearest.to(
                          name, HeaderFormat.nameable().stream().map(HeaderFormat::label).toList())
                      .map(near -> "did you mean " + near + "? ")
                      .orElse(""),
                  names()));
    }
    return null;
  }

  private static String names() {
    return HeaderFormat.nameable().stream()
        .map(HeaderFormat::label)
        .collect(Collectors.joining(", "));
  }
}
