package io.sidetrace.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeTest {
  @ParameterizedTest
  @CsvSource({"shop, shop", "'', checkout", "unknown_service, checkout"})
  void service_isTheOneNamedOrElseTheCluster(String named, String expected) {
    assertThat(new Node("pod-1", "checkout", "").service(named)).isEqualTo(expected);
  }
}
