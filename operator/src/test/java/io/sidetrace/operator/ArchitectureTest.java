package io.sidetrace.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The package map of the operator: who may use whom. `api` is open to all, the root package
/// composes all; admission and reconciliation share what is pure and never meet.
final class ArchitectureTest {
  private static final String ROOT = "io.sidetrace.operator";

  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry("api", List.of()),
          entry("validate", List.of()),
          entry("resolve", List.of("validate")),
          entry("render", List.of("resolve")),
          entry("inject", List.of("render")),
          entry("kube", List.of()),
          entry("tls", List.of()),
          entry("status", List.of("validate")),
          entry("survey", List.of("validate", "resolve", "render", "status")),
          entry("sidecars", List.of("survey")),
          entry("webhook", List.of("validate", "resolve", "render", "inject", "kube")),
          entry(
              "reconcile",
              List.of("validate", "resolve", "render", "status", "survey", "sidecars", "kube")));

  private static final String[] PURE =
      in("validate", "resolve", "render", "inject", "status", "survey");

  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packages_useOnlyWhatTheMapAllows() {
    MAY_USE.forEach((from, allowed) -> {
      var open = Stream.concat(Stream.of(from, "api"), allowed.stream()).toArray(String[]::new);
      classes()
          .that()
          .resideInAPackage(ROOT + "." + from)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(in(open)).or(not(resideInAnyPackage(ROOT, ROOT + ".."))))
          .allowEmptyShould(true)
          .check(OPERATOR);
    });
  }

  @Test
  void everyPackage_standsInTheMap() {
    var packages =
        OPERATOR.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(toSet());

    assertThat(packages).isNotEmpty().isSubsetOf(MAY_USE.keySet());
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OPERATOR);
  }

  @Test
  void decisions_arePure() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.fabric8.kubernetes.client..",
                "io.javaoperatorsdk..",
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net.http..",
                "org.slf4j.."))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(OPERATOR);
  }

  @Test
  void sidecar_isSharedByItsFilesAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sidetrace.sidecar..")
        .check(OPERATOR);
  }

  @Test
  void names_hideNoMissingType() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*\\.(Abstract\\w*|Base[A-Z]\\w*|\\w*(Impl|Util|Utils|Helper|Helpers|Manager))")
        .check(OPERATOR);
  }

  private static String[] in(String... packages) {
    return Arrays.stream(packages).map(name -> ROOT + "." + name).toArray(String[]::new);
  }
}
