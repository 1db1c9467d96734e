package io.sidetrace.sidecar.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Reading;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRule;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XRayReaderTest {
  private static final String RULES =
      """
      {"version": 2,
       "default": {"fixed_target": 0, "rate": 0.25},
       "rules": [{"description": "pay", "host": "*.shop", "http_method": "POST",
                  "url_path": "/pay/*", "fixed_target": 3, "rate": 1}]}
      """;

  private static final XRayRules READ =
      new XRayRules(
          List.of(new XRayRule("*.shop", "POST", "/pay/*", 3, 1)),
          new XRayRule("*", "*", "*", 0, 0.25));

  private final List<String> refusals = new ArrayList<>();

  @Test
  void nothingButAName_getsXRaysDefaults() {
    XRay xray = read("{segment_name: shop}");

    assertThat(refusals).isEmpty();
    assertThat(xray.daemon().getHostString()).isEqualTo("127.0.0.1");
    assertThat(xray.daemon().getPort()).isEqualTo(2000);
    assertThat(xray.rules())
        .isEqualTo(new XRayRules(List.of(), new XRayRule("*", "*", "*", 1, 0.05)));
    assertThat(xray.origin()).isEmpty();
    assertThat(xray.aws().fields()).isEmpty();
  }

  @Test
  void everything_isRead() {
    XRay xray =
        read(
            "{segment_name: shop,"
                + " daemon_endpoint: {protocol: UDP, address: '::1', port_value: 3000},"
                + " segment_fields: {origin: 'AWS::EKS::Container', aws: {eks: {pod: a}}},"
                + " sampling_rule_manifest: {inline_string: '"
                + RULES
                + "'}}");

    assertThat(refusals).isEmpty();
    assertThat(xray.segmentName()).isEqualTo("shop");
    assertThat(xray.daemon().getPort()).isEqualTo(3000);
    assertThat(xray.origin()).isEqualTo("AWS::EKS::Container");
    assertThat(xray.aws().fields()).containsOnlyKeys("eks");
    assertThat(xray.rules()).isEqualTo(READ);
    assertThat(xray.settings())
        .containsEntry("sampling_rules", List.of("POST *.shop/pay/*: 3/s, then 1.0"));
  }

  @Test
  void rules_mayStandInAFile() {
    XRay xray = read("{segment_name: shop, sampling_rule_manifest: {filename: rules.json}}");

    assertThat(refusals).isEmpty();
    assertThat(xray.rules()).isEqualTo(READ);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{segment_name: a, daemon_endpoint: {address: daemon, port_value: 1, protocol: UDP}}"
            + " | $.daemon_endpoint.address: \"daemon\" (expected: an IP address)",
        "{segment_name: a, daemon_endpoint: {address: 10.0.0.1, port_value: 1}}"
            + " | $.daemon_endpoint.protocol: missing (expected: UDP)",
        "{segment_name: a, daemon_endpoint: {address: 10.0.0.1, port_value: 1, protocol: TCP}}"
            + " | $.daemon_endpoint.protocol: \"TCP\" (expected: UDP)",
        "{segment_name: a, segment_fields: {aws: [1]}}"
            + " | $.segment_fields.aws: a list (expected: an object)",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{'}}"
            + " | $.sampling_rule_manifest.inline_string: line 1, column 2: not JSON or YAML:"
            + " expected the node content, but found '<stream end>'",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{version: 1, default:"
            + " {fixed_target: 1, rate: 1}}'}}"
            + " | $.sampling_rule_manifest.inline_string.version: 1 (expected: 2)",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{version: 2}'}}"
            + " | $.sampling_rule_manifest.inline_string.default: missing (expected: an object)",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{version: 2, default:"
            + " {fixed_target: 1}}'}}"
            + " | $.sampling_rule_manifest.inline_string.default.rate: missing (expected: 0..1)",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{version: 2, default:"
            + " {fixed_target: -1, rate: 2}}'}}"
            + " | $.sampling_rule_manifest.inline_string.default.fixed_target: -1"
            + " (expected: 0..2147483647);"
            + " $.sampling_rule_manifest.inline_string.default.rate: 2 (expected: 0..1)",
        "{segment_name: a, sampling_rule_manifest: {inline_string: '{version: 2, default:"
            + " {fixed_target: 1, rate: 1}, rules: [{host: h, fixed_target: 1, rate: 1}]}'}}"
            + " | $.sampling_rule_manifest.inline_string.rules[0].http_method: missing (expected:"
            + " text); $.sampling_rule_manifest.inline_string.rules[0].url_path: missing (expected:"
            + " text)"
      })
  void mistakes_areRefused(String yaml, String refused) {
    read(yaml);

    assertThat(String.join("; ", refusals)).isEqualTo(refused);
  }

  private XRay read(String yaml) {
    Parsed parsed = DocumentParser.parse(yaml);
    if (!(parsed instanceof Parsed.Document(var root))) {
      throw new AssertionError(parsed);
    }
    return Message.read(
        new Reading.OfDocument((path, message) -> refusals.add(path + ": " + message)),
        root,
        new XRayReader(path -> RULES)::read);
  }
}
