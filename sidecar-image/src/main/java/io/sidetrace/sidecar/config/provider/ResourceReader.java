package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the `resource_detectors` of [OpenTelemetry], and has them detect: what they find does not
/// change while the process lives.
final class ResourceReader {
  private static final System.Logger LOG = System.getLogger("sidetrace.config");

  private static final String PACKAGE =
      "envoy.extensions.tracers.opentelemetry.resource_detectors.v3.";
  private static final String NAME = "envoy.tracers.opentelemetry.resource_detectors.";

  /// Its form is OpenTelemetry's: `key=value,key=value`, values in percent-encoding.
  private static final String VARIABLE = "OTEL_RESOURCE_ATTRIBUTES";

  private final Map<String, String> environment;
  private final Extensions<Map<String, String>> detectors =
      new Extensions<Map<String, String>>()
          .with(
              PACKAGE + "EnvironmentResourceDetectorConfig",
              this::environment,
              NAME + "environment")
          .with(
              PACKAGE + "StaticConfigResourceDetectorConfig",
              ResourceReader::staticConfig,
              NAME + "static_config");

  ResourceReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// What all of them find; where two find the same, the later one is believed, as in Envoy.
  Map<String, String> read(Field field) {
    Map<String, String> resource = new LinkedHashMap<>();
    field.<Map<String, String>>messages(this::detector).forEach(resource::putAll);
    return resource;
  }

  private @Nullable Map<String, String> detector(Message message) {
    message.named("OpenTelemetryConfig.resource_detectors");
    return detectors.read(message);
  }

  /// Without the variable nothing is found, and a pair that is none is passed over, as in Envoy:
  /// the environment is not the configuration's to mend.
  private Map<String, String> environment(Message message) {
    message.named("EnvironmentResourceDetectorConfig");
    Map<String, String> found = new LinkedHashMap<>();
    String text = environment.getOrDefault(VARIABLE, "");
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair.strip() : pair.substring(0, equals).strip();
      if (equals > 0 && !key.isEmpty()) {
        found.put(key, decoded(pair.substring(equals + 1).strip()));
      } else if (!pair.isBlank()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "environment variable {0} has \"{1}\" (expected: key=value,key=value)",
            VARIABLE,
            pair.strip());
      }
    }
    return found;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value; // a percent sign that encodes nothing
    }
  }

  private static Map<String, String> staticConfig(Message message) {
    message.named("StaticConfigResourceDetectorConfig");
    Map<String, String> found = new LinkedHashMap<>();
    Field attributes = message.field("attributes");
    attributes.entries().forEach((key, value) -> found.put(key, value.text("")));
    if (found.isEmpty()) {
      attributes.refuse(attributes.describe() + " (expected: an object of texts)");
    }
    return found;
  }
}
