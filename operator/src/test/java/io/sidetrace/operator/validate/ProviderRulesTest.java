package io.sidetrace.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.SpecFiles;
import io.sidetrace.operator.validate.Validation.Valid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderRulesTest {
  private static final String COLLECTOR = "collector: {service: {name: c, port: 4317}}\n";
  private static final String RATIO = "0 to 1 in steps of 0.000001";

  @Test
  void everySpecFile_isValid() {
    assertThat(SpecFiles.names())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            name -> assertThat(Judged.judge(SpecFiles.read(name))).isInstanceOf(Valid.class));
  }

  static Stream<Arguments> invalid() {
    return Stream.of(zipkinAndJaeger(), openTelemetry(), samplers(), others()).flatMap(all -> all);
  }

  private static Stream<Arguments> zipkinAndJaeger() {
    return Stream.of(
        argumentSet(
            "second version for the first API",
            "zipkin: {collectorEndpoint: /api/v1/spans, collectorEndpointVersion: HTTP_JSON}",
            "zipkin.collectorEndpointVersion: HTTP_JSON with collectorEndpoint /api/v1/spans"
                + " (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)"),
        argumentSet(
            "protobuf for the first API",
            "zipkin: {collectorEndpoint: /a/api/v1/spans, collectorEndpointVersion: HTTP_PROTO}",
            "zipkin.collectorEndpointVersion: HTTP_PROTO with collectorEndpoint /a/api/v1/spans"
                + " (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)"),
        argumentSet(
            "first version for the second API",
            "zipkin: {collectorEndpoint: /api/v2/spans, collectorEndpointVersion: HTTP_JSON_V1}",
            "zipkin.collectorEndpoint: /api/v2/spans with collectorEndpointVersion HTTP_JSON_V1"
                + " (expected: /api/v1/spans, or collectorEndpointVersion HTTP_JSON or"
                + " HTTP_PROTO)"),
        argumentSet(
            "path over gRPC",
            "jaeger: {path: /v1/traces}",
            "jaeger.path: /v1/traces with protocol OTLP_GRPC (expected: none, or protocol OTLP_HTTP"
                + " or ZIPKIN)"),
        argumentSet(
            "wide identifiers in OTLP",
            "jaeger: {protocol: OTLP_HTTP, traceId128Bit: false}",
            "jaeger.traceId128Bit: false with protocol OTLP_HTTP (expected: none, since identifiers"
                + " in OTLP always have 128 bits)"),
        argumentSet(
            "timeout in Zipkin's API",
            "jaeger: {protocol: ZIPKIN, timeout: 1s}",
            "jaeger.timeout: 1s with protocol ZIPKIN (expected: none, or protocol OTLP_GRPC or"
                + " OTLP_HTTP)"),
        argumentSet(
            "host name",
            "jaeger: {collectorHostname: 'http://a'}",
            "jaeger.collectorHostname: http://a (expected: a host name, with a port where needed,"
                + " such as zipkin.example.com:9411)"));
  }

  private static Stream<Arguments> openTelemetry() {
    return Stream.of(
        argumentSet(
            "path over gRPC",
            "opentelemetry: {path: /v1/traces}",
            "opentelemetry.path: /v1/traces with protocol GRPC (expected: none, or protocol HTTP)"),
        argumentSet(
            "path",
            "opentelemetry: {protocol: HTTP, path: v1/traces}",
            "opentelemetry.path: v1/traces (expected: a path that starts with /, such as"
                + " /v1/traces)"),
        argumentSet(
            "timeout",
            "opentelemetry: {timeout: 0ms}",
            "opentelemetry.timeout: 0ms (expected: a duration above 0 in ms, s or m, such as 1s or"
                + " 250ms)"),
        argumentSet(
            "header of HTTP's own",
            "opentelemetry: {headers: [{name: content-type, value: a}]}",
            "opentelemetry.headers[0].name: content-type (expected: the name of a header in lower"
                + " case, none of those that HTTP itself uses, and no binary metadata)"),
        argumentSet(
            "binary header",
            "opentelemetry: {headers: [{name: a-bin, value: a}]}",
            "opentelemetry.headers[0].name: a-bin (expected: the name of a header in lower case,"
                + " none of those that HTTP itself uses, and no binary metadata)"),
        argumentSet(
            "header twice",
            "opentelemetry: {headers: [{name: a, value: b}, {name: a, value: c}]}",
            "opentelemetry.headers[1].name: a (expected: each name once)"),
        argumentSet(
            "format string in a header",
            "opentelemetry: {headers: [{name: a, value: '%REQ(x)%'}]}",
            "opentelemetry.headers[0].value: not a header's value (expected: visible characters but"
                + " %, and spaces between them)"),
        argumentSet(
            "attribute without a value",
            "opentelemetry: {resourceAttributes: {a: ''}}",
            "opentelemetry.resourceAttributes: an attribute without a name or a value (expected:"
                + " such as deployment.environment.name: test)"));
  }

  private static Stream<Arguments> samplers() {
    return Stream.of(
        argumentSet(
            "no ratio",
            "opentelemetry: {sampler: {type: TRACE_ID_RATIO}}",
            "opentelemetry.sampler.ratio: null (expected: " + RATIO + ")"),
        argumentSet(
            "ratio above all",
            "opentelemetry: {sampler: {type: PARENT_BASED, ratio: 1.01}}",
            "opentelemetry.sampler.ratio: 1.01 (expected: " + RATIO + ")"),
        argumentSet(
            "ratio too fine",
            "opentelemetry: {sampler: {type: TRACE_ID_RATIO, ratio: 0.0000001}}",
            "opentelemetry.sampler.ratio: 1.0E-7 (expected: " + RATIO + ")"),
        argumentSet(
            "ratio of all",
            "opentelemetry: {sampler: {type: ALWAYS_ON, ratio: 0.5}}",
            "opentelemetry.sampler.ratio: 0.5 with ALWAYS_ON (expected: none, or type"
                + " TRACE_ID_RATIO or PARENT_BASED)"),
        argumentSet(
            "no type",
            "opentelemetry: {sampler: {}}",
            "opentelemetry.sampler.type: none (expected: ALWAYS_ON, PARENT_BASED or"
                + " TRACE_ID_RATIO)"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        argumentSet(
            "Datadog's host name",
            "datadog: {collectorHostname: 'a b'}",
            "datadog.collectorHostname: a b (expected: a host name, with a port where needed, such"
                + " as zipkin.example.com:9411)"),
        argumentSet(
            "manifest that nobody reads",
            "xray: {samplingBy: TRACING_CONFIG, samplingRuleManifest: '{\"version\": 2,"
                + " \"default\": {\"fixed_target\": 1, \"rate\": 1}}'}",
            "xray.samplingRuleManifest: given with samplingBy TRACING_CONFIG (expected: none, or"
                + " samplingBy XRAY)"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void provider_whoseFieldsDoNotFit_isInvalid(String provider, String expected) {
    assertThat(Judged.faults("provider: {" + provider + "}\n" + COLLECTOR))
        .isEqualTo("spec.provider." + expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON -> not JSON (expected: a JSON object with version, default and rules)",
        "[] -> no object (expected: a JSON object with version, default and rules)",
        "{} -> version  (expected: version 2)",
        "{\"version\": 1} -> version 1 (expected: version 2)",
        "{\"version\": 2} -> default.fixed_target none (expected: requests a second, a whole"
            + " number from 0)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1.5, \"rate\": 0}} ->"
            + " default.fixed_target 1.5 (expected: requests a second, a whole number from 0)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 5}} -> default.rate 5"
            + " (expected: a part, 0 to 1)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": {}} -> rules"
            + " {} (expected: a list of rules)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": [{\"host\":"
            + " 1}]} -> rules[0].host 1 (expected: a text, such as *)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\":"
            + " [{\"host\": \"*\"}]} -> rules[0].http_method none (expected: a text, such as *)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": [{\"host\":"
            + " \"*\", \"http_method\": \"*\", \"url_path\": \"*\", \"fixed_target\": 0}]} ->"
            + " rules[0].rate none (expected: a part, 0 to 1)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": [{\"host\":"
            + " \"*\", \"http_method\": \"*\", \"url_path\": \"*\", \"service_name\": \"*\"}]} ->"
            + " rules[0].service_name (expected: one of description, fixed_target, host,"
            + " http_method, rate, url_path)",
        "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0, \"host\": \"*\"}} ->"
            + " default.host (expected: one of fixed_target, rate)",
        "{\"version\": 2, \"rule\": []} -> rule (expected: one of default, rules, version)",
      })
  void manifest_thatEnvoyWouldReplace_isInvalid(String manifestAndFault) {
    var parts = manifestAndFault.split(" -> ", 2);

    assertThat(
            Judged.faults(
                "provider: {xray: {samplingRuleManifest: '" + parts[0] + "'}}\n" + COLLECTOR))
        .isEqualTo("spec.provider.xray.samplingRuleManifest: " + parts[1]);
  }
}
