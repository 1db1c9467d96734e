package io.sidetrace.operator.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// X-Ray's sampling rules as JSON, of the version that Envoy reads. One that Envoy cannot read it
/// replaces in silence by X-Ray's default; here it is refused.
final class SamplingManifest {
  private static final int VERSION = 2;
  private static final List<String> PATTERNS = List.of("host", "http_method", "url_path");
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
    var fault = rateFault("default", manifest.path("default"));
    return fault != null ? fault : rulesFault(manifest.path("rules"));
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
      if (rule.has(pattern) && !rule.path(pattern).isTextual()) {
        return new Fault(name + "." + pattern + " " + rule.path(pattern), "a text, such as *");
      }
    }
    return rateFault(name, rule);
  }

  private static @Nullable Fault rateFault(String name, JsonNode rule) {
    var target = rule.path("fixed_target");
    if (!target.canConvertToExactIntegral() || !target.isNumber() || target.longValue() < 0) {
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
