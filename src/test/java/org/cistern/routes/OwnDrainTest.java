package org.cistern.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route on a path of its own has answered when the gateway goes down. */
class OwnDrainTest {

  private static final int LONG = 20_000_000;

  @TempDir Path folder;

  @Test
  void aClientThatReadsSlowlyGetsAllOfTheAnswer() throws IOException {
    GatewayUnderTest gateway = start();
    try (Socket client = ask(gateway.port())) {
      assertThat(client.getInputStream().read()).isPositive();
      CompletableFuture<Void> down = CompletableFuture.runAsync(gateway::close);
      await().during(Duration.ofSeconds(1)).until(() -> !down.isDone());

      assertThat(client.getInputStream().readAllBytes().length).isGreaterThan(LONG);
      down.join();
    }
  }

  private GatewayUnderTest start() {
    RouteFolder routes = RouteFolder.copyIn(folder);
    routes.write(
        "long",
        """
        - route:
            id: long
            from:
              uri: platform-http:/long
              steps:
                - bean: {beanType: '%s'}
        """
            .formatted(Talking.class.getName()));
    return GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private static Socket ask(int port) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(16 * 1024);
    client.setSoTimeout(20_000);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    client
        .getOutputStream()
        .write("GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
    return client;
  }

  /** A step with a long answer. */
  public static final class Talking {

    /** Returns it. */
    public static String answer() {
      return "x".repeat(LONG);
    }
  }
}
