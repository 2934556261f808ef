package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The field {@code body}: requests that read, and say in their body what. */
class BodyFieldTest {

  private static final String RULES =
      """
      rules:
      - id: mine
        path_pattern: /mine
        methods: [POST]
        cache_ttl: 60
        key_strategy: custom
        key_parts: [path]
        body: true
        user_specific: true
      - id: leaving
        path_pattern: /leaving
        methods: [POST]
        cache_ttl: 60
        key_strategy: custom
        key_parts: [path]
        body: true
      - id: read
        path_pattern: /**
        methods: [POST, QUERY]
        cache_ttl: 60
        key_strategy: custom
        key_parts: [path, query]
        body: true
      - {id: get, path_pattern: /**, cache_ttl: 60}
      """;

  private static final String ONE = "{\"query\":\"{ hero { name } }\"}";
  private static final String OTHER = "{\"query\":\"{ hero { age } }\"}";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CISTERN_MAX_KEY_BODY", "20KB");
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  /** Answers with the method and the body that came. */
  private static Api.Script echo(String... headers) {
    return (request, number) ->
        request.body().onSuccess(body -> Api.say(request, 200, seen(request, body), headers));
  }

  private static String seen(HttpServerRequest request, Object body) {
    return request.method() + " " + body;
  }

  private static HttpResponse<String> post(String path, String body, String... headers) {
    return door.gateway().send("POST", path, body, headers);
  }

  private static String status(String path, String body, String... headers) {
    return GatewayUnderTest.status(post(path, body, headers));
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(door.gateway().uri(path)).version(HttpClient.Version.HTTP_1_1);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest chunked(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return to(path)
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
        .build();
  }

  @Test
  void theSameBodyHitsAndAnotherMisses() {
    door.api().on("/graphql", echo());

    HttpResponse<String> first = post("/graphql", ONE);
    assertThat(first.body()).isEqualTo("POST " + ONE);
    assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss", "stored");
    assertThat(status("/graphql", ONE)).contains("; hit");
    assertThat(post("/graphql", OTHER).body()).isEqualTo("POST " + OTHER);
    assertThat(post("/graphql", ONE).body()).isEqualTo("POST " + ONE);
    assertThat(status("/graphql", "")).contains("stored");
    assertThat(door.api().count("/graphql")).isEqualTo(3);
  }

  @Test
  void anotherListedMethodThatReadsIsAnotherKey() {
    door.api().on("/search", echo());

    assertThat(post("/search", ONE).body()).startsWith("POST");
    assertThat(door.gateway().send("QUERY", "/search", ONE).body()).startsWith("QUERY");
    assertThat(GatewayUnderTest.status(door.gateway().send("QUERY", "/search", ONE)))
        .contains("; hit");
  }

  @Test
  void whatTheBodyIsReadAsIsInTheKey() {
    assertThat(status("/types", ONE, "Content-Type", "application/json")).contains("stored");
    assertThat(status("/types", ONE, "Content-Type", "text/plain")).contains("stored");
    assertThat(status("/types", ONE, "Content-Encoding", "br")).contains("stored");
    assertThat(status("/types", ONE)).contains("stored");
    assertThat(status("/types", ONE, "Content-Type", "text/plain")).contains("; hit");
  }

  @Test
  void aLargeBodyIsInTheKeyToTheLastByte() {
    String large = "x".repeat(19_000);

    assertThat(status("/large", large + 'a')).contains("stored");
    assertThat(status("/large", large + 'b')).contains("stored");
    assertThat(status("/large", large + 'a')).contains("; hit");
  }

  @Test
  void aChunkedBodyIsTheSameAsOneWithALength() throws Exception {
    door.api().on("/chunked", echo());

    assertThat(send(chunked("/chunked", ONE)).body()).isEqualTo("POST " + ONE);
    assertThat(status("/chunked", ONE)).contains("; hit");
  }

  @Test
  void aClientThatAwaitsAContinueGetsItFromHere() throws Exception {
    door.api().on("/expect", echo());
    HttpRequest request =
        to("/expect").expectContinue(true).POST(BodyPublishers.ofString(ONE)).build();

    assertThat(send(request).body()).isEqualTo("POST " + ONE);
    assertThat(GatewayUnderTest.status(send(request))).contains("; hit");
  }

  @Test
  void aBodyBeyondTheBoundPassesWholeAndIsNotCached() throws Exception {
    door.api().on("/long", echo());
    String body = "0123456789".repeat(50_000);

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> counted = post("/long", body);
      HttpResponse<String> chunked = send(chunked("/long", body));
      assertThat(GatewayUnderTest.status(counted)).contains("fwd=bypass", "body-too-large");
      assertThat(GatewayUnderTest.status(chunked)).contains("fwd=bypass", "body-too-large");
      assertThat(counted.body()).isEqualTo("POST " + body);
      assertThat(chunked.body()).isEqualTo("POST " + body);
    }
    assertThat(door.api().count("/long")).isEqualTo(4);
  }

  @Test
  void aClientThatLeavesWhileItSendsEndsItsRequestUnasked() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.gateway().port())) {
      String head = "POST /leaving HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(door.gateway().metrics().lines())
                    .anyMatch(line -> line.contains("rule=\"leaving\"")));
    assertThat(door.api().count("/leaving")).isZero();
  }

  @Test
  void aUserSpecificRuleKeepsAnEntryPerUserAndBody() {
    assertThat(status("/mine", ONE, "X-API-Key", "ann")).contains("stored");
    assertThat(status("/mine", ONE, "X-API-Key", "bob")).contains("stored");
    assertThat(status("/mine", OTHER, "X-API-Key", "ann")).contains("stored");
    assertThat(status("/mine", ONE, "X-API-Key", "ann")).contains("; hit");
    assertThat(status("/mine", ONE)).contains("not-stored=no-identity");
  }

  @Test
  void theSafeDefaultsHold() {
    door.api().on("/private", echo("Cache-Control", "private, max-age=60"));
    door.api().on("/cookie", echo("Set-Cookie", "sid=1"));

    assertThat(status("/private", ONE)).contains("not-stored=private");
    assertThat(status("/cookie", ONE)).contains("not-stored=set-cookie");
    assertThat(status("/named", ONE, "Authorization", "Bearer ann"))
        .contains("not-stored=authorization");
  }

  @Test
  void itMakesNothingInvalidWhileAWriteDoes() {
    assertThat(door.status("/both")).contains("stored");
    assertThat(status("/both", ONE)).contains("stored");
    assertThat(door.status("/both")).contains("; hit");

    door.send("PUT", "/both");
    assertThat(door.status("/both")).contains("fwd=", "stored");
    assertThat(status("/both", ONE)).contains("fwd=", "stored");
  }

  @Test
  void whatIsStaleIsAskedForAgainWithItsBodyAndWithoutConditions() {
    door.api().on("/stale", echo("ETag", "\"a\"", "Cache-Control", "max-age=10"));
    assertThat(status("/stale", ONE)).contains("stored");
    door.pass(Duration.ofSeconds(11));

    assertThat(post("/stale", ONE).body()).isEqualTo("POST " + ONE);
    assertThat(door.api().seen())
        .filteredOn(request -> request.path().equals("/stale"))
        .hasSize(2)
        .noneMatch(request -> request.headers().contains("If-None-Match"));
  }

  @Test
  void theBodyGoesUpAgainWhenAnAnswerIsRefreshedBehindTheClient() {
    door.api()
        .on(
            "/behind",
            (request, number) ->
                request
                    .body()
                    .onSuccess(
                        body ->
                            Api.say(
                                request,
                                200,
                                number + seen(request, body),
                                "Cache-Control",
                                "max-age=10, stale-while-revalidate=60")));
    assertThat(post("/behind", ONE).body()).isEqualTo("1POST " + ONE);
    door.pass(Duration.ofSeconds(11));

    assertThat(post("/behind", ONE).body()).isEqualTo("1POST " + ONE);
    Awaitility.await()
        .untilAsserted(() -> assertThat(post("/behind", ONE).body()).isEqualTo("2POST " + ONE));
  }

  @Test
  void requestsWithOneBodyFlyTogether() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    door.api()
        .on("/flight", (request, number) -> all.thenRun(() -> Api.say(request, 200, "v" + number)));
    double before = joined();

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 5)
            .mapToObj(i -> to("/flight").POST(BodyPublishers.ofString(ONE)).build())
            .map(request -> CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .toList();
    Awaitility.await().until(() -> joined() - before == 4);
    all.complete(null);

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("v1"));
    assertThat(door.api().count("/flight")).isEqualTo(1);
  }

  private static double joined() {
    return door.gateway()
        .metrics()
        .lines()
        .filter(line -> line.startsWith("cistern_flights_total"))
        .filter(line -> line.contains("event=\"joined\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
