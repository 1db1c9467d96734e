package io.sidetrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.api.NamedPod;
import io.sidetrace.operator.api.PodCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FleetTest {

  private static final Export NONE = new Export.None();

  @Test
  void counts_addUp() {
    var fleet =
        Fleet.of(
            List.of(
                finding("a", new Standing.Current()),
                finding("b", new Standing.Outdated("Refused", "no")),
                finding("c", new Standing.Unknown("no answer")),
                finding("d", new Standing.Missing("HostNetwork", "why")),
                finding("e", new Standing.Current())));

    assertThat(fleet.counts()).isEqualTo(new PodCounts(5, 4, 2, 1, 1, 1));
    assertThat(fleet.outdated()).containsExactly(new NamedPod("shop", "b", "Refused", "no"));
    assertThat(fleet.missing()).containsExactly(new NamedPod("shop", "d", "HostNetwork", "why"));
    assertThat(fleet.plus(fleet).counts()).isEqualTo(new PodCounts(10, 8, 4, 2, 2, 2));
  }

  @Test
  void podsComparedWithAnEarlierForm_areUnknown() {
    var fleet =
        Fleet.of(
            List.of(
                finding("a", new Standing.Current()),
                finding("b", new Standing.Outdated("NeedsRestart", "image")),
                finding("c", new Standing.Missing("HostNetwork", "why"))));

    assertThat(fleet.unjudged().counts()).isEqualTo(new PodCounts(3, 2, 0, 1, 1, 1));
    assertThat(fleet.unjudged().outdated()).isEqualTo(fleet.outdated());
  }

  @Test
  void theFirstFew_areNamed_allAreCounted() {
    List<PodFinding> findings =
        new ArrayList<>(
            IntStream.range(10, 40)
                .mapToObj(i -> finding("p" + i, new Standing.Missing("NotInjected", "why")))
                .toList());
    var fleet = Fleet.of(findings);
    Collections.reverse(findings);

    assertThat(fleet.counts().missing()).isEqualTo(30);
    assertThat(fleet.missing())
        .extracting(NamedPod::name)
        .containsExactly("p10", "p11", "p12", "p13", "p14");
    assertThat(Fleet.of(findings)).isEqualTo(fleet);
  }

  static Stream<Arguments> exports() {
    Export arrived = new Export.Arrived();
    Export refused = new Export.Failed("connect: refused");
    Export late = new Export.Failed("timeout");
    return Stream.of(
        argumentSet("none", List.of(NONE), "Unknown", "NothingExported", "no sidecar has sent"),
        argumentSet("all arrived", List.of(arrived, NONE, arrived), "True", "Reachable", ""),
        argumentSet(
            "all failed",
            List.of(refused, late, refused),
            "False",
            "Unreachable",
            "has not arrived: connect: refused"),
        argumentSet(
            "some failed",
            List.of(late, arrived, arrived),
            "False",
            "PartlyReachable",
            "of 3 sidecars, what 1 sent last has not arrived, most often: timeout"),
        argumentSet(
            "as many of each", List.of(late, refused), "False", "Unreachable", "connect: refused"));
  }

  @ParameterizedTest
  @MethodSource("exports")
  void collector_isReachableAsTheSidecarsSay(
      List<Export> exports, String status, String reason, String message) {
    var findings =
        exports.stream()
            .map(export -> new PodFinding("shop", "web", new Standing.Current(), export))
            .toList();

    var reach = CollectorReach.of(Fleet.of(findings).exports());

    assertThat(reach.status()).isEqualTo(status);
    assertThat(reach.reason()).isEqualTo(reason);
    assertThat(reach.message()).contains(message);
  }

  @Test
  void exportsOfTwoNamespaces_addUp() {
    var one = new Fleet.Exports(1, Map.of("timeout", 2));
    var other = new Fleet.Exports(2, Map.of("timeout", 1, "x", 1));

    assertThat(one.plus(other)).isEqualTo(new Fleet.Exports(3, Map.of("timeout", 3, "x", 1)));
  }

  private static PodFinding finding(String name, Standing standing) {
    return new PodFinding("shop", name, standing, NONE);
  }
}
