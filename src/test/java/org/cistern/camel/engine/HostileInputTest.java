package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that mean harm: nothing hangs, and nothing reaches the upstream changed in meaning. */
class HostileInputTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok";

  private final List<String> heads = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private FakeUpstream origin;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    origin =
        FakeUpstream.answering(
            head -> {
              heads.add(head);
              return OK;
            });
    gateway =
        GatewayUnderTest.in(folder)
            .with("CACHE_L3_ENABLED", "false")
            .with("CISTERN_IDLE_TIMEOUT", "1s")
            .with("CISTERN_MAX_CONNECTIONS", "20")
            .upstream("http://localhost:" + origin.port())
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 4||abcd",
        "POST / HTTP/1.1|Host: a|Content-Length: 3, 4||abcd",
        "POST / HTTP/1.1|Host: a|Content-Length: +3||abc",
        "POST / HTTP/1.1|Host: a|Content-Length: -1||abc",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked||0||",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked||3|abc|0||",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
        "POST / HTTP/1.0|Host: a|Transfer-Encoding: chunked||0||",
        "GET / HTTP/1.1|Host : a||",
        "GET / HTTP/1.1|Host: a|X-A : b||",
        "GET / HTTP/1.1|Host: a|Host: b||",
        "GET / HTTP/1.1||",
        "GET / HTTP/1.1|Host: a|Connection: close, Content-Length||",
        "GET / HTTP/1.1|Host: a|X-A: b\0c||",
        "GET / HTTP/1.1|Host: a|X\0A: b||",
        "GET http://b/ HTTP/1.1|Host: a b||",
        "GET /a/../b HTTP/1.1|Host: a||",
        "GET /a\\b HTTP/1.1|Host: a||",
        "CONNECT a:80 HTTP/1.1|Host: a||",
        "GET /|Host: a||",
        "NONSENSE||",
      })
  void whatCanBeReadInTwoWaysIsRefusedAndTheConnectionClosed(String lines) {
    String answer = RawClient.exchange(gateway.port(), lines.replace("|", "\r\n"));

    assertThat(answer).matches("(?s)HTTP/1\\.[01] (400|421|501|405) .*");
    assertThat(answer).containsOnlyOnce("application/problem+json").contains("connection: close");
    assertThat(heads).isEmpty();
  }

  @Test
  void contentLengthBesideChunkedIsRefusedAndNothingGoesOn() {
    String answer =
        RawClient.exchange(
            gateway.port(),
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .contains("connection: close", "cache-status: cistern; detail=\"reason=refused\"");
    assertThat(heads).isEmpty();
  }

  @Test
  void aBadChunkSizeEndsTheConnection() {
    String answer =
        RawClient.exchange(
            gateway.port(),
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
                + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).doesNotContain("200 OK");
    assertThat(heads).noneMatch(head -> head.contains("/second"));
  }

  @Test
  void theTargetInAbsoluteFormHasTheLastWordOnTheHost() {
    RawClient.exchange(
        gateway.port(),
        "GET http://b/x HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Connection: close\r\n"
            + "X-Forwarded-Host: evil\r\n\r\n");

    assertThat(heads).hasSize(1);
    assertThat(heads.get(0)).containsIgnoringCase("x-forwarded-host: b\r\n").startsWith("GET /x ");
  }

  @Test
  void aMethodInLowerCaseIsAnotherMethodAndStaysOne() {
    RawClient.exchange(gateway.port(), "get / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(heads).hasSize(1);
    assertThat(heads.get(0)).startsWith("get / ");
  }

  @Test
  void headsAndLinesBeyondTheLimitsAreRefused() {
    String longLine = "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    String longHead = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(40_000) + "\r\n\r\n";

    assertThat(RawClient.exchange(gateway.port(), longLine)).contains(" 414 ");
    assertThat(RawClient.exchange(gateway.port(), longHead)).contains(" 431 ");
  }

  @Test
  void aHeadThatNeverEndsIsClosed() {
    assertThat(RawClient.exchange(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n")).isEmpty();
    assertThat(RawClient.exchange(gateway.port(), "")).isEmpty();
  }

  @Test
  void ofAConnectionAboveTheLimitNothingIsCarriedOut() {
    List<RawClient> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient client = new RawClient(gateway.port());
      held.add(client);
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).contains("200 OK");
    }
    heads.clear();
    for (int i = 0; i < 30; i++) {
      assertThat(RawClient.exchange(gateway.port(), "POST /more HTTP/1.1\r\nHost: a\r\n\r\n"))
          .isEmpty();
    }
    assertThat(heads).isEmpty();
    held.forEach(RawClient::close);
  }

  @Test
  void connectionsAboveTheLimitAreClosedAndTheOthersServed() {
    List<RawClient> clients = new CopyOnWriteArrayList<>();
    CountDownLatch served = new CountDownLatch(20);
    for (int i = 0; i < 25; i++) {
      RawClient client = new RawClient(gateway.port());
      clients.add(client);
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      if (client.head().contains("200 OK")) {
        served.countDown();
      }
    }
    assertThat(served.getCount()).isZero();
    clients.forEach(RawClient::close);
    await()
        .until(
            () ->
                RawClient.exchange(
                        gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .contains("200 OK"));
  }
}
