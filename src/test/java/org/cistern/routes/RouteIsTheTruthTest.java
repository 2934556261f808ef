package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking a step out of a route file takes exactly that step's effect away. */
class RouteIsTheTruthTest {

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder);
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private GatewayUnderTest.Builder gateway() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url());
  }

  @Test
  void withoutMemoryTheDiskAnswers() {
    routes.without("api", "l1");
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> first = gateway.get("/a");
      HttpResponse<String> second = gateway.get("/a");

      assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss");
      assertThat(GatewayUnderTest.status(second)).contains("hit", "l3 ");
      assertThat(second.body()).isEqualTo(first.body());
    }
  }

  @Test
  void withoutAnyTierEveryRequestAsksTheUpstream() {
    routes.without("api", "l1").without("api", "l3");
    try (GatewayUnderTest gateway = gateway().start()) {
      gateway.get("/a");
      assertThat(GatewayUnderTest.status(gateway.get("/a"))).contains("fwd=uri-miss");
    }
    assertThat(origin.asked()).isEqualTo(2);
  }

  @Test
  void withoutTheDiskARestartForgets() {
    routes.without("api", "l3");
    int port;
    try (GatewayUnderTest gateway = gateway().start()) {
      port = gateway.port();
      gateway.get("/a");
      assertThat(GatewayUnderTest.status(gateway.get("/a"))).contains("hit", "l1 ");
    }
    try (GatewayUnderTest again = gateway().with("CISTERN_PORT", String.valueOf(port)).start()) {
      assertThat(GatewayUnderTest.status(again.get("/a"))).contains("fwd=uri-miss");
    }
    assertThat(origin.asked()).isEqualTo(2);
  }

  @Test
  void withoutAMatchEverythingPassesAndNothingIsKept() {
    routes.without("api", "match");
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.get("/a").body()).isEqualTo("origin: GET /a HTTP/1.1");
      assertThat(GatewayUnderTest.status(gateway.get("/a"))).doesNotContain("hit", "stored");
    }
    assertThat(origin.asked()).isEqualTo(2);
  }

  @Test
  void withoutAFetchWhatNoTierHasIsNotAnswered() {
    routes.without("api", "fetch");
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.get("/a").statusCode()).isEqualTo(504);
    }
    assertThat(origin.asked()).isZero();
  }

  @Test
  void withoutARespondNobodyTellsTheAgeOrAnswersConditions() {
    routes.without("api", "respond");
    try (GatewayUnderTest gateway = gateway().start()) {
      gateway.get("/a");
      HttpResponse<String> hit = gateway.get("/a", "If-None-Match", "\"one\"");

      assertThat(hit.statusCode()).isEqualTo(200);
      assertThat(hit.headers().map()).doesNotContainKeys("age", "cache-status");
    }
    assertThat(origin.asked()).isEqualTo(1);
  }

  @Test
  void withARespondTheSameConditionIs304() {
    try (GatewayUnderTest gateway = gateway().start()) {
      gateway.get("/a");
      HttpResponse<String> hit = gateway.get("/a", "If-None-Match", "\"one\"");

      assertThat(hit.statusCode()).isEqualTo(304);
      assertThat(hit.headers().map()).containsKeys("age", "cache-status");
    }
  }

  @Test
  void theTierThatIsAskedFirstAnswers() {
    assertThat(secondStatus()).contains("hit", "l1 ");

    routes.swapWithNext("api", "l1").swapWithNext("api", "l1").swapWithNext("api", "l2");
    assertThat(secondStatus()).contains("hit", "l3 ");
  }

  @Test
  void withoutThePlaceOfRedisNothingIsMissedWhileNoneIsConfigured() {
    String with = secondStatus();
    routes.without("api", "l2");

    assertThat(secondStatus()).isEqualTo(with).contains("hit", "l1 ");
  }

  /**
   * Asks twice for what nobody has asked for yet; returns what the second answer says of itself.
   */
  private String secondStatus() {
    String path = "/" + origin.asked();
    try (GatewayUnderTest gateway = gateway().clock(new GatewayUnderTest.Clock()).start()) {
      assertThat(GatewayUnderTest.status(gateway.get(path))).contains("fwd=uri-miss", "stored");
      return GatewayUnderTest.status(gateway.get(path));
    }
  }

  @Test
  void withoutTheFirstLineTheSecondUpstreamAnswers() {
    routes.without("upstream", "forward");
    assertThat(askOfTwo().body()).startsWith("second: ");
    assertThat(origin.asked()).isZero();
  }

  @Test
  void withoutTheSecondLineNobodyStandsInForAnUpstreamThatIsAway() {
    origin.close();
    assertThat(askOfTwo().body()).startsWith("second: ");

    routes.without("upstream", "forward-fallback");
    assertThat(askOfTwo().statusCode()).isEqualTo(502);
  }

  private HttpResponse<String> askOfTwo() {
    try (RecordingUpstream second = new RecordingUpstream("second", "");
        GatewayUnderTest gateway =
            gateway().with("CISTERN_UPSTREAM_FALLBACK_URL", second.url()).start()) {
      return gateway.get("/a");
    }
  }

  @Test
  void withoutStaleNoStaleAnswerStandsIn() {
    assertThat(afterTheUpstreamWentAway().statusCode()).isEqualTo(200);

    routes.without("upstream", "stale");
    assertThat(afterTheUpstreamWentAway().statusCode()).isEqualTo(502);
  }

  private HttpResponse<String> afterTheUpstreamWentAway() {
    GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();
    RecordingUpstream leaving =
        new RecordingUpstream("leaving", "Cache-Control: max-age=10, stale-if-error=60\r\n");
    try (GatewayUnderTest gateway = gateway().upstream(leaving.url()).clock(clock).start()) {
      assertThat(gateway.get("/leaving").statusCode()).isEqualTo(200);
      leaving.close();
      clock.pass(Duration.ofSeconds(30));
      return gateway.get("/leaving");
    }
  }

  @Test
  void theLinesOfTheUpstreamRouteAreTriedInTheirOrder() {
    routes.swapWithNext("upstream", "forward");
    try (RecordingUpstream second = new RecordingUpstream("second", "");
        GatewayUnderTest gateway =
            gateway().with("CISTERN_UPSTREAM_FALLBACK_URL", second.url()).start()) {
      assertThat(gateway.get("/a").body()).startsWith("second: ");
    }
    assertThat(origin.asked()).isZero();
  }
}
