package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream route that does not come to its end. */
class HungRouteTest {

  private static final String RULES =
      """
      rules:
      - {id: hasty, path_pattern: /**, timeout: 1, cache_ttl: 60}
      """;

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder).before("upstream", "forward", HeldStep.yaml());
    HeldStep.hold();
  }

  @AfterEach
  void close() {
    HeldStep.letGo();
    origin.close();
  }

  private GatewayUnderTest start(String timeout) {
    return GatewayUnderTest.in(folder)
        .routes(routes.path())
        .rules(RULES)
        .upstream(origin.url())
        .with("CISTERN_UPSTREAM_TIMEOUT", timeout)
        .start();
  }

  @Test
  void whoPassesThroughIsToldOnceTheTimeOutIsOver() {
    try (GatewayUnderTest gateway = start("200ms")) {
      assertThat(gateway.send("POST", "/a", "body").statusCode()).isEqualTo(504);
      HeldStep.letGo();
    }
  }

  @Test
  void theTimeOutOfTheRuleCountsForWhoGoesAloneAndForWhoWaitsWithOthers() {
    try (GatewayUnderTest gateway = start("60s")) {
      assertThat(gateway.send("HEAD", "/a", null).statusCode()).isEqualTo(504);
      assertThat(gateway.get("/a").statusCode()).isEqualTo(504);
      HeldStep.letGo();
    }
  }

  @Test
  void aRouteThatComesToItsEndAfterAllAsksNobodyAnyMore() {
    try (GatewayUnderTest gateway = start("200ms")) {
      assertThat(gateway.send("DELETE", "/a", null).statusCode()).isEqualTo(504);
      HeldStep.letGo();
      await().untilAsserted(() -> assertThat(gateway.get("/b").statusCode()).isEqualTo(200));
      assertThat(origin.lastHead()).startsWith("get /b");
      assertThat(origin.asked()).isEqualTo(1);
    }
  }

  @Test
  void aResponseThatCameBeforeTheRouteHungKeepsNoPlaceAtTheUpstream() {
    routes.without("upstream", "held").after("upstream", "forward", HeldStep.withoutBody(routes));
    try (GatewayUnderTest gateway =
        GatewayUnderTest.in(folder)
            .routes(routes.path())
            .rules(RULES)
            .upstream(origin.url())
            .with("CISTERN_UPSTREAM_TIMEOUT", "200ms")
            .with("CISTERN_UPSTREAM_MAX_CONNECTIONS", "1")
            .start()) {
      for (int i = 1; i <= 4; i++) {
        assertThat(gateway.send("POST", "/a", "body").statusCode()).isEqualTo(504);
        assertThat(origin.asked()).isEqualTo(i);
      }
      HeldStep.letGo();
    }
  }
}
