package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the management port treats whoever connects, friend or not. */
class ManagementPortTest {

  private static final String LIVE = " /observe/health/live HTTP/1.1\r\nHost: a\r\n";

  /** More than sockets hold, and far more than what is read ahead. */
  private static final long MOST = 40_000_000;

  private static GatewayUnderTest gateway;

  @BeforeAll
  static void start(@TempDir Path folder) {
    gateway = GatewayUnderTest.in(folder).with("CISTERN_IDLE_TIMEOUT", "2s").start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static RawClient connect() {
    return new RawClient(gateway.managementPort());
  }

  @Test
  void aConnectionThatStopsInTheMiddleOfAHeadIsClosed() {
    try (RawClient client = connect()) {
      client.send("GET /observe/health HTTP/1.1\r\nHo");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aConnectionThatIsKeptAndNotUsedIsClosed() {
    try (RawClient client = connect()) {
      client.send("GET" + LIVE + "\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      client.send("GET" + LIVE + "\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void connectionsBeyondTheBoundAreClosedAndOneThatEndsMakesRoom() {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < ManagementDoor.MAX_CONNECTIONS; i++) {
        clients.add(connect());
      }
      try (RawClient beyond = connect()) {
        assertThat(beyond.rest()).isEmpty();
      }
    } finally {
      clients.forEach(RawClient::close);
    }
    await().ignoreExceptions().until(() -> gateway.observe("/health/live").statusCode() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"})
  void onlyGetAndHeadAreTaken(String method) {
    try (RawClient client = connect()) {
      client.send(method + LIVE + "\r\n");
      assertThat(client.response())
          .startsWith("HTTP/1.1 405 ")
          .containsIgnoringCase("allow: GET, HEAD\r\n")
          .containsIgnoringCase("content-type: application/problem+json\r\n")
          .contains("\"status\":405");
    }
  }

  @Test
  void aHeadSaysWhatAGetWouldAndHasNoBody() {
    try (RawClient client = connect()) {
      client.send("HEAD" + LIVE + "\r\n");
      assertThat(client.head())
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("content-length: ")
          .doesNotContain("content-length: 0\r\n");
      client.send("GET /observe/nothing HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void nobodyReadsABodyAndItsConnectionEndsWithTheAnswer(String method) {
    try (RawClient client = connect()) {
      client.send(method + LIVE + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
      assertThat(client.rest())
          .startsWith(method.equals("GET") ? "HTTP/1.1 200 " : "HTTP/1.1 405 ")
          .containsIgnoringCase("connection: close\r\n");
    }
  }

  @Test
  void aClientThatAsksAndDoesNotReadIsNotReadAnyFurther() throws IOException {
    String padding = "X-Padding: " + "x".repeat(4000) + "\r\n\r\n";
    byte[] some =
        ("GET /observe/metrics HTTP/1.1\r\nHost: a\r\n" + padding).repeat(100).getBytes(ISO_8859_1);
    AtomicLong sent = new AtomicLong();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort())) {
      Thread writer = new Thread(() -> write(client, some, sent));
      writer.start();

      assertThat(standstill(sent)).isLessThan(MOST);
      assertThat(gateway.observe("/health/live").statusCode()).isEqualTo(200);
    }
  }

  /** Writes for as long as somebody reads. */
  private static void write(Socket client, byte[] bytes, AtomicLong sent) {
    try {
      while (sent.get() < MOST) {
        client.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Waits until a number has stopped growing, and returns it. */
  private static long standstill(AtomicLong number) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> before.getAndSet(number.get()) == before.get());
    return before.get();
  }
}
