package org.cistern.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that go to one upstream or another, as the rules or the route say. */
class RoutingTest {

  private static final String REST = "- {id: rest, path_pattern: /**, cache_ttl: 1m}\n";

  @TempDir Path folder;

  private GatewayUnderTest.Builder gateway(RecordingUpstream primary, RecordingUpstream billing) {
    return GatewayUnderTest.in(folder)
        .upstream(primary.url())
        .with("CISTERN_UPSTREAM_BILLING_URL", billing.url());
  }

  private static RecordingUpstream named(String name) {
    return new RecordingUpstream(name, "Cache-Control: max-age=60\r\n");
  }

  private static String fromHost(GatewayUnderTest gateway, String host, String path) {
    String answer =
        gateway.exchange(
            "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void aRuleSendsTheRequestsOfAHostToItsUpstreamFromTheStoreAsWell() {
    try (RecordingUpstream primary = named("primary");
        RecordingUpstream billing = named("billing");
        GatewayUnderTest gateway =
            gateway(primary, billing)
                .rules(
                    "rules:\n- {id: b, path_pattern: /**, hosts: [b.example], upstream: billing}\n"
                        + REST)
                .start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(fromHost(gateway, "b.example", "/x")).startsWith("billing: GET /x");
        assertThat(fromHost(gateway, "a.example", "/x")).startsWith("primary: GET /x");
      }
      assertThat(primary.asked()).isEqualTo(1);
      assertThat(billing.asked()).isEqualTo(1);
    }
  }

  @Test
  void aRuleSendsTheRequestsOfAPathToItsUpstreamWhateverTheMethod() {
    try (RecordingUpstream primary = named("primary");
        RecordingUpstream billing = named("billing");
        GatewayUnderTest gateway =
            gateway(primary, billing)
                .rules(
                    "rules:\n- {id: b, path_pattern: /billing/**, methods: [GET, POST],"
                        + " upstream: billing}\n"
                        + REST)
                .start()) {
      assertThat(gateway.get("/billing/1").body()).startsWith("billing: GET /billing/1");
      assertThat(gateway.send("POST", "/billing/1", null).body()).startsWith("billing: POST");
      assertThat(gateway.get("/other").body()).startsWith("primary: GET /other");
      assertThat(billing.lastHead()).contains("host: " + billing.url().substring(7));
    }
  }

  @Test
  void aRouteSendsRequestsToTheUpstreamThatItNames() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .before(
                "upstream",
                "forward",
                """
                - choice:
                    id: by-team
                    when:
                      - expression: {simple: {expression: "${header.X-Team} == 'billing'"}}
                        steps:
                          - to: {id: to-billing, uri: 'cistern:forward', parameters: {upstream: billing}}
                """);
    try (RecordingUpstream primary = named("primary");
        RecordingUpstream billing = named("billing");
        GatewayUnderTest gateway = gateway(primary, billing).routes(routes.path()).start()) {
      assertThat(gateway.get("/x", "X-Team", "billing").body()).startsWith("billing: GET /x");
      assertThat(gateway.get("/y").body()).startsWith("primary: GET /y");
    }
  }

  @Test
  void theFallbackOfOneUpstreamDoesNotStandInForAnother() {
    String rules = "rules:\n- {id: b, path_pattern: /b/**, upstream: billing}\n" + REST;
    try (RecordingUpstream fallback = named("fallback");
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .rules(rules)
                .upstream("http://127.0.0.1:" + FreePort.pick())
                .with("CISTERN_UPSTREAM_FALLBACK_URL", fallback.url())
                .with("CISTERN_UPSTREAM_BILLING_URL", refusing())
                .start()) {
      assertThat(gateway.get("/a").body()).startsWith("fallback: GET /a");
      assertThat(gateway.get("/b/1").statusCode()).isEqualTo(502);
    }
  }

  @Test
  void anUpstreamMayHaveAFallbackOfItsOwn() {
    String rules = "rules:\n- {id: b, path_pattern: /b/**, upstream: billing}\n" + REST;
    try (RecordingUpstream second = named("second");
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .rules(rules)
                .upstream(refusing())
                .with("CISTERN_UPSTREAM_BILLING_URL", refusing())
                .with("CISTERN_UPSTREAM_BILLING_FALLBACK_URL", second.url())
                .start()) {
      assertThat(gateway.get("/b/1").body()).startsWith("second: GET /b/1");
      assertThat(gateway.get("/a").statusCode()).isEqualTo(502);
    }
  }

  private static String refusing() {
    return "http://127.0.0.1:" + FreePort.pick();
  }

  @Test
  void aRuleThatNamesAnUpstreamThatIsNotThereIsRefused() {
    GatewayUnderTest.Builder builder =
        GatewayUnderTest.in(folder)
            .with("CISTERN_UPSTREAM_BILLING_URL", "http://127.0.0.1:1")
            .rules("rules:\n- id: b\n  path_pattern: /**\n  upstream: biling\n");

    assertThatThrownBy(() -> builder.start().close())
        .hasMessageContaining("rules.yaml:4:")
        .hasMessageContaining("upstream is 'biling'; allowed are billing, primary")
        .hasMessageContaining("did you mean 'billing'?");
  }

  @Test
  void aRouteThatNamesAnUpstreamThatIsNotThereStopsTheStart() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).replace("upstream", "upstream: primary", "upstream: biling");
    Throwable thrown =
        catchThrowable(
            () ->
                GatewayUnderTest.in(folder)
                    .with("CISTERN_UPSTREAM_BILLING_URL", "http://127.0.0.1:1")
                    .routes(routes.path())
                    .start()
                    .close());

    assertThat(String.valueOf(requireNonNull(thrown.getCause()).getMessage()))
        .startsWith("routes: ")
        .contains("upstream.camel.yaml, step forward", "'biling'; allowed is one of")
        .contains("billing, primary, fallback")
        .doesNotContain("\n");
  }
}
