package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
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
