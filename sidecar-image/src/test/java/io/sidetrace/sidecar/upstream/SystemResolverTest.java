package io.sidetrace.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
  private final SystemResolver resolver = new SystemResolver();

  @Test
  void localhost_isThisMachine() throws Exception {
    assertThat(resolver.lookup("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void nameThatCannotBe_isNotFound() {
    assertThatThrownBy(() -> resolver.lookup("no such name"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void answers_areNotKeptByTheJdk() {
    assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
  }
}
