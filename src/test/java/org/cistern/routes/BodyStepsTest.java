package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.cistern.fields.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' steps that read a body which otherwise only passes through. */
class BodyStepsTest {

  private static final String JSON = "application/json";

  /** What is behind a wireTap and looks at the body once the call is over. */
  private static final String LATE_TAP =
      """
      - route:
          id: tap
          from:
            uri: direct:tap
            steps:
              - delay: {expression: {constant: {expression: 700}}, asyncDelayed: true}
              - log: {logName: tap, message: "tapped [${body}]"}
      """;

  private static final String LOOK =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: look-action
        labels:
          camel.apache.org/kamelet.type: action
      spec:
        definition:
          title: Look
          type: object
        template:
          from:
            uri: kamelet:source
            steps:
              - setHeader:
                  name: X-Read
                  expression:
                    simple:
                      expression: "[${body}]"
      """;

  @TempDir Path folder;

  private Api origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = Api.start();
    origin.on(
        "/echo",
        (request, number) ->
            request.bodyHandler(
                body ->
                    Api.say(request, 200, request.getHeader("X-Read") + " " + body.toString())));
    origin.on(
        "/json",
        Api.saying(200, "Content-Type", JSON, "Cache-Control", "max-age=60", "ETag", "\"j\""));
    routes = RouteFolder.copyIn(folder);
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private GatewayUnderTest.Builder gateway() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url());
  }

  private GatewayUnderTest.Builder gatewayBeforeNobody() {
    return gateway().upstream("http://127.0.0.1:" + FreePort.pick());
  }

  private static String setHeader(String name, String value) {
    return "- setHeader: {name: '%s', expression: {simple: {expression: '%s'}}}\n"
        .formatted(name, value);
  }

  private static String setBody(String value) {
    return "- setBody: {expression: {simple: {expression: '%s'}}}\n".formatted(value);
  }

  @Test
  void anotherRouteInPlaceOfTheUpstreamGetsTheBody() {
    routes.without("upstream", "forward");
    routes.before("upstream", "forward-fallback", "- to: {uri: 'direct:echo'}\n");
    routes.write(
        "echo",
        "- route:\n    id: echo\n    from:\n      uri: direct:echo\n      steps:\n"
            + setBody("echo ${body}").indent(8));
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/any", "hello").body()).isEqualTo("echo hello");
      assertThat(gateway.get("/none").body()).isEqualTo("echo ");
    }
  }

  @Test
  void aStepThatReadsTheRequestsBodyLeavesItToTheUpstream() {
    routes.before("api", "match", setHeader("X-Read", "[${body}]"));
    routes.before("upstream", "forward", "- log: {message: 'asked with ${body}'}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/echo", "hello").body()).isEqualTo("[hello] hello");
      assertThat(gateway.send("POST", "/echo", "").body()).isEqualTo("[] ");
    }
  }

  @Test
  void theBodyOfAChunkedRequestThatWaitsForALeaveIsReadToo() {
    routes.before("upstream", "forward", setHeader("X-Read", "[${body}]"));
    try (GatewayUnderTest gateway = gateway().start()) {
      String answer =
          gateway.exchange(
              "POST /echo HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Transfer-Encoding: chunked\r\n"
                  + "Expect: 100-continue\r\n"
                  + "Connection: close\r\n\r\n"
                  + "2\r\n"
                  + "he\r\n"
                  + "3\r\n"
                  + "llo\r\n"
                  + "0\r\n\r\n");
      assertThat(answer).contains("HTTP/1.1 100 ").endsWith("[hello] hello");
    }
  }

  @Test
  void aKameletGetsTheBodyAndDoesNotAnswerByHavingReadIt() throws IOException {
    Path tiles = Files.createDirectories(routes.path().resolve("kamelets"));
    Files.writeString(tiles.resolve("look-action.kamelet.yaml"), LOOK);
    routes.before("api", "match", "- to: {uri: 'kamelet:look-action'}\n");
    routes.before("api", "match", "- to: {uri: 'kamelet:cistern-body-action'}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/echo", "hello").body()).isEqualTo("[hello] hello");
    }
  }

  @Test
  void aStepMayRewriteTheBodyOfAMissAndOfAHit() {
    routes.after("api", "fetch", setBody("{\"was\":\"${body}\"}"));
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> miss = gateway.get("/json", "Accept-Encoding", "gzip");
      HttpResponse<String> hit = gateway.get("/json", "Accept-Encoding", "gzip");

      assertThat(miss.body()).isEqualTo("{\"was\":\"v1\"}");
      assertThat(hit.body()).isEqualTo("{\"was\":\"v1\"}");
      assertThat(hit.headers().firstValue("content-length")).contains("12");
      assertThat(hit.headers().firstValue("content-type")).contains(JSON);
      assertThat(GatewayUnderTest.status(hit)).contains("hit");
    }
  }

  @Test
  void aStepInTheUpstreamRouteRewritesWhatIsKept() {
    routes.after("upstream", "forward", setBody("{\"was\":\"${body}\"}"));
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.get("/json").body()).isEqualTo("{\"was\":\"v1\"}");
      HttpResponse<String> hit = gateway.get("/json");
      assertThat(hit.body()).isEqualTo("{\"was\":\"v1\"}");
      assertThat(GatewayUnderTest.status(hit)).contains("hit");
    }
  }

  @Test
  void headersSetOrTakenOffBehindABodyReachTheClientAndTheStore() {
    routes.after("upstream", "forward", "- removeHeader: {name: ETag}\n");
    routes.after("upstream", "forward", setHeader("X-Up", "up"));
    routes.after("upstream", "forward", setBody("changed"));
    routes.after("api", "respond", setHeader("X-After", "after"));
    routes.after("api", "respond", setBody("last"));
    try (GatewayUnderTest gateway = gateway().start()) {
      gateway.get("/json");
      HttpResponse<String> hit = gateway.get("/json");

      assertThat(hit.body()).isEqualTo("last");
      assertThat(hit.headers().firstValue("x-up")).contains("up");
      assertThat(hit.headers().firstValue("x-after")).contains("after");
      assertThat(hit.headers().map()).doesNotContainKey("etag");
      assertThat(GatewayUnderTest.status(hit)).contains("hit");
    }
  }

  @Test
  void headersOfAnOwnAnswerAreTheRoutesWhateverTheClientSends() {
    routes.before(
        "api",
        "match",
        setBody("own")
            + setHeader("Content-Type", JSON)
            + setHeader("X-Own", "1")
            + "- stop: {}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> own =
          gateway.get("/own", "Content-Type", JSON, "X-Own", "2", "X-C", "3");

      assertThat(own.body()).isEqualTo("own");
      assertThat(own.headers().firstValue("content-type")).contains(JSON);
      assertThat(own.headers().allValues("x-own")).containsExactly("1");
      assertThat(own.headers().map()).doesNotContainKey("x-c");
    }
  }

  @Test
  void aBodySetBeforeTheAnswerGoesToTheUpstream() {
    routes.before("api", "match", setBody("<${body}>"));
    routes.before("upstream", "forward", setBody("[${body}]"));
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/echo", "hello").body()).isEqualTo("null [<hello>]");
      assertThat(gateway.get("/json").body()).isEqualTo("v1");
    }
  }

  @Test
  void aBodySetForTheUpstreamIsNotTheAnswerWhereThatIsDown() {
    routes.before("upstream", "forward", setBody("[${body}]"));
    try (GatewayUnderTest gateway = gatewayBeforeNobody().start()) {
      assertThat(gateway.send("POST", "/echo", "hello").statusCode()).isEqualTo(502);
      assertThat(gateway.get("/json").statusCode()).isEqualTo(502);
    }
  }

  @Test
  void aBodySetBehindAFailedForwardIsTheAnswer() {
    routes.after("upstream", "forward-fallback", setBody("sorry"));
    try (GatewayUnderTest gateway = gatewayBeforeNobody().start()) {
      assertThat(gateway.get("/json").body()).isEqualTo("sorry");
    }
  }

  @Test
  void whatWasTakenApartAndPutTogetherAgainGoesToTheUpstream() {
    routes.before(
        "api",
        "match",
        "- unmarshal: {json: {}}\n"
            + setHeader("X-Read", "seen")
            + "- marshal: {json: {}}\n"
            + "- setBody: {expression: {simple: {expression: '<${body}>'}}}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/echo", "{ \"a\": 1 }").body())
          .isEqualTo("seen <{\"a\":1}>");
    }
  }

  @Test
  void aStatusSetBeforeTheBodyIsTurnedIntoTextStays() {
    routes.before(
        "api",
        "match",
        setHeader("CamelHttpResponseCode", "404")
            + setHeader("X-Own", "1")
            + setBody("own")
            + "- marshal: {json: {}}\n- stop: {}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> own = gateway.get("/own?a=b", "X-Own", "1", "X-C", "3");

      assertThat(own.statusCode()).isEqualTo(404);
      assertThat(own.body()).isEqualTo("\"own\"");
      assertThat(own.headers().firstValue("x-own")).contains("1");
      assertThat(own.headers().map()).doesNotContainKey("x-c");
    }
  }

  @Test
  void aBodySetInPlaceOfNoneCanBeReadBehindAStepOfOurs() {
    routes.before("api", "match", setBody("set"));
    routes.after("api", "match", setHeader("X-Read", "[${body}]"));
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("POST", "/echo", "").body()).isEqualTo("[set] set");
    }
  }

  @Test
  void anAnswerMadeInAKameletHasNoFieldOfTheRequest() throws IOException {
    Path tiles = Files.createDirectories(routes.path().resolve("kamelets"));
    Files.writeString(
        tiles.resolve("look-action.kamelet.yaml"),
        LOOK.replace("setHeader:", "setBody:").replaceAll(" *name: X-Read\n", ""));
    routes.without("upstream", "forward");
    routes.before("upstream", "forward-fallback", "- to: {uri: 'kamelet:look-action'}\n");
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> own = gateway.get("/own", "X-Secret", "1");

      assertThat(own.body()).isEqualTo("[]");
      assertThat(own.headers().map()).doesNotContainKey("x-secret");
    }
  }

  @Test
  void aBodySetBeforeTheAnswerIsInItsKey() {
    origin.on(
        "/key",
        (request, number) ->
            request.bodyHandler(
                body -> Api.say(request, 200, body.toString(), "Cache-Control", "max-age=60")));
    routes.before("api", "match", setBody("${header.X-Says}"));
    try (GatewayUnderTest gateway =
        gateway()
            .rules(
                "rules:\n- {id: reads, path_pattern: /**, methods: [POST], key_strategy: custom,"
                    + " key_parts: [path], body: true}\n")
            .start()) {
      assertThat(gateway.send("POST", "/key", "same", "X-Says", "a").body()).isEqualTo("a");
      assertThat(gateway.send("POST", "/key", "same", "X-Says", "b").body()).isEqualTo("b");
    }
  }

  @Test
  void aCopyBesideTheRouteKeepsTheRequestsBody() {
    routes.before("api", "match", "- wireTap: {uri: 'direct:tap'}\n");
    routes.write("tap", LATE_TAP);
    try (GatewayUnderTest gateway = gateway().start();
        Log log = new Log("tap")) {
      assertThat(gateway.send("POST", "/echo", "hello").body()).endsWith("hello");
      await().until(() -> log.text().contains("tapped [hello]"));
    }
  }

  @Test
  void aCopyOfARequestNeverShowsTheReply() {
    routes.before("api", "match", "- wireTap: {uri: 'direct:tap'}\n");
    routes.write("tap", LATE_TAP);
    try (GatewayUnderTest gateway = gateway().start();
        Log log = new Log("tap")) {
      gateway.get("/json");
      gateway.get("/json");
      await().until(() -> log.text().lines().filter("tapped []"::equals).count() == 2);
    }
  }

  @Test
  void aStepThatOnlyLooksAtTheReplysBodyLeavesItAsItIs() {
    routes.after("upstream", "forward", setHeader("X-Up", "[${body}]"));
    routes.after("api", "fetch", setHeader("X-Read", "[${body}]"));
    try (GatewayUnderTest gateway = gateway().start()) {
      HttpResponse<String> miss = gateway.get("/json");
      HttpResponse<String> hit = gateway.get("/json");

      assertThat(miss.body()).isEqualTo("v1");
      assertThat(miss.headers().firstValue("x-read")).contains("[v1]");
      assertThat(hit.body()).isEqualTo("v1");
      assertThat(hit.headers().firstValue("x-read")).contains("[v1]");
      assertThat(hit.headers().firstValue("x-up")).contains("[v1]");
    }
  }

  @Test
  void aReadThatHasABodyIsAskedOfTheUpstreamEachTime() {
    origin.on(
        "/search",
        (request, number) ->
            request.bodyHandler(
                body -> Api.say(request, 200, body.toString(), "Cache-Control", "max-age=60")));
    try (GatewayUnderTest gateway = gateway().start()) {
      assertThat(gateway.send("GET", "/search", "one").body()).isEqualTo("one");
      assertThat(gateway.send("GET", "/search", "two").body()).isEqualTo("two");
      assertThat(gateway.get("/search").body()).isEmpty();
    }
  }

  @Test
  void trailersPassBehindABodyThatAStepHasRead() {
    routes.after("api", "fetch", "- log: {message: 'came ${body}'}\n");
    try (FakeUpstream trailing =
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
        GatewayUnderTest gateway =
            gateway().upstream("http://127.0.0.1:" + trailing.port()).start()) {
      String answer =
          gateway.exchange(
              "GET /a HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: close\r\n\r\n");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("\r\nok\r\n0\r\nx-sum: 7\r\n");
    }
  }

  @Test
  void aRequestLongerThanTheLimitIs413AndAReplyPassesUnread() {
    String most = "x".repeat(1024);
    routes.before("api", "match", setHeader("X-Read", "[${body}]"));
    routes.after("api", "fetch", setHeader("X-Seen", "[${body}]"));
    try (GatewayUnderTest gateway = gateway().with("CISTERN_BODY_LIMIT", "1KB").start()) {
      HttpResponse<String> refused = gateway.send("POST", "/echo", "x".repeat(1025));
      HttpResponse<String> passed = gateway.send("POST", "/echo", most);

      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(origin.count("/echo")).isEqualTo(1);
      assertThat(passed.body()).isEqualTo("[" + most + "] " + most);
      assertThat(passed.headers().firstValue("x-seen")).contains("[]");
      assertThat(
              gateway.exchange(
                  "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                      + "Connection: close\r\n\r\n401\r\n"
                      + most
                      + "x\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void theRestOfARequestThatIsTooLongIsNotWaitedFor() {
    routes.before("api", "match", setHeader("X-Read", "[${body}]"));
    try (GatewayUnderTest gateway = gateway().with("CISTERN_BODY_LIMIT", "1KB").start()) {
      String begun =
          "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "401\r\n"
              + "x".repeat(1025)
              + "\r\n";

      assertThat(gateway.exchange(begun).toLowerCase(java.util.Locale.ROOT))
          .startsWith("http/1.1 413 ")
          .contains("connection: close");
    }
  }
}
