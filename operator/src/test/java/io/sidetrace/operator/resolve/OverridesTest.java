package io.sidetrace.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OverridesTest {
  private final List<String> warnings = new ArrayList<>();

  @Test
  void podWithoutAnnotations_takesTheDefaults() {
    assertThat(apply(""))
        .isEqualTo(
            new SidecarSettings(
                "0.1.0",
                "web",
                "web",
                "registry.example.com/sidetrace-sidecar:0.1.0",
                "IfNotPresent",
                LogLevel.INFO,
                new Resources("10m", "64Mi", "128Mi"),
                Redirection.ALL));
    assertThat(warnings).isEmpty();
  }

  @Test
  void everyAnnotation_changesItsSetting() {
    var settings =
        apply(
            """
            sidetrace.io/service-name: shop/web,
            sidetrace.io/sidecar-image: "localhost:5000/sidecar@sha256:abababababababababababababababababababababababababababababababab",
            sidetrace.io/log-level: debug,
            sidetrace.io/sidecar-cpu: 50m,
            sidetrace.io/sidecar-memory: 256Mi,
            sidetrace.io/include-inbound-ports: "8080, 80,8080",
            sidetrace.io/exclude-inbound-ports: "9000",
            sidetrace.io/exclude-outbound-ports: "3306,5432",
            sidetrace.io/exclude-outbound-cidrs: "10.0.0.0/8, 192.168.1.1, fd00::/8"
            """);

    assertThat(settings)
        .isEqualTo(
            new SidecarSettings(
                "0.1.0",
                "shop/web",
                "web",
                "localhost:5000/sidecar@sha256:abababababababababababababababababababababababababababababababab",
                "IfNotPresent",
                LogLevel.DEBUG,
                new Resources("50m", "256Mi", "256Mi"),
                new Redirection(
                    List.of(80, 8080),
                    List.of(9000),
                    List.of(3306, 5432),
                    List.of("10.0.0.0/8", "192.168.1.1/32", "fd00:0:0:0:0:0:0:0/8"))));
    assertThat(warnings).isEmpty();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        argumentSet(
            "log level",
            "log-level: loud",
            "log-level: \"loud\" (expected: trace, debug, info, warn, error, critical, off); uses"
                + " info"),
        argumentSet(
            "service name",
            "service-name: 'a b'",
            "service-name: \"a b\" (expected: 1 to 253 letters, digits and . _ - / : @,"
                + " the first a letter, a digit or _); uses web"),
        argumentSet(
            "service name that Kubernetes would expand",
            "service-name: $(POD_NAME)",
            "service-name: \"$(POD_NAME)\" (expected: 1 to 253 letters, digits and . _ - / : @,"
                + " the first a letter, a digit or _); uses web"),
        argumentSet(
            "image",
            "sidecar-image: ''",
            "sidecar-image: \"\" (expected: the reference of an image, such as"
                + " registry.example/team/image:tag); uses registry.example.com/sidetrace-sidecar:0.1.0"),
        argumentSet(
            "cpu",
            "sidecar-cpu: lots",
            "sidecar-cpu: \"lots\" (expected: a quantity such as 50m); uses 10m"),
        argumentSet(
            "negative cpu",
            "sidecar-cpu: '-1'",
            "sidecar-cpu: \"-1\" (expected: a quantity such as 50m); uses 10m"),
        argumentSet(
            "memory without its unit",
            "sidecar-memory: '128'",
            "sidecar-memory: \"128\" (expected: a quantity of at least 16Mi, such as 128Mi); uses"
                + " 128Mi"),
        argumentSet(
            "interception",
            "interception: tproxy",
            "interception: \"tproxy\" (expected: redirect); traffic is redirected, as is the"
                + " default"),
        argumentSet(
            "port",
            "exclude-inbound-ports: '80,70000'",
            "exclude-inbound-ports: \"70000\" (expected: ports, 1 to 65535, separated by commas);"
                + " the rest of the list applies"),
        argumentSet(
            "CIDR",
            "exclude-outbound-cidrs: 10.0.0.0/33",
            "exclude-outbound-cidrs: \"10.0.0.0/33\" (expected: address ranges such as 10.0.0.0/8,"
                + " separated by commas); the list is ignored"),
        argumentSet(
            "ports to include of which none can be read",
            "include-inbound-ports: http",
            "include-inbound-ports: \"http\" (expected: ports, 1 to 65535, separated by commas);"
                + " the list is ignored"),
        argumentSet(
            "empty list",
            "exclude-outbound-ports: ''",
            "exclude-outbound-ports: \"\" (expected: ports, 1 to 65535, separated by commas);"
                + " the list is ignored"),
        argumentSet(
            "service name that would be an option",
            "service-name: --mode",
            "service-name: \"--mode\" (expected: 1 to 253 letters, digits and . _ - / : @, the"
                + " first a letter, a digit or _); uses web"),
        argumentSet(
            "image that no kubelet reads",
            "sidecar-image: '::'",
            "sidecar-image: \"::\" (expected: the reference of an image, such as"
                + " registry.example/team/image:tag); uses"
                + " registry.example.com/sidetrace-sidecar:0.1.0"),
        argumentSet(
            "cpu of a huge exponent",
            "sidecar-cpu: '1e999999999'",
            "sidecar-cpu: \"1e999999999\" (expected: a quantity such as 50m); uses 10m"),
        argumentSet(
            "memory in a unit that is none",
            "sidecar-memory: 128MB",
            "sidecar-memory: \"128MB\" (expected: a quantity of at least 16Mi, such as 128Mi);"
                + " uses 128Mi"),
        argumentSet(
            "config",
            "config: Not_A_Name",
            "config: \"Not_A_Name\" (expected: the name of a TracingConfig); the namespace's"
                + " configuration is used, else the cluster's"),
        argumentSet(
            "sampling",
            "sampling: '10'",
            "sampling is not supported yet; the sampling of the TracingConfig applies"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void unreadableAnnotation_isWarnedOfAndThePodInjected(String annotation, String warning) {
    var verdict =
        new Resolver(Pods.DEFAULTS)
            .resolve(Pods.annotated("sidetrace.io/" + annotation), List.of());

    assertThat(verdict).isInstanceOf(Verdict.Inject.class);
    assertThat(verdict.warnings()).contains("sidetrace.io/" + warning);
  }

  @Test
  void readablePartOfAList_applies() {
    var settings = apply("sidetrace.io/exclude-inbound-ports: '80,http,443'");

    assertThat(settings.redirection().excludeInboundPorts()).containsExactly(80, 443);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void veryLongValue_isShortenedInItsWarning() {
    apply("sidetrace.io/log-level: " + "x".repeat(5000));

    assertThat(warnings).singleElement().asString().contains("…").hasSizeLessThan(256);
  }

  private SidecarSettings apply(String annotations) {
    return new Overrides(Pods.annotated(annotations.replace("\n", " ")), warnings)
        .apply(Pods.DEFAULTS);
  }
}
