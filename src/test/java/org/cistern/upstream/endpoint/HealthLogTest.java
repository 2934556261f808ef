package org.cistern.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cistern.routes.Log;
import org.cistern.upstream.endpoint.InstanceHealth.Phase;
import org.cistern.upstream.options.Instance;
import org.junit.jupiter.api.Test;

class HealthLogTest {

  private static final Instance NAMED = new Instance(false, "api", 80, "");

  private static List<String> said(String address, Phase... phases) {
    HealthLog health = new HealthLog("billing", NAMED, address);
    try (Log log = new Log()) {
      List.of(phases).forEach(health);
      return log.text().lines().toList();
    }
  }

  @Test
  void anInstanceThatStaysAwayIsOneLineHoweverOftenItIsTried() {
    assertThat(
            said("api", Phase.SUSPECT, Phase.EJECTED, Phase.PROBING, Phase.EJECTED, Phase.PROBING))
        .containsExactly("upstream billing: http://api is out: requests to it failed in a row");
  }

  @Test
  void oneThatComesBackIsAnother() {
    assertThat(said("api", Phase.EJECTED, Phase.PROBING, Phase.HEALTHY, Phase.DOWN))
        .containsExactly(
            "upstream billing: http://api is out: requests to it failed in a row",
            "upstream billing: http://api is back",
            "upstream billing: http://api is out: its health checks fail");
  }

  @Test
  void aFailureThatPutsItNotOutIsNone() {
    assertThat(said("api", Phase.SUSPECT, Phase.HEALTHY)).isEmpty();
  }

  @Test
  void anAddressThatWasLookedUpIsNamedToo() {
    assertThat(said("10.0.0.2", Phase.DOWN))
        .containsExactly("upstream billing: http://api (10.0.0.2) is out: its health checks fail");
  }
}
