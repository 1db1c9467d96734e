package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.operator.api.PodCounts;
import io.sidetrace.operator.status.Export;
import io.sidetrace.operator.status.Fleet;
import io.sidetrace.operator.status.PodFinding;
import io.sidetrace.operator.status.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetsTest {

  private static final Fleet ONE =
      Fleet.of(
          List.of(new PodFinding("shop", "web", new Standing.Current(), new Export.Arrived())));

  private final Fleets fleets = new Fleets();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    fleets.onChange(told::add);
  }

  @Test
  void beforeTheFirstCount_nothingIsKnown() {
    assertThat(fleets.of("shop/own", 1)).isNull();
  }

  @Test
  void everyConfigIsToldOnce() {
    publish("shop/own", ONE, 1);
    publish("shop/own", ONE, 1);

    assertThat(told).containsExactly("shop/own");
    assertThat(fleets.of("shop/own", 1)).isEqualTo(ONE);
    assertThat(fleets.of("shop/other", 1)).isEqualTo(Fleet.EMPTY);
  }

  /// Else an edit would read as applied until the next count.
  @Test
  void laterGeneration_isNotToldTheCountsOfAnEarlierOne() {
    publish("shop/own", ONE, 1);

    assertThat(Objects.requireNonNull(fleets.of("shop/own", 2)).counts())
        .isEqualTo(new PodCounts(1, 1, 0, 0, 1, 0));
    publish("shop/own", ONE, 2);
    assertThat(fleets.of("shop/own", 2)).isEqualTo(ONE);
    assertThat(told).containsExactly("shop/own", "shop/own");
  }

  private void publish(String config, Fleet fleet, long generation) {
    fleets.publish(Map.of(config, new Fleets.Counted(fleet, generation)));
  }
}
