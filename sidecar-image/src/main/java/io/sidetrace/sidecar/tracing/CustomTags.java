package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.trace.Span.Tag;
import java.util.ArrayList;
import java.util.List;

/// Applies the custom tags of a connection manager and a route to one request.
final class CustomTags {
  private CustomTags() {}

  /// The tags in force: a route's replaces the connection manager's of its name.
  static List<CustomTag> merged(List<CustomTag> manager, List<CustomTag> route) {
    if (route.isEmpty()) {
      return manager;
    }
    var merged = new ArrayList<CustomTag>(manager.size() + route.size());
    for (CustomTag customTag : manager) {
      if (!isNamedIn(route, customTag.tag())) {
        merged.add(customTag);
      }
    }
    merged.addAll(route);
    return merged;
  }

  /// The tags whose values the request gives.
  ///
  /// @param fields the request's, as they go upstream
  static List<Tag> of(HeaderReader fields, List<CustomTag> customTags) {
    if (customTags.isEmpty()) {
      return List.of();
    }
    var tags = new ArrayList<Tag>(customTags.size());
    for (CustomTag customTag : customTags) {
      add(tags, customTag, fields);
    }
    return tags;
  }

  /// The tags whose values are known when the span ends.
  static List<CustomTag.Formatted> formatted(List<CustomTag> customTags) {
    if (customTags.isEmpty()) {
      return List.of();
    }
    var formatted = new ArrayList<CustomTag.Formatted>();
    for (CustomTag customTag : customTags) {
      if (customTag instanceof CustomTag.Formatted late) {
        formatted.add(late);
      }
    }
    return formatted;
  }

  /// All tags of a span that ends.
  static List<Tag> complete(
      List<Tag> known, List<CustomTag.Formatted> formatted, ExchangeFacts facts) {
    if (formatted.isEmpty()) {
      return known;
    }
    var tags = new ArrayList<Tag>(known);
    for (CustomTag.Formatted late : formatted) {
      String value = late.format().characters(facts);
      if (!value.isEmpty()) {
        tags.add(new Tag(late.tag(), value));
      }
    }
    return tags;
  }

  /// Adds a tag, or replaces the one of its name where that stands.
  static void put(List<Tag> tags, Tag tag) {
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).key().equals(tag.key())) {
        tags.set(i, tag);
        return;
      }
    }
    tags.add(tag);
  }

  private static void add(List<Tag> tags, CustomTag customTag, HeaderReader fields) {
    String value = value(customTag, fields);
    if (!value.isEmpty()) {
      tags.add(new Tag(customTag.tag(), value));
    }
  }

  private static String value(CustomTag customTag, HeaderReader fields) {
    return switch (customTag) {
      case CustomTag.Literal literal -> literal.value();
      case CustomTag.Formatted _ -> ""; // when the span ends
      case CustomTag.RequestHeader header -> {
        String value = fields.first(header.header());
        yield value == null ? header.defaultValue() : value;
      }
    };
  }

  private static boolean isNamedIn(List<CustomTag> customTags, String name) {
    for (CustomTag customTag : customTags) {
      if (customTag.tag().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
