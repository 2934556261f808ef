package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator's own steps do between ours. */
class UsersStepsTest {

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

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start();
  }

  private static String setHeader(String name, String language, String value) {
    return "- setHeader: {name: '%s', expression: {%s: {expression: '%s'}}}\n"
        .formatted(name, language, value);
  }

  @Test
  void aClientThatTakesTrailersIsSaidToTheUpstreamAndOthersAreNot() {
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/a", "TE", "deflate, trailers");
      assertThat(origin.lastHead()).contains("te: trailers\r\n", "connection: te\r\n");
      gateway.get("/b", "TE", "deflate");
      assertThat(origin.lastHead()).doesNotContain("\nte:", "connection:");
    }
  }

  @Test
  void aHeaderSetBeforeTheAnswerGoesToTheUpstream() {
    routes.before("api", "match", setHeader("X-Plan", "constant", "gold"));
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(origin.lastHead()).contains("x-plan: gold\r\n");
      assertThat(answer.headers().map()).doesNotContainKey("x-plan");
    }
  }

  @Test
  void aHeaderSetAfterTheAnswerGoesToTheClientOfAMissAndOfAHit() {
    routes.after("api", "fetch", setHeader("X-Plan", "constant", "gold"));
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a").headers().allValues("x-plan")).containsExactly("gold");
      assertThat(origin.lastHead()).doesNotContain("x-plan");
      assertThat(gateway.get("/a").headers().allValues("x-plan")).containsExactly("gold");
    }
  }

  @ParameterizedTest
  @CsvSource({"Transfer-Encoding, chunked", "Content-Length, 999", "Connection, x-origin"})
  void aFieldThatFramesTheMessageIsNotTheRoutesToSet(String name, String value) {
    routes.after("api", "fetch", setHeader(name, "constant", value));
    try (GatewayUnderTest gateway = start()) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> answer = gateway.get("/a");

        assertThat(answer.body()).isEqualTo("origin: GET /a HTTP/1.1");
        assertThat(answer.headers().allValues("content-length")).containsExactly("23");
        assertThat(answer.headers().map()).doesNotContainKeys("transfer-encoding", "connection");
      }
    }
  }

  @Test
  void aStaticAnswerIsFramedByItsOwnBody() {
    routes.before("api", "match", setHeader("Transfer-Encoding", "constant", "chunked"));
    routes.before(
        "api", "match", "- setBody: {expression: {constant: {expression: hello}}}\n- stop: {}\n");
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.headers().map()).doesNotContainKey("transfer-encoding");
    }
  }

  @Test
  void headersAreTheRequestsBeforeTheAnswerAndTheReplysAfterIt() {
    routes.before("api", "match", setHeader("X-Before", "simple", "${header.X-Asks}"));
    routes.before("api", "match", setHeader("X-Path", "simple", "${header.CamelHttpPath}"));
    routes.after("api", "respond", setHeader("X-After", "simple", "${header.X-Origin}"));
    routes.after("api", "respond", setHeader("X-Gone", "simple", "[${header.X-Asks}]"));
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a", "X-Asks", "me");

      assertThat(origin.lastHead()).contains("x-before: me\r\n", "x-path: /a\r\n");
      assertThat(answer.headers().firstValue("x-after")).contains("yes");
      assertThat(answer.headers().firstValue("x-gone")).contains("[]");
    }
  }

  @Test
  void aChoiceMayAnswerByItself() {
    routes.before(
        "api",
        "match",
        """
        - choice:
            when:
              - expression: {simple: {expression: "${header.CamelHttpPath} == '/ping'"}}
                steps:
                  - setBody: {expression: {constant: {expression: pong}}}
                  - setHeader: {name: CamelHttpResponseCode, expression: {constant: {expression: '418'}}}
                  - stop: {}
        """);
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> own = gateway.get("/ping", "X-Asks", "me");

      assertThat(own.statusCode()).isEqualTo(418);
      assertThat(own.body()).isEqualTo("pong");
      assertThat(own.headers().map()).doesNotContainKey("x-asks");
      assertThat(gateway.get("/other").body()).startsWith("origin: ");
    }
    assertThat(origin.asked()).isEqualTo(1);
  }

  @Test
  void anotherPathIsMatchedKeyedAndForwarded() {
    routes.before("api", "match", setHeader("CamelHttpPath", "constant", "/api/v1/models"));
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> first = gateway.get("/old?x=1");
      HttpResponse<String> second = gateway.get("/older?x=1");

      assertThat(first.body()).isEqualTo("origin: GET /api/v1/models?x=1 HTTP/1.1");
      assertThat(GatewayUnderTest.status(first)).contains("rule=models");
      assertThat(GatewayUnderTest.status(second)).contains("hit");
    }
  }

  @Test
  void anotherQueryIsKeyedAndForwardedAndAnEmptyOneIsNone() {
    routes.before("api", "match", setHeader("CamelHttpQuery", "simple", "${header.X-Query}"));
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a?x=1", "X-Query", "y=2").body()).contains("GET /a?y=2 ");
      assertThat(gateway.get("/a?x=1").body()).contains("GET /a ");
      assertThat(GatewayUnderTest.status(gateway.get("/a?x=3", "X-Query", "y=2"))).contains("hit");
    }
  }

  @Test
  void anotherPathInTheUpstreamRouteChangesOnlyWhatTheUpstreamSees() {
    routes.before("upstream", "forward", setHeader("CamelHttpPath", "constant", "/v2"));
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a").body()).contains("GET /v2 ");
      assertThat(GatewayUnderTest.status(gateway.get("/b"))).contains("fwd=uri-miss");
    }
  }

  @Test
  void aPathThatIsNoneIsRefusedWith500() {
    routes.before("api", "match", setHeader("CamelHttpPath", "constant", "/a/../../b c"));
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a").statusCode()).isEqualTo(500);
    }
    assertThat(origin.asked()).isZero();
  }

  @Test
  void headersTakenOffDoNotGoToTheUpstreamAndTheTargetStays() {
    routes.before("api", "match", "- removeHeaders: {pattern: 'X-Secret*'}\n");
    routes.before("api", "match", "- removeHeaders: {pattern: 'Camel*'}\n");
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/a?x=1", "X-Secret-Key", "s", "X-Open", "o");

      assertThat(origin.lastHead()).startsWith("get /a?x=1 ").contains("x-open: o");
      assertThat(origin.lastHead()).doesNotContain("x-secret-key");
    }
  }

  @Test
  void aHeaderTakenOffTheReplyDoesNotReachTheClient() {
    routes.after("api", "fetch", "- removeHeader: {name: X-Origin}\n");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a").headers().map()).doesNotContainKey("x-origin");
      HttpResponse<String> hit = gateway.get("/a", "If-None-Match", "\"one\"");
      assertThat(hit.statusCode()).isEqualTo(304);
      assertThat(hit.headers().map()).doesNotContainKey("x-origin");
    }
  }

  @Test
  void aHeaderOfManyValuesIsAsManyLines() {
    routes.before("api", "match", setHeader("X-Many", "simple", "${header.X-Some}"));
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/a", "X-Some", "one", "X-Some", "two");

      List<String> lines =
          origin.lastHead().lines().filter(line -> line.startsWith("x-many")).toList();
      assertThat(lines).containsExactly("x-many: one", "x-many: two");
    }
  }

  @Test
  void aValueThatWouldBreakOutOfItsLineIsRefusedWith500() {
    String step =
        "- setHeader: {name: X-Bad, expression: {constant: {expression: \"a\\r\\nX-Evil: b\"}}}\n";
    routes.after("api", "fetch", step);
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().map()).doesNotContainKeys("x-bad", "x-evil");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CamelSecret", "camelSecret", "CAMELSECRET", "org.apache.camel.secret"})
  void namesOfCamelsOwnNeverReachTheWire(String name) {
    routes.before("api", "match", setHeader(name, "constant", "s"));
    routes.before("upstream", "forward", setHeader(name, "constant", "s"));
    routes.after("upstream", "forward", setHeader(name, "constant", "s"));
    routes.after("api", "fetch", setHeader(name, "constant", "s"));
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(origin.lastHead()).doesNotContain("camel");
      assertThat(answer.headers().map().keySet()).noneMatch(field -> field.contains("camel"));
    }
  }

  @Test
  void aStepThatFailsIsAProblemAndNothingOfTheAnswerBeforeIt() {
    routes.after(
        "api",
        "fetch",
        "- throwException: {exceptionType: java.lang.IllegalStateException, message: broken}\n");
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().allValues("content-type"))
          .containsExactly("application/problem+json");
      assertThat(answer.body()).contains("\"status\":500", "Route failed").doesNotContain("broken");
      assertThat(answer.headers().map()).doesNotContainKeys("etag", "x-origin");
      assertThat(GatewayUnderTest.status(answer)).startsWith("cistern; detail=").contains("failed");
    }
  }

  @Test
  void aReplyThatCannotBeWrittenIsAProblemThatSaysWhoMadeIt() {
    routes.after("api", "fetch", setHeader("CamelHttpResponseCode", "constant", "101"));
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(GatewayUnderTest.status(answer)).startsWith("cistern; ");
    }
  }
}
