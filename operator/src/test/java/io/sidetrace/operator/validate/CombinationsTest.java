package io.sidetrace.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.validate.Validation.Valid;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CombinationsTest {
  private static final String SERVICE = "service: {name: c, port: 1}";
  private static final String COLLECTOR = "collector: {" + SERVICE + "}\n";
  private static final String BY_CONFIG = "provider: {xray: {samplingBy: TRACING_CONFIG}}\n";

  static Stream<Arguments> invalid() {
    return Stream.of(
        argumentSet(
            "LightStep without its token",
            "provider: {lightstep: {}}\n" + COLLECTOR,
            "spec.collector.credentials: none with lightstep (expected: the Secret with its access"
                + " token)"),
        argumentSet(
            "TLS to a daemon",
            "provider: {xray: {}}\ncollector: {" + SERVICE + ", tls: {ca: {secretName: a}}}",
            "spec.collector.tls: given with xray (expected: none, since its daemon takes"
                + " datagrams)"),
        argumentSet(
            "compression that nobody undoes",
            "provider: {datadog: {}}\ncollector: {" + SERVICE + ", compression: GZIP}",
            "spec.collector.compression: GZIP with datadog (expected: NONE, since it takes nothing"
                + " else)"),
        argumentSet(
            "credentials for a daemon",
            "provider: {xray: {}}\ncollector: {" + SERVICE + ", credentials: {secretName: a}}",
            "spec.collector.credentials: given with xray (expected: none, since its daemon takes"
                + " datagrams)"),
        argumentSet(
            "share that X-Ray passes over",
            "sampling: {random: 10}\nprovider: {xray: {}}\n" + COLLECTOR,
            "spec.sampling: given with provider.xray, whose own rules decide (expected: no client,"
                + " random, overall and rules, or provider.xray.samplingBy TRACING_CONFIG)"),
        argumentSet(
            "share that a sampler passes over",
            "sampling: {overall: 10}\nprovider: {opentelemetry: {sampler: {type: ALWAYS_ON}}}\n"
                + COLLECTOR,
            "spec.sampling: given with provider.opentelemetry.sampler, which decides alone"
                + " (expected: no client, random, overall and rules, or no sampler)"),
        argumentSet(
            "header that X-Ray's rules do not know",
            "sampling: {rules: [{headers: [{name: a}], random: 1}]}\n" + BY_CONFIG + COLLECTOR,
            "spec.sampling.rules[0]: headers, a regex or a * with provider.xray, whose rules know"
                + " neither (expected: path.exact, path.prefix and method)"),
        argumentSet(
            "star that would be X-Ray's",
            "sampling: {rules: [{path: {exact: '/a*'}, random: 1}]}\n" + BY_CONFIG + COLLECTOR,
            "spec.sampling.rules[0]: headers, a regex or a * with provider.xray, whose rules know"
                + " neither (expected: path.exact, path.prefix and method)"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void parts_thatDoNotFitEachOther_areInvalid(String yaml, String expected) {
    assertThat(Judged.faults(yaml)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampling: {tracesPerSecond: 5, followParent: false}\nprovider: {xray: {}}\n",
        "sampling: {client: 100, random: 100}\n"
            + "provider: {opentelemetry: {sampler: {type: ALWAYS_ON}}}\n",
        "sampling: {random: 10}\nprovider: {opentelemetry: {}}\n",
        "sampling: {random: 10, rules: [{method: GET, random: 1}]}\n" + BY_CONFIG,
      })
  void parts_thatFit_areValid(String yaml) {
    assertThat(Judged.judge(yaml + COLLECTOR)).isInstanceOf(Valid.class);
  }
}
