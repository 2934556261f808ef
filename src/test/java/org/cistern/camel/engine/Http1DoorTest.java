package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP/1 clients send and get, byte by byte. */
class Http1DoorTest {

  private static final String HOST = "Host: a\r\n";

  @TempDir private Path folder;

  private GatewayUnderTest before(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .upstream("http://localhost:" + origin.port())
        .start();
  }

  private String ask(FakeUpstream origin, String request) {
    try (origin;
        GatewayUnderTest gateway = before(origin)) {
      return RawClient.exchange(gateway.port(), request);
    }
  }

  @Test
  void eachServerSentEventReachesTheClientBeforeTheNextIsMade() {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                          + "Cache-Control: no-store\r\nTransfer-Encoding: chunked\r\n\r\n");
                  event(connection, "one");
                  seen.join();
                  event(connection, "two");
                  connection.write("0\r\n\r\n");
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("GET /events HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.head()).contains(" 200 ");
      assertThat(client.until("data: one\n\n")).contains("data: one");
      seen.complete(true);
      assertThat(client.until("0\r\n\r\n")).contains("data: two");
    }
  }

  private static void event(FakeConnection connection, String text) throws java.io.IOException {
    String event = "data: " + text + "\n\n";
    connection.write(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  @Test
  void aHeadGoesOutWhileItsBodyIsStillAwaited() {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 4\r\n\r\n");
                  seen.join();
                  connection.write("late");
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.head()).contains("content-length: 4");
      seen.complete(true);
      assertThat(client.read(4)).isEqualTo("late");
    }
  }

  @Test
  void trailersPass() {
    String answer =
        ask(
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n"),
            "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

    assertThat(answer).containsIgnoringCase("transfer-encoding: chunked");
    assertThat(answer).containsIgnoringCase("0\r\nx-sum: 42\r\n\r\n");
  }

  @Test
  void everyTrailerLineOfOneNamePasses() {
    String answer =
        ask(
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"),
            "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

    assertThat(answer).containsIgnoringCase("0\r\nx-sum: 1\r\nx-sum: 2\r\n\r\n");
  }

  @Test
  void aSmallBodyOfUnknownLengthThatIsWholeAtOnceGetsALength() {
    String answer =
        ask(
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\n\r\n"),
            "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

    assertThat(answer).contains("content-length: 2\r\n").endsWith("\r\n\r\nok");
  }

  @Test
  void theBodyOfAClientThatExpectsA100GoesUpstreamOnceTheUpstreamWantsIt() {
    CompletableFuture<String> head = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  head.complete(connection.readHead());
                  connection.write("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.read(4);
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send(
          "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");

      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("body");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(head.join()).containsIgnoringCase("expect: 100-continue");
    }
  }

  @Test
  void aRefusalBeforeTheBodyEndsTheConnectionSinceTheBodyMayStillCome() {
    String answer =
        ask(
            FakeUpstream.answering("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"),
            "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("connection: close");
  }

  @Test
  void earlyHintsPassToHttp11AndNotToHttp10() {
    String hinting =
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok";

    assertThat(
            ask(
                FakeUpstream.answering(hinting),
                "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 103 ")
        .containsIgnoringCase("link: </a.css>")
        .contains("HTTP/1.1 200 OK");
    assertThat(ask(FakeUpstream.answering(hinting), "GET / HTTP/1.0\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.0 200 OK");
  }

  @Test
  void otherInterimResponsesPassInTheirOrderAndAreNotStored() {
    String working =
        "HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
            + "Link: </a.css>\r\n\r\nHTTP/1.1 104 Later\r\nX-Step: 2\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok";
    try (FakeUpstream origin = FakeUpstream.answering(working);
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("GET /a HTTP/1.1\r\n" + HOST + "\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n");

      assertThat(client.head()).startsWith("HTTP/1.1 102 ").containsIgnoringCase("x-step: 1");
      assertThat(client.head()).startsWith("HTTP/1.1 103 ").containsIgnoringCase("link: </a.css>");
      assertThat(client.head()).startsWith("HTTP/1.1 104 ").containsIgnoringCase("x-step: 2");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").doesNotContain("x-step");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").contains("; hit");
      assertThat(RawClient.exchange(gateway.port(), "GET /b HTTP/1.0\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.0 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "POST"})
  void aSwitchOfProtocolsThatNobodyAskedForIsABadUpstream(String method) {
    String switching =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n";

    assertThat(
            ask(
                FakeUpstream.answering(switching),
                method
                    + " / HTTP/1.1\r\nConnection: close\r\n"
                    + HOST
                    + (method.equals("POST") ? "Content-Length: 3\r\n\r\nabc" : "\r\n")))
        .startsWith("HTTP/1.1 502 ")
        .contains("connection: close");
  }

  @Test
  void aClientThatClosesMaySendItsBodyToTheEndThoughItIsAnsweredBefore() {
    try (FakeUpstream origin =
            FakeUpstream.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("POST / HTTP/1.1\r\n" + HOST + "Connection: close\r\n");
      client.send("Content-Length: 8000000\r\n\r\n" + "x".repeat(100_000));
      assertThat(client.response()).startsWith("HTTP/1.1 403 ");
      client.send("x".repeat(7_900_000));
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aBodyBesideAnUpgradePassesAndTheUpgradeDoesNot() {
    FakeUpstream echoing =
        FakeUpstream.playing(
            connection -> {
              String head = connection.readHead();
              String body = connection.read(5);
              connection.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Upgrade: "
                      + head.toLowerCase(Locale.ROOT).contains("upgrade")
                      + "\r\n\r\n"
                      + body);
            });

    assertThat(
            ask(
                echoing,
                "POST / HTTP/1.1\r\n"
                    + HOST
                    + "Upgrade: foo\r\nConnection: upgrade, close\r\nContent-Length: 5\r\n\r\nhello"))
        .startsWith("HTTP/1.1 200 ")
        .contains("x-upgrade: false\r\n")
        .endsWith("hello");
  }

  @Test
  void nothingIsSaidToBeStoredOfABodyThatBreaksOffWithItsHead() {
    String broken =
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nok\r\nnonsense\r\n";

    assertThat(
            ask(
                FakeUpstream.answering(broken),
                "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 502 ")
        .containsPattern("cache-status: cistern; fwd=uri-miss; detail=");
  }

  @Test
  void headSaysTheLengthOfGetAndHasNoBody() {
    String answer =
        ask(
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 7\r\n\r\n"),
            "HEAD / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

    assertThat(answer).contains("content-length: 7\r\n").endsWith("\r\n\r\n");
  }

  @Test
  void a204HasNeitherBodyNorLengthAndItsConnectionIsUsedAgain() {
    try (FakeUpstream origin = FakeUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        client.send("DELETE /x HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 204 ").doesNotContain("content-length");
      }
      // Two event loops may have one connection each.
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void anHttp10ClientGetsABodyOfUnknownLengthUpToTheEndOfTheConnection() {
    String answer =
        ask(
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
                  connection.rest(50);
                  connection.write("3\r\ntwo\r\n0\r\n\r\n");
                }),
            "GET / HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.0 200 OK").endsWith("\r\n\r\nonetwo");
    assertThat(answer).doesNotContain("chunked").contains("connection: close");
  }

  @ParameterizedTest
  @CsvSource({"1.0, 200", "1.1, 400"})
  void onlyAnHttp10ClientNeedNotNameAHost(String version, int status) {
    FakeUpstream origin = FakeUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    String answer = ask(origin, "GET / HTTP/" + version + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/" + version + " " + status + " ");
  }

  @Test
  void aClientThatEndsItsSideWithItsRequestGetsAHit() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok");
        GatewayUnderTest gateway = before(origin)) {
      gateway.get("/x");
      for (int i = 0; i < 50; i++) {
        try (RawClient client = new RawClient(gateway.port())) {
          client.sendLast("GET /x HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n\r\n");
          assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("ok");
        }
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  String head;
                  while (!(head = connection.readHead()).isEmpty()) {
                    String path = head.split(" ", -1)[1];
                    connection.rest(path.equals("/1") ? 100 : 0);
                    connection.write(
                        "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\n"
                            + path);
                  }
                });
        GatewayUnderTest gateway = before(origin)) {
      String all =
          RawClient.exchange(
              gateway.port(),
              "GET /1 HTTP/1.1\r\n"
                  + HOST
                  + "\r\nGET /2 HTTP/1.1\r\n"
                  + HOST
                  + "\r\nGET /3 HTTP/1.1\r\n"
                  + HOST
                  + "Connection: close\r\n\r\n");

      assertThat(all).containsSubsequence("\r\n\r\n/1", "\r\n\r\n/2", "\r\n\r\n/3");
    }
  }

  @Test
  void aBodyThatBreaksOffBreaksTheConnectionOff() {
    String answer =
        ask(
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
                  connection.rest(50);
                  connection.reset();
                }),
            "GET / HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(answer).contains("part").doesNotContain("\r\n0\r\n");
  }
}
