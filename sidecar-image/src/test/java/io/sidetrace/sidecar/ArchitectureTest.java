package io.sidetrace.sidecar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// The package map of the sidecar: who may use whom. `trace` is open to all, the root package
/// composes all.
final class ArchitectureTest {
  private static final String ROOT = "io.sidetrace.sidecar";

  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("trace", List.of()),
          Map.entry("format", List.of()),
          Map.entry("propagation", List.of()),
          Map.entry("sampling", List.of()),
          Map.entry("tracing", List.of("format", "propagation", "sampling")),
          Map.entry("report", List.of()),
          Map.entry("config", List.of("config.document", "config.provider", "format")),
          Map.entry("config.provider", List.of("config.document")),
          Map.entry("config.document", List.of()),
          Map.entry("accesslog", List.of("config", "format")),
          Map.entry("codec", List.of()),
          Map.entry("codec.http2", List.of("codec")),
          Map.entry("intercept", List.of()),
          Map.entry("upstream", List.of("codec", "config")),
          Map.entry("export", List.of("report", "upstream", "config", "config.provider")),
          Map.entry("export.protobuf", List.of()),
          Map.entry(
              "export.grpc",
              List.of(
                  "codec.http2",
                  "export",
                  "export.protobuf",
                  "report",
                  "upstream",
                  "config",
                  "config.provider")),
          Map.entry(
              "export.otlp",
              List.of(
                  "export",
                  "export.grpc",
                  "export.protobuf",
                  "report",
                  "config",
                  "config.provider")),
          Map.entry("export.datadog", List.of("export", "config", "config.provider")),
          Map.entry("export.udp", List.of("export", "report", "upstream", "config.provider")),
          Map.entry(
              "export.xray",
              List.of("export", "export.udp", "config", "config.provider", "config.document")),
          Map.entry(
              "export.skywalking",
              List.of("export", "export.grpc", "export.protobuf", "config", "config.provider")),
          Map.entry(
              "export.zipkin",
              List.of("export", "export.protobuf", "upstream", "config", "config.provider")),
          Map.entry(
              "exchange",
              List.of(
                  "accesslog",
                  "codec",
                  "codec.http2",
                  "intercept",
                  "propagation",
                  "tracing",
                  "upstream",
                  "config",
                  "format")),
          Map.entry("accept", List.of("config", "exchange", "intercept")),
          Map.entry(
              "admin",
              List.of(
                  "config",
                  "config.provider",
                  "exchange",
                  "propagation",
                  "report",
                  "sampling",
                  "tracing",
                  "upstream")));

  private static final JavaClasses SIDECAR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packages_useOnlyWhatTheMapAllows() {
    MAY_USE.forEach((from, allowed) -> {
      String[] open =
          Stream.concat(Stream.of(from, "trace"), allowed.stream())
              .map(name -> ROOT + "." + name)
              .toArray(String[]::new);
      classes()
          .that()
          .resideInAPackage(ROOT + "." + from)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(open)
                  .or(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAnyPackage(ROOT, ROOT + ".."))))
          .allowEmptyShould(true)
          .check(SIDECAR);
    });
  }

  @Test
  void everyPackage_standsInTheMap() {
    Set<String> packages =
        SIDECAR.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(toSet());
    Assertions.assertThat(MAY_USE.keySet()).containsAll(packages);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SIDECAR);
  }

  @Test
  void tracingCore_usesOnlyTheJdk() {
    classes()
        .that()
        .resideInAnyPackage(in("trace", "format", "propagation", "sampling", "tracing"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", ROOT + "..")
        .check(SIDECAR);
  }

  @Test
  void netty_staysInTheDataPlane() {
    noClasses()
        .that()
        .resideInAnyPackage(
            in(
                "trace",
                "format",
                "propagation",
                "sampling",
                "tracing",
                "report",
                "config",
                "accesslog"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(SIDECAR);
  }

  @Test
  void names_hideNoMissingType() {
    // Envoy's own name for it is the one that users know.
    noClasses()
        .that()
        .doNotHaveSimpleName("HttpConnectionManager")
        .should()
        .haveNameMatching(
            ".*\\.(Abstract\\w*|Base[A-Z]\\w*|\\w*(Impl|Util|Utils|Helper|Helpers|Manager))")
        .check(SIDECAR);
  }

  private static String[] in(String... packages) {
    return Arrays.stream(packages).map(name -> ROOT + "." + name).toArray(String[]::new);
  }
}
