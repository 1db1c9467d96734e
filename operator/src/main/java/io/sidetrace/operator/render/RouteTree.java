package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.SamplingRule;
import io.sidetrace.operator.api.SamplingRule.HeaderMatch;
import org.jspecify.annotations.Nullable;

/// The routes that rules of sampling are: they lead to where all others lead, and have shares of
/// their own.
final class RouteTree {
  private RouteTree() {}

  /// Puts the rules, in their order, between the route that is there first and the last, which
  /// matches everything.
  ///
  /// @param routes of which each has the action that all share
  static void addRules(Sampling sampling, ArrayNode routes) {
    var action = routes.path(0).path("route");
    for (var rule : sampling.rules()) {
      var route = TypedConfig.object();
      route.set("match", match(rule));
      route.set("route", action.deepCopy());
      route.set("tracing", tracing(rule, sampling));
      routes.insert(routes.size() - 1, route);
    }
  }

  private static ObjectNode match(SamplingRule rule) {
    var match = TypedConfig.object();
    var path = rule.path();
    if (path == null) {
      match.put("prefix", "/");
    } else if (path.exact() != null) {
      match.put("path", path.exact());
    } else if (path.prefix() != null) {
      match.put("prefix", path.prefix());
    } else {
      match.putObject("safe_regex").put("regex", path.regex());
    }
    if (rule.method() != null) {
      addHeader(":method", "exact", rule.method(), match);
    }
    rule.headers().forEach(header -> addHeader(header, match));
    return match;
  }

  private static void addHeader(HeaderMatch header, ObjectNode match) {
    if (header.exact() != null) {
      addHeader(header.name(), "exact", header.exact(), match);
    } else if (header.prefix() != null) {
      addHeader(header.name(), "prefix", header.prefix(), match);
    } else if (header.regex() != null) {
      headers(match)
          .addObject()
          .put("name", header.name())
          .putObject("string_match")
          .putObject("safe_regex")
          .put("regex", header.regex());
    } else {
      headers(match).addObject().put("name", header.name()).put("present_match", true);
    }
  }

  private static void addHeader(String name, String kind, @Nullable String text, ObjectNode match) {
    headers(match).addObject().put("name", name).putObject("string_match").put(kind, text);
  }

  private static ArrayNode headers(ObjectNode match) {
    return match.withArrayProperty("headers");
  }

  /// All three shares, since a route's tracing replaces the connection manager's.
  private static ObjectNode tracing(SamplingRule rule, Sampling sampling) {
    var tracing = TypedConfig.object();
    tracing.set("client_sampling", Percentages.fraction(sampling.client()));
    tracing.set("random_sampling", Percentages.fraction(rule.random()));
    tracing.set("overall_sampling", Percentages.fraction(sampling.overall()));
    return tracing;
  }
}
