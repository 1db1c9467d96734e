package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, 192.0.2.7:80",
    "0:0:0:0:0:0:0:1, ::1, [::1]:80",
    "2001:DB8:0:0:1:0:0:7, 2001:db8::1:0:0:7, [2001:db8::1:0:0:7]:80",
    "::, ::, [::]:80"
  })
  void address_isWrittenAsEnvoyWritesIt(String literal, String ip, String withPort) {
    var address = new InetSocketAddress(InetAddress.ofLiteral(literal), 80);

    assertThat(ClientAddresses.ip(address)).isEqualTo(ip);
    assertThat(ClientAddresses.format(address)).isEqualTo(withPort);
  }

  @ParameterizedTest
  @CsvSource({
    "'192.0.2.7, 2001:db8:0:0:0:0:0:7', 2001:db8::7",
    "::ffff:192.0.2.7, ::ffff:192.0.2.7",
    "'::1,192.0.2.9', 192.0.2.9"
  })
  void forwardedFor_namesTheClientByItsLastAddress(String field, String ip) {
    var addresses = new ClientAddresses(new Wire(), null);

    assertThat(ClientAddresses.ip(addresses.remote(field))).isEqualTo(ip);
  }

  @Test
  void forwardedForOfOtherThanAddresses_isPassedOver() {
    var addresses = new ClientAddresses(new Wire(), null);

    assertThat(addresses.remote("::ffff:me")).isNull();
    assertThat(addresses.remote("unknown")).isNull();
  }
}
