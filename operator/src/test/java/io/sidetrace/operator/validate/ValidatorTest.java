package io.sidetrace.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.api.ZipkinProvider;
import io.sidetrace.operator.validate.Validation.Invalid;
import io.sidetrace.operator.validate.Validation.Valid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidatorTest {
  private static final String PROVIDER = "provider: {zipkin: {}}\n";
  private static final String COLLECTOR = "collector: {service: {name: zipkin, port: 9411}}\n";

  @Test
  void smallestSpec_isValid() {
    var validation = Judged.judge(PROVIDER + COLLECTOR);

    assertThat(validation).isInstanceOf(Valid.class);
    assertThat(((Valid) validation).provider()).isInstanceOf(ZipkinProvider.class);
    assertThat(((Valid) validation).collector().service()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: STATIC, endpoints: [{address: 10.0.0.1, port: 1}, {address: 'fd00::1', port: 2}]}",
        "{endpoints: [{address: zipkin.example.com, port: 9411}, {address: 10.0.0.1, port: 1}]}",
        "{type: LOGICAL_DNS, endpoints: [{address: my_collector, port: 65535}]}",
        "{connectTimeout: 250ms, endpoints: [{address: a., port: 1}]}",
        "{connectTimeout: 0.5s, name: a.b_c-D, endpoints: [{address: a, port: 1}]}",
        "{service: {name: a, namespace: b-c, port: 1}}",
      })
  void collector_ofEveryForm_isValid(String collector) {
    assertThat(Judged.judge(PROVIDER + "collector: " + collector)).isInstanceOf(Valid.class);
  }

  @Test
  void absentSpec_isInvalid() {
    assertThat(((Invalid) Validator.validate(null)).format())
        .isEqualTo("spec: none (expected: provider and collector)");
  }

  static Stream<Arguments> invalidSpecs() {
    return Stream.of(
        argumentSet(
            "no provider",
            COLLECTOR,
            "spec.provider: none (expected: exactly one of zipkin, jaeger, opentelemetry,"
                + " datadog, skywalking, xray and lightstep)"),
        argumentSet(
            "empty provider",
            "provider: {}\n" + COLLECTOR,
            "spec.provider: none (expected: exactly one of zipkin, jaeger, opentelemetry,"
                + " datadog, skywalking, xray and lightstep)"),
        argumentSet(
            "two providers",
            "provider: {zipkin: {}, jaeger: {}}\n" + COLLECTOR,
            "spec.provider: zipkin and jaeger (expected: exactly one of zipkin, jaeger, opentelemetry,"
                + " datadog, skywalking, xray and lightstep)"),
        argumentSet(
            "endpoint that is no path",
            "provider: {zipkin: {collectorEndpoint: api/v2/spans}}\n" + COLLECTOR,
            "spec.provider.zipkin.collectorEndpoint: api/v2/spans (expected: a path that starts"
                + " with /, such as /api/v2/spans)"),
        argumentSet(
            "endpoint with a line break",
            "provider: {zipkin: {collectorEndpoint: \"/a\\r\\nx: y\"}}\n" + COLLECTOR,
            "spec.provider.zipkin.collectorEndpoint: /a\r\nx: y (expected: a path that starts"
                + " with /, such as /api/v2/spans)"),
        argumentSet(
            "host name with a space",
            "provider: {zipkin: {collectorHostname: 'a b'}}\n" + COLLECTOR,
            "spec.provider.zipkin.collectorHostname: a b (expected: a host name, with a port where"
                + " needed, such as zipkin.example.com:9411)"),
        argumentSet(
            "no collector",
            PROVIDER,
            "spec.collector: none (expected: a name and endpoints or a service)"),
        argumentSet(
            "path tag length",
            PROVIDER + COLLECTOR + "maxPathTagLength: -1",
            "spec.maxPathTagLength: -1 (expected: 0 to 65536)"),
        argumentSet(
            "several at once",
            "sampling: {random: 101}\nprovider: {}\n" + COLLECTOR,
            "spec.sampling.random: 101.0 (expected: percent, 0 to 100 in steps of 0.01);"
                + " spec.provider: none (expected: exactly one of zipkin, jaeger, opentelemetry,"
                + " datadog, skywalking, xray and lightstep)"));
  }

  @ParameterizedTest
  @MethodSource("invalidSpecs")
  void spec_thatCannotWork_isInvalid(String yaml, String expected) {
    assertThat(Judged.faults(yaml)).isEqualTo(expected);
  }

  static Stream<Arguments> invalidSamplings() {
    return Stream.of(
        argumentSet(
            "client",
            "{client: 101}",
            "spec.sampling.client: 101 (expected: a whole number of percent, 0 to 100)"),
        argumentSet(
            "random",
            "{random: -0.5}",
            "spec.sampling.random: -0.5 (expected: percent, 0 to 100 in steps of 0.01)"),
        argumentSet(
            "overall",
            "{overall: 0.005}",
            "spec.sampling.overall: 0.005 (expected: percent, 0 to 100 in steps of 0.01)"));
  }

  @ParameterizedTest
  @MethodSource("invalidSamplings")
  void sampling_beyondItsRange_isInvalid(String sampling, String expected) {
    assertThat(Judged.faults("sampling: " + sampling + "\n" + PROVIDER + COLLECTOR))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01", "12.34", "33.33", "99.99", "100"})
  void sampling_inSteps_isValid(String percent) {
    var spec = "sampling: {random: " + percent + ", overall: " + percent + "}\n";

    assertThat(Judged.judge(spec + PROVIDER + COLLECTOR)).isInstanceOf(Valid.class);
  }

  static Stream<Arguments> invalidCollectors() {
    return Stream.of(
        argumentSet(
            "nothing",
            "{}",
            ": neither endpoints nor service (expected: exactly one of endpoints and service)"),
        argumentSet(
            "both",
            "{endpoints: [{address: a, port: 1}], service: {name: a, port: 1}}",
            ": endpoints and service (expected: exactly one of endpoints and service)"),
        argumentSet(
            "taken name",
            "{name: inbound, service: {name: a, port: 1}}",
            ".name: inbound (expected: letters, digits, _ . and -, but not inbound or outbound)"),
        argumentSet(
            "zero timeout",
            "{connectTimeout: 0s, service: {name: a, port: 1}}",
            ".connectTimeout: 0s (expected: a duration above 0 in ms, s or m, such as 1s or"
                + " 250ms)"),
        argumentSet(
            "timeout without unit",
            "{connectTimeout: '5', service: {name: a, port: 1}}",
            ".connectTimeout: 5 (expected: a duration above 0 in ms, s or m, such as 1s or 250ms)"),
        argumentSet(
            "static service",
            "{type: STATIC, service: {name: a, port: 1}}",
            ".type: STATIC with a service (expected: STRICT_DNS)"),
        argumentSet(
            "service name",
            "{service: {name: A_b, port: 1}}",
            ".service.name: A_b (expected: the name of a Service)"),
        argumentSet(
            "service namespace",
            "{service: {name: a, namespace: a.b, port: 1}}",
            ".service.namespace: a.b (expected: the name of a namespace)"),
        argumentSet(
            "service port",
            "{service: {name: a, port: 0}}",
            ".service.port: 0 (expected: a port, 1 to 65535)"),
        argumentSet(
            "static name",
            "{type: STATIC, endpoints: [{address: 10.0.0.1, port: 1}, {address: zipkin, port: 1}]}",
            ".endpoints[1].address: zipkin with type STATIC (expected: an IP address, or type"
                + " STRICT_DNS for a name)"),
        argumentSet(
            "mistyped IPv4 address",
            "{endpoints: [{address: 10.0.0.256, port: 1}]}",
            ".endpoints[0].address: 10.0.0.256 (expected: an IP address or a DNS name)"),
        argumentSet(
            "zoned IPv6 address",
            "{endpoints: [{address: 'fe80::1%eth0', port: 1}]}",
            ".endpoints[0].address: fe80::1%eth0 (expected: an IP address or a DNS name)"),
        argumentSet(
            "missing port",
            "{endpoints: [{address: a}]}",
            ".endpoints[0].port: null (expected: a port, 1 to 65535)"),
        argumentSet(
            "several logical names",
            "{type: LOGICAL_DNS, endpoints: [{address: a, port: 1}, {address: b, port: 1}]}",
            ".endpoints: 2 with type LOGICAL_DNS (expected: exactly one)"));
  }

  @ParameterizedTest
  @MethodSource("invalidCollectors")
  void collector_thatCannotWork_isInvalid(String collector, String expected) {
    assertThat(Judged.faults(PROVIDER + "collector: " + collector))
        .isEqualTo("spec.collector" + expected);
  }

  static Stream<Arguments> invalidTags() {
    return Stream.of(
        argumentSet(
            "no source",
            "[{name: a}]",
            "spec.tags[0]: none or several of them (expected: exactly one of literal, environment"
                + " and requestHeader)"),
        argumentSet(
            "two sources",
            "[{name: a, literal: b, requestHeader: {name: c}}]",
            "spec.tags[0]: none or several of them (expected: exactly one of literal, environment"
                + " and requestHeader)"),
        argumentSet(
            "same name twice",
            "[{name: a, literal: b}, {name: a, literal: c}]",
            "spec.tags[1].name: a (expected: each name once)"),
        argumentSet(
            "header name",
            "[{name: a, requestHeader: {name: 'x y'}}]",
            "spec.tags[0].requestHeader.name: x y (expected: the name of a header)"),
        argumentSet(
            "pseudo header",
            "[{name: a, requestHeader: {name: ':path'}}]",
            "spec.tags[0].requestHeader.name: :path (expected: the name of a header)"),
        argumentSet(
            "variable",
            "[{name: a, environment: {name: '1 A'}}]",
            "spec.tags[0].environment.name: 1 A (expected: the name of a variable)"));
  }

  @ParameterizedTest
  @MethodSource("invalidTags")
  void tag_thatCannotWork_isInvalid(String tags, String expected) {
    assertThat(Judged.faults(PROVIDER + COLLECTOR + "tags: " + tags)).isEqualTo(expected);
  }

  static Stream<Arguments> invalidSelectors() {
    return Stream.of(
        argumentSet(
            "operator",
            "{key: a, operator: Equals, values: [b]}",
            ".operator: Equals (expected: In, NotIn, Exists or DoesNotExist)"),
        argumentSet(
            "values wanted",
            "{key: a, operator: In}",
            ".values: none (expected: at least one for In)"),
        argumentSet(
            "values not wanted",
            "{key: a, operator: Exists, values: [b]}",
            ".values: [b] (expected: none for Exists)"),
        argumentSet("key", "{operator: Exists}", ".key: none (expected: the name of a label)"));
  }

  @ParameterizedTest
  @MethodSource("invalidSelectors")
  void selector_thatKubernetesWouldRefuse_isInvalid(String expression, String expected) {
    var selector = "selector: {matchExpressions: [" + expression + "]}\n";

    assertThat(Judged.faults(selector + PROVIDER + COLLECTOR))
        .isEqualTo("spec.selector.matchExpressions[0]" + expected);
  }
}
