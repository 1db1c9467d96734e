package io.sidetrace.operator.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// X-Ray's sampling rules as JSON, of the version that Envoy reads. What Envoy cannot read it
/// passes over, or replaces by X-Ray's default; here it is refused.
final class SamplingManifest {
  private static final int VERSION = 2;
  private static final List<String> PATTERNS = List.of("host", "http_method", "url_path");
  private static final Set<String> OF_MANIFEST = Set.of("version", "default", "rules");
  private static final Set<String> OF_DEFAULT = Set.of("fixed_target", "rate");
  private static final Set<String> OF_RULE =
      Set.of("description", "host", "http_method", "url_path", "fixed_target", "rate");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private SamplingManifest() {}

  /// What is wrong with it, and what would be right; the field is a path within the manifest.
  record Fault(String value, String expected) {}

  static @Nullable Fault fault(String text) {
    JsonNode manifest;
    try {
      manifest = MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return new Fault("not JSON", "a JSON object with version, default and rules");
    }
    if (!(manifest instanceof ObjectNode)) {
      return new Fault("no object", "a JSON object with version, default and rules");
    }
    if (!manifest.path("version").isInt() || manifest.path("version").intValue() != VERSION) {
      return new Fault("version " + manifest.path("version"), "version " + VERSION);
    }
    return first(
        unknownFault("", manifest, OF_MANIFEST),
        unknownFault("default.", manifest.path("default"), OF_DEFAULT),
        rateFault("default", manifest.path("default")),
        rulesFault(manifest.path("rules")));
  }

  private static @Nullable Fault first(@Nullable Fault... faults) {
    return Stream.of(faults).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable Fault unknownFault(String within, JsonNode object, Set<String> known) {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        return new Fault(
            within + field.getKey(), "one of " + String.join(", ", new TreeSet<>(known)));
      }
    }
    return null;
  }

  private static @Nullable Fault rulesFault(JsonNode rules) {
    if (!rules.isMissingNode() && !rules.isArray()) {
      return new Fault("rules " + rules, "a list of rules");
    }
    for (var i = 0; i < rules.size(); i++) {
      var fault = ruleFault("rules[" + i + "]", rules.get(i));
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable Fault ruleFault(String name, JsonNode rule) {
    for (var pattern : PATTERNS) {
      var text = rule.path(pattern);
      if (!text.isTextual() || text.asText().isEmpty()) {
        return new Fault(name + "." + pattern + " " + shown(text), "a text, such as *");
      }
    }
    return first(unknownFault(name + ".", rule, OF_RULE), rateFault(name, rule));
  }

  private static @Nullable Fault rateFault(String name, JsonNode rule) {
    var target = rule.path("fixed_target");
    if (!target.isInt() || target.intValue() < 0) {
      return new Fault(
          name + ".fixed_target " + shown(target), "requests a second, a whole number from 0");
    }
    var rate = rule.path("rate");
    if (!rate.isNumber() || rate.doubleValue() < 0 || rate.doubleValue() > 1) {
      return new Fault(name + ".rate " + shown(rate), "a part, 0 to 1");
    }
    return null;
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "none" : value.toString();
  }
}
