package io.sidetrace.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules of sampling, lists of formats, and what the collector's Secrets are named by.
final class PartsTest {
  private static final String PROVIDER = "provider: {zipkin: {}}\n";
  private static final String SERVICE = "service: {name: c, port: 1}";
  private static final String COLLECTOR = "collector: {" + SERVICE + "}\n";
  private static final String PERCENT = " (expected: percent, 0 to 100 in steps of 0.01)";
  private static final String PATH =
      " (expected: a path that starts with /, without query, such as /static/)";
  private static final String RE2 = " (expected: a regular expression in the syntax of RE2)";
  private static final String SECRET =
      " (expected: the name of a Secret: letters in lower case, digits, . and -)";

  static Stream<Arguments> invalidSampling() {
    return Stream.of(
        argumentSet("limit", "tracesPerSecond: 0", ".tracesPerSecond: 0 (expected: 1 to 1000000)"),
        argumentSet(
            "rule for everything",
            "rules: [{random: 1}]",
            ".rules[0]: nothing that a request must have (expected: path, method or headers)"),
        argumentSet(
            "share", "rules: [{method: GET, random: 101}]", ".rules[0].random: 101.0" + PERCENT),
        argumentSet("no share", "rules: [{method: GET}]", ".rules[0].random: null" + PERCENT),
        argumentSet(
            "method",
            "rules: [{method: 'G T', random: 1}]",
            ".rules[0].method: G T (expected: a method such as GET)"),
        argumentSet(
            "path in no way",
            "rules: [{path: {}, random: 1}]",
            ".rules[0].path: none or several (expected: exactly one of exact, prefix and regex)"),
        argumentSet(
            "path in two ways",
            "rules: [{path: {exact: /a, prefix: /a}, random: 1}]",
            ".rules[0].path: none or several (expected: exactly one of exact, prefix and regex)"),
        argumentSet(
            "path with a query",
            "rules: [{path: {exact: '/a?b'}, random: 1}]",
            ".rules[0].path.exact: /a?b" + PATH),
        argumentSet(
            "prefix", "rules: [{path: {prefix: a}, random: 1}]", ".rules[0].path.prefix: a" + PATH),
        argumentSet(
            "regular expression",
            "rules: [{path: {regex: '('}, random: 1}]",
            ".rules[0].path.regex: (" + RE2),
        argumentSet(
            "lookahead",
            "rules: [{path: {regex: '/(?!a)b'}, random: 1}]",
            ".rules[0].path.regex: /(?!a)b" + RE2),
        argumentSet(
            "possessive quantifier of a header",
            "rules: [{headers: [{name: a, regex: 'b++'}], random: 1}]",
            ".rules[0].headers[0].regex: b++" + RE2),
        argumentSet(
            "header in two ways",
            "rules: [{headers: [{name: a, exact: b, prefix: b}], random: 1}]",
            ".rules[0].headers[0]: a in several ways (expected: at most one of exact, prefix and"
                + " regex)"),
        argumentSet(
            "pseudo header",
            "rules: [{headers: [{name: ':path'}], random: 1}]",
            ".rules[0].headers[0].name: :path (expected: the name of a header, such as"
                + " x-tenant)"));
  }

  @ParameterizedTest
  @MethodSource("invalidSampling")
  void sampling_thatCannotWork_isInvalid(String sampling, String expected) {
    assertThat(Judged.faults("sampling: {" + sampling + "}\n" + PROVIDER + COLLECTOR))
        .isEqualTo("spec.sampling" + expected);
  }

  static Stream<Arguments> invalidPropagation() {
    return Stream.of(
        argumentSet(
            "twice", "extract: [b3, b3]", ".extract: b3 twice (expected: each format once)"),
        argumentSet(
            "baggage alone",
            "inject: [baggage]",
            ".inject: baggage alone, which carries no identifiers (expected: another format"
                + " too)"));
  }

  @ParameterizedTest
  @MethodSource("invalidPropagation")
  void propagation_thatCannotWork_isInvalid(String propagation, String expected) {
    assertThat(Judged.faults("propagation: {" + propagation + "}\n" + PROVIDER + COLLECTOR))
        .isEqualTo("spec.propagation" + expected);
  }

  static Stream<Arguments> invalidSecrets() {
    return Stream.of(
        argumentSet(
            "no authorities",
            "tls: {}",
            ".tls.ca: none (expected: the Secret with the authorities to trust)"),
        argumentSet("authorities", "tls: {ca: {secretName: A}}", ".tls.ca.secretName: A" + SECRET),
        argumentSet("no name", "tls: {ca: {}}", ".tls.ca.secretName: null" + SECRET),
        argumentSet(
            "key",
            "tls: {ca: {secretName: a, key: ../b}}",
            ".tls.ca.key: ../b (expected: a key of a Secret: letters, digits, . _ and -)"),
        argumentSet(
            "server's name",
            "tls: {sni: 10.0.0.1, ca: {secretName: a}}",
            ".tls.sni: 10.0.0.1 (expected: a DNS name, such as collector.example.com)"),
        argumentSet(
            "client's certificate",
            "tls: {ca: {secretName: a}, clientCertificate: {secretName: 'b/c'}}",
            ".tls.clientCertificate.secretName: b/c" + SECRET),
        argumentSet(
            "header",
            "credentials: {secretName: a, header: Authorization}",
            ".credentials.header: Authorization (expected: the name of a header in lower case, none"
                + " of those that HTTP itself uses, and no binary metadata)"),
        argumentSet(
            "prefix",
            "credentials: {secretName: a, prefix: \"a\\nb\"}",
            ".credentials.prefix: not a header's value (expected: visible characters and"
                + " spaces)"));
  }

  @ParameterizedTest
  @MethodSource("invalidSecrets")
  void secrets_thatCannotBeMounted_areInvalid(String fields, String expected) {
    assertThat(Judged.faults(PROVIDER + "collector: {" + SERVICE + ", " + fields + "}\n"))
        .isEqualTo("spec.collector" + expected);
  }
}
