package io.sidetrace.operator.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PodAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"198.18.0.7", "10.0.0.1", "fd00::7", "2001:db8::1"})
  void podsAddress_canBeAsked(String text) {
    assertThat(PodAddress.parse(text)).isNotNull();
  }

  /// Written by somebody who may write statuses of pods, not by a kubelet.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "kubernetes.default.svc",
        "1.2.3.4:80",
        "1.2.3.4/status"
      })
  void otherAddress_isNot(String text) {
    assertThat(PodAddress.parse(text)).isNull();
  }
}
