package io.sidetrace.sidecar.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Reading;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `OTEL_RESOURCE_ATTRIBUTES` says, by OpenTelemetry's specification of resources.
class ResourceReaderTest {
  static Stream<Arguments> variables() {
    return Stream.of(
        Arguments.of("", Map.of()),
        Arguments.of("a=b", Map.of("a", "b")),
        Arguments.of(" a = b , c=d ", Map.of("a", "b", "c", "d")),
        Arguments.of("a=", Map.of("a", "")),
        Arguments.of("a=b=c", Map.of("a", "b=c")),
        Arguments.of("a=x%20y%2Cz+1", Map.of("a", "x y,z+1")),
        Arguments.of("a=100%", Map.of("a", "100%")),
        Arguments.of("bad,a=b,=c,,", Map.of("a", "b")),
        Arguments.of("a=1,a=2", Map.of("a", "2")));
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variable_isReadPairByPair(String variable, Map<String, String> expected) {
    Parsed.Document document =
        (Parsed.Document)
            DocumentParser.parse(
                "{resource_detectors: [{name:"
                    + " envoy.tracers.opentelemetry.resource_detectors.environment}]}");
    ResourceReader reader = new ResourceReader(Map.of("OTEL_RESOURCE_ATTRIBUTES", variable));

    Map<String, String> found =
        Message.read(
            new Reading.OfDocument((path, refusal) -> {
              throw new AssertionError(path + ": " + refusal);
            }),
            document.root(),
            message -> reader.read(message.field("resource_detectors")));

    assertThat(found).isEqualTo(expected);
  }
}
