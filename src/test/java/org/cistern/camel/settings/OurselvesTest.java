package org.cistern.camel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that is the gateway itself is refused, whichever of them it is. */
class OurselvesTest {

  private static Settings load(String... names) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < names.length; i += 2) {
      environment.put(names[i], names[i + 1]);
    }
    return SettingsLoader.load(environment, new Properties());
  }

  private static void assertRefused(String key, String url, String... names) {
    assertThatThrownBy(() -> load(names))
        .hasMessage(
            "%s is '%s', where the gateway itself listens; allowed is another server", key, url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8001",
        "http://[::1]:8001/a",
        "http://0.0.0.0:8001",
        "http://127.0.0.2:8001"
      })
  void thatItListensOnEveryAddressMeansEachOfThem(String url) {
    assertRefused("cistern.upstream.url", url, "CISTERN_UPSTREAM_URL", "https://a, " + url);
    assertRefused("cistern.upstream.fallback-url", url, "CISTERN_UPSTREAM_FALLBACK_URL", url);
  }

  @Test
  void anUpstreamWithANameIsComparedWithThePortThatIsSet() {
    String port = "CISTERN_PORT";
    String billing = "CISTERN_UPSTREAM_BILLING_URL";
    String here = "http://localhost:18101";

    assertRefused("cistern.upstream.billing.url", here, port, "18101", billing, here);
    assertThat(load(port, "18101", billing, "http://localhost:8001").upstreams()).hasSize(1);
  }

  @Test
  void theFallbackOfAnUpstreamWithANameIsLookedAt() {
    assertRefused(
        "cistern.upstream.billing.fallback-url",
        "http://localhost:8001",
        "CISTERN_UPSTREAM_BILLING_URL",
        "http://b",
        "CISTERN_UPSTREAM_BILLING_FALLBACK_URL",
        "http://localhost:8001");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8001, true",
    "127.0.0.1, http://127.0.0.2:8001, false",
    "127.0.0.1, http://localhost:8001, true",
    "127.0.0.1, http://0.0.0.0:8001, true",
    "localhost, http://127.0.0.1:8001, true",
    "192.0.2.1, http://192.0.2.1:8001, true",
    "192.0.2.1, http://127.0.0.1:8001, false",
    "0.0.0.0, http://192.0.2.1:8001, false",
    "0.0.0.0, http://127.0.0.1:8002, false"
  })
  void anotherAddressOrPortIsAnotherServer(String host, String url, boolean ours) {
    String[] names = {"CISTERN_HOST", host, "CISTERN_UPSTREAM_URL", url};

    if (ours) {
      assertRefused("cistern.upstream.url", url, names);
    } else {
      assertThat(load(names).text(Setting.UPSTREAM_URL)).isEqualTo(url);
    }
  }

  @Test
  void thePortOfMetricsAndHealthIsOneOfItsOwn() {
    assertRefused(
        "cistern.upstream.url",
        "http://localhost:9876",
        "CISTERN_UPSTREAM_URL",
        "http://localhost:9876");
  }

  @Test
  void theNameAndTheAddressesOfTheMachineLeadToIt() throws SocketException, UnknownHostException {
    InetAddress machine = InetAddress.getLocalHost();
    String name = "http://" + machine.getHostName() + ":8001";
    assertRefused("cistern.upstream.url", name, "CISTERN_UPSTREAM_URL", name);

    Optional<String> address = addresses().filter(each -> each.indexOf(':') < 0).findFirst();
    assumeTrue(address.isPresent());
    String url = "http://" + address.orElseThrow() + ":8001";
    assertRefused("cistern.upstream.url", url, "CISTERN_UPSTREAM_URL", url);
  }

  private static Stream<String> addresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress);
  }
}
