package org.cistern.http.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "fe80::/10, fe80::1%eth0, true",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/8, '', false"
  })
  void trustTheirBlocksOnly(String block, String address, boolean trusted) {
    assertThat(TrustedProxies.of(List.of(" ", block)).trusts(address)).isEqualTo(trusted);
  }

  @Test
  void doNotTrustAPeerWithoutAnAddress() {
    assertThat(TrustedProxies.of(List.of("0.0.0.0/0", "::/0")).trusts(null)).isFalse();
  }

  @Test
  void areNobodyWhereNoneIsNamed() {
    assertThat(TrustedProxies.nobody().trusts("127.0.0.1")).isFalse();
    assertThat(TrustedProxies.of(List.of("")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.local, is not an IPv4 or IPv6 address",
    "10.0.0.0/33, needs a prefix from 0 to 32",
    "10.0.0.0/, needs a prefix from 0 to 32",
    "10.0.0.0/-1, needs a prefix from 0 to 32",
    "::/129, needs a prefix from 0 to 128",
    "10.1.2.3/8, the block is 10.0.0.0/8"
  })
  void refuseWhatIsNoBlockInWords(String block, String sentence) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(block)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + block + "'")
        .hasMessageContaining(sentence);
  }
}
