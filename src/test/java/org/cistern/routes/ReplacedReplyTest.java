package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that put another reply in the place of one whose body is still coming, or that fail. */
class ReplacedReplyTest {

  /** More than the upstream has places. */
  private static final int MANY = 12;

  private static final String OWN = "- setBody: {expression: {constant: {expression: own}}}\n";
  private static final String THROW =
      "- throwException: {exceptionType: java.lang.IllegalStateException, message: broken}\n";

  @TempDir Path folder;

  private FakeUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    String body = "x".repeat(200_000);
    origin =
        FakeUpstream.answering(
            "HTTP/1.1 200 OK\r\nX-Origin: yes\r\nContent-Length: 200000\r\n\r\n" + body);
    routes = RouteFolder.copyIn(folder);
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder)
        .routes(routes.path())
        .upstream("http://127.0.0.1:" + origin.port())
        .with("CISTERN_UPSTREAM_MAX_CONNECTIONS", "4")
        .with("CISTERN_UPSTREAM_MAX_WAITING", "1")
        .with("CISTERN_UPSTREAM_TIMEOUT", "3s")
        .start();
  }

  private void everyRequestGets(int status, String body) {
    try (GatewayUnderTest gateway = start()) {
      for (int i = 0; i < MANY; i++) {
        HttpResponse<String> read = gateway.get("/a?" + i);
        HttpResponse<String> written = gateway.send("POST", "/a", "hello");

        assertThat(read.statusCode()).isEqualTo(status);
        assertThat(read.body()).contains(body);
        assertThat(written.statusCode()).isEqualTo(status);
        assertThat(written.body()).contains(body);
      }
    }
  }

  @Test
  void aBodySetAfterForwardGivesThePlaceAtTheUpstreamBack() {
    routes.after("upstream", "forward", OWN);
    everyRequestGets(200, "own");
  }

  @Test
  void aBodySetAfterFetchGivesThePlaceAtTheUpstreamBack() {
    routes.after("api", "fetch", OWN);
    everyRequestGets(200, "own");
  }

  @Test
  void aStepThatFailsAfterForwardGivesThePlaceAtTheUpstreamBack() {
    routes.after("upstream", "forward", THROW);
    everyRequestGets(500, "Route failed");
  }

  @Test
  void aStepThatFailsAfterFetchGivesThePlaceAtTheUpstreamBack() {
    routes.after("api", "fetch", THROW);
    everyRequestGets(500, "Route failed");
  }

  @Test
  void aFailureThatNobodyHandlesGivesThePlaceAtTheUpstreamBack() {
    routes.replace("upstream", "routeConfigurationId: errors", "autoStartup: true");
    routes.after("upstream", "forward", THROW);
    everyRequestGets(502, "The upstream gave no valid answer");
  }

  @Test
  void aStatusThatIsNoneFailsTheRequestAndDoesNotHangIt() {
    routes.after(
        "upstream",
        "forward",
        "- setHeader: {name: CamelHttpResponseCode, expression: {constant: {expression: foo}}}\n");
    everyRequestGets(502, "The upstream gave no valid answer");
  }

  @Test
  void aStatusThatIsNoneAndNothingElseFailsTheRequestAndDoesNotHangIt() {
    routes.without("upstream", "forward");
    routes.before(
        "upstream",
        "stale",
        "- setHeader: {name: CamelHttpResponseCode, expression: {constant: {expression: foo}}}\n");
    everyRequestGets(502, "The upstream gave no valid answer");
  }

  @Test
  void aStatusSetAfterForwardIsTheOneThatTheClientGets() {
    routes.after(
        "upstream",
        "forward",
        "- setHeader: {name: CamelHttpResponseCode, expression: {constant: {expression:"
            + " '404'}}}\n");
    everyRequestGets(404, "xxx");
  }
}
