package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRule;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRules;
import java.util.List;

/// Reads X-Ray's document of local sampling rules.
final class XRayRuleReader {
  private static final int VERSION = 2;

  private XRayRuleReader() {}

  static XRayRules manifest(Message message) {
    message.named("sampling rules of X-Ray");
    Field version = message.field("version");
    if (version.value().number() != VERSION) {
      version.refuse(version.describe() + " (expected: " + VERSION + ")");
    }
    XRayRule otherwise = message.field("default").requiredMessage(XRayRuleReader::otherwise);
    List<XRayRule> rules = message.field("rules").messages(XRayRuleReader::rule);
    return new XRayRules(rules, otherwise);
  }

  private static XRayRule otherwise(Message message) {
    message.named("default sampling rule of X-Ray");
    return rule(message, "*", "*", "*");
  }

  /// Envoy passes over a rule that says less, and over those behind it.
  private static XRayRule rule(Message message) {
    message.named("sampling rule of X-Ray");
    message.field("description").text("");
    return rule(
        message,
        message.field("host").requiredText(),
        message.field("http_method").requiredText(),
        message.field("url_path").requiredText());
  }

  private static XRayRule rule(Message message, String host, String method, String path) {
    int target = message.field("fixed_target").requiredInteger(0, Integer.MAX_VALUE);
    Field rate = message.field("rate");
    if (!rate.isGiven()) {
      rate.refuse("missing (expected: 0..1)");
    }
    return new XRayRule(host, method, path, target, rate.number(0, 1, 0));
  }
}
