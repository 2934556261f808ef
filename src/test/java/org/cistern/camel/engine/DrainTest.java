package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.cistern.Cistern;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a gateway that goes down. */
class DrainTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private Path folder;

  @Test
  void aSignalUnderLoadFailsNoRequestThatWasAccepted() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    int port = FreePort.pick();
    try (FakeUpstream origin =
        FakeUpstream.playing(
            connection -> {
              while (!connection.readHead().isEmpty()) {
                connection.rest(5);
                connection.write(OK);
              }
            })) {
      Process process = start(port, origin.port());
      await().atMost(Duration.ofSeconds(30)).until(() -> accepts(port));
      List<Thread> clients = new ArrayList<>();
      CountDownLatch busy = new CountDownLatch(200);
      for (int i = 0; i < 8; i++) {
        Thread client = new Thread(() -> load(port, answered, failed, busy));
        clients.add(client);
        client.start();
      }
      assertThat(busy.await(20, TimeUnit.SECONDS))
          .as(() -> seen(process, answered, failed))
          .isTrue();
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      for (Thread client : clients) {
        client.join(10_000);
      }
    }
    assertThat(answered).hasValueGreaterThanOrEqualTo(200);
    assertThat(failed).hasValue(0);
  }

  @Test
  void readinessGoesDownBeforeThePortDoes() {
    try (FakeUpstream origin = FakeUpstream.answering(OK)) {
      GatewayUnderTest gateway =
          GatewayUnderTest.in(folder)
              .upstream("http://localhost:" + origin.port())
              .with("CISTERN_DRAIN_DELAY", "5s")
              .start();
      CompletableFuture<Void> down = CompletableFuture.runAsync(gateway::close);
      await().until(() -> gateway.observe("/health/ready").statusCode() == 503);

      assertThat(gateway.get("/x").body()).isEqualTo("ok");
      assertThat(gateway.get("/x").headers().firstValue("connection")).contains("close");
      down.join();
    }
  }

  /** Camel's own limit for a shutdown is 5 s. */
  @Test
  void aRequestThatTakesLongerThanCamelWaitsIsAnsweredWithinTheTimeOfTheDrain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    int port = FreePort.pick();
    try (FakeUpstream origin =
        FakeUpstream.playing(
            connection -> {
              connection.readHead();
              asked.countDown();
              connection.rest(6_500);
              connection.write(OK);
            })) {
      Process process = start(port, origin.port());
      await().atMost(Duration.ofSeconds(60)).until(() -> accepts(port));
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> askOnce(port));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      process.destroy();
      assertThat(answer.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200 ").endsWith("ok");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String askOnce(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return ask(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(int port, int upstream) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Cistern.class.getName());
    builder.environment().put("CISTERN_PORT", String.valueOf(port));
    builder.environment().put("CISTERN_MANAGEMENT_PORT", "0");
    builder.environment().put("CACHE_L3_ENABLED", "false");
    builder.environment().put("CISTERN_UPSTREAM_URL", "http://localhost:" + upstream);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private String seen(Process process, AtomicInteger answered, AtomicInteger failed) {
    try {
      return "alive %s, answered %s, failed %s: %s"
          .formatted(process.isAlive(), answered, failed, Files.readString(folder.resolve("log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Asks until nobody listens any more. */
  private static void load(
      int port, AtomicInteger answered, AtomicInteger failed, CountDownLatch busy) {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        Predicate<String> last = head -> head.contains("connection: close");
        while (!last.test(ask(socket))) {
          answered.incrementAndGet();
          busy.countDown();
        }
        answered.incrementAndGet();
      } catch (ConnectException nobodyListens) {
        return;
      } catch (IOException | IllegalStateException broken) {
        failed.incrementAndGet();
      }
    }
  }

  private static String ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    StringBuilder text = new StringBuilder();
    int c;
    while (!text.toString().endsWith("\r\n\r\nok")) {
      c = socket.getInputStream().read();
      if (c < 0) {
        throw new IllegalStateException("ended after: " + text);
      }
      text.append((char) c);
    }
    return text.toString();
  }
}
