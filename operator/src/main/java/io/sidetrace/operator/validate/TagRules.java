package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// What custom tags must keep to.
final class TagRules {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");

  private TagRules() {}

  static void check(List<Tag> tags, List<Violation> violations) {
    var seen = new HashSet<String>();
    for (var i = 0; i < tags.size(); i++) {
      var tag = tags.get(i);
      var field = "spec.tags[" + i + "]";
      if (tag.name() == null || tag.name().isEmpty()) {
        violations.add(new Violation(field + ".name", "none", "the tag's name"));
      } else if (!seen.add(tag.name())) {
        violations.add(new Violation(field + ".name", tag.name(), "each name once"));
      }
      checkSource(field, tag, violations);
    }
  }

  private static void checkSource(String field, Tag tag, List<Violation> violations) {
    switch (tag.source()) {
      case null ->
          violations.add(
              new Violation(
                  field,
                  "none or several of them",
                  "exactly one of literal, environment and requestHeader"));
      case Tag.Source.Literal literal -> {
        if (literal.value().isEmpty()) {
          violations.add(new Violation(field + ".literal", "empty", "a value"));
        }
      }
      case Tag.Source.Environment environment -> {
        if (!matches(VARIABLE, environment.variable())) {
          violations.add(
              new Violation(
                  field + ".environment.name",
                  String.valueOf(environment.variable()),
                  "the name of a variable"));
        }
      }
      case Tag.Source.RequestHeader header -> {
        // No colon in front: pseudo headers are not headers of the request.
        if (header.header() == null || !Forms.isToken(header.header())) {
          violations.add(
              new Violation(
                  field + ".requestHeader.name",
                  String.valueOf(header.header()),
                  "the name of a header"));
        }
      }
    }
  }

  private static boolean matches(Pattern pattern, String text) {
    return text != null && pattern.matcher(text).matches();
  }
}
