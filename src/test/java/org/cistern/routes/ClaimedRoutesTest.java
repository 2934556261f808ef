package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that take a path away from the front door. */
class ClaimedRoutesTest {

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;
  private Path log;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    log = folder.resolve("access.log");
    Gate.reset();
    routes =
        RouteFolder.copyIn(folder)
            .write(
                "own",
                """
                - route:
                    id: own
                    from:
                      uri: platform-http:/own?matchOnUriPrefix=true
                      steps:
                        - bean: {beanType: '%s'}
                        - setBody: {expression: {constant: {expression: mine}}}
                """
                    .formatted(Gate.class.getName()));
  }

  @AfterEach
  void close() {
    Gate.open.countDown();
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder)
        .routes(routes.path())
        .upstream(origin.url())
        .with("CISTERN_ACCESS_LOG", log.toString())
        .start();
  }

  @Test
  void aTargetThatTwoServersMayReadInTwoWaysIsRefusedThereToo() {
    Gate.open.countDown();
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/own/a").body()).isEqualTo("mine");
      for (String target : List.of("/own/%2e%2e/a", "/own/..", "/own/a%5Cb", "/own/a%00b")) {
        assertThat(raw(gateway, target)).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  @Test
  void itsRequestsAreInTheAccessLog() {
    Gate.open.countDown();
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/own/a?b=1");
      await().until(() -> lines().size() == 1);
      raw(gateway, "/own/..");
      await().until(() -> lines().size() == 2);
    }
    assertThat(lines().get(0))
        .contains("\"path\":\"/own/a\"", "\"query\":\"b=1\"", "\"status\":200");
    assertThat(lines().get(1)).contains("\"status\":400", "\"reason\":\"refused\"");
  }

  @Test
  void aGatewayThatGoesDownWaitsForThem() throws Exception {
    GatewayUnderTest gateway = start();
    CompletableFuture<HttpResponse<String>> slow =
        CompletableFuture.supplyAsync(() -> gateway.get("/own/slow"));
    assertThat(Gate.entered.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> down = CompletableFuture.runAsync(gateway::close);
    await().until(() -> !accepts(gateway.port()));
    Gate.open.countDown();

    assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("mine");
    down.get(60, TimeUnit.SECONDS);
  }

  private List<String> lines() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException closed) {
      return false;
    }
  }

  private static String raw(GatewayUnderTest gateway, String target) {
    return gateway.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  /** A step that waits until it is let through. */
  public static final class Gate {

    static CountDownLatch entered = new CountDownLatch(1);
    static CountDownLatch open = new CountDownLatch(1);

    static void reset() {
      entered = new CountDownLatch(1);
      open = new CountDownLatch(1);
    }

    /** Waits. */
    public void pass(Exchange exchange) throws InterruptedException {
      entered.countDown();
      open.await(30, TimeUnit.SECONDS);
    }
  }
}
