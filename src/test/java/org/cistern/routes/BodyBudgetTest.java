package org.cistern.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bodies of many requests may hold together while they are collected. */
class BodyBudgetTest {

  private static final int SENT = 7_000_000;
  private static final int DECLARED = SENT + 1;
  private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n";

  private final List<Socket> clients = new ArrayList<>();
  private GatewayUnderTest gateway;

  @BeforeEach
  void start(@TempDir Path folder) {
    RouteFolder routes = RouteFolder.copyIn(folder);
    route(routes, "own", "", "log: {message: asked}");
    route(routes, "stepped", "?useBodyHandler=false", "to: {uri: 'cistern:body'}");
    gateway = GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private static void route(RouteFolder routes, String id, String options, String step) {
    routes.write(
        id,
        """
        - route:
            id: %s
            from:
              uri: platform-http:/%s%s
              steps:
                - %s
                - setBody: {constant: taken}
        """
            .formatted(id, id, options, step));
  }

  @AfterEach
  void stop() {
    leave();
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({"/own, text/plain", "/own, multipart/form-data; boundary=b", "/stepped, text/plain"})
  void whatGoesBeyondIs503UntilOthersHaveGone(String path, String type) throws IOException {
    long most = Runtime.getRuntime().maxMemory() / 8 / SENT + 1;
    for (long i = 0; i < most; i++) {
      begin(path, type);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> clients.stream().anyMatch(this::isAnswered));

    assertThat(answer()).startsWith("http/1.1 503 ").contains("\r\nretry-after: 1\r\n");
    leave();
    await().until(() -> gateway.send("POST", path, "x".repeat(SENT)).statusCode() == 200);
  }

  /** Sends all of a body but its last byte; an answer may come before. */
  private void begin(String path, String type) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    clients.add(client);
    String head =
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, type, DECLARED);
    String body = PART + "x".repeat(SENT - PART.length());
    try {
      client.getOutputStream().write((head + body).getBytes(ISO_8859_1));
    } catch (SocketException answered) {
      assertThat(isAnswered(client)).isTrue();
    }
  }

  private boolean isAnswered(Socket client) {
    try {
      return client.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer() throws IOException {
    Socket client = clients.stream().filter(this::isAnswered).findFirst().orElseThrow();
    byte[] some = client.getInputStream().readNBytes(client.getInputStream().available());
    return new String(some, ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  private void leave() {
    clients.forEach(BodyBudgetTest::close);
    clients.clear();
  }

  private static void close(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
