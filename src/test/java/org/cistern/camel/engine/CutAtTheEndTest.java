package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.routes.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests that are not over when the time of the drain is. */
class CutAtTheEndTest {

  private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";

  private static final String ROUTES =
      """
      - route:
          id: slow
          from:
            uri: platform-http:/slow
            steps:
              - delay: {expression: {constant: {expression: 600000}}}
      - route:
          id: nothing
          from:
            uri: platform-http:/
            steps:
              - to: {uri: 'log:nothing'}
      """;

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void oneWithoutAResponseGetsAProblemAndItIsSaidHowMany() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::hang);
        Log log = new Log()) {
      GatewayUnderTest gateway = gateway(origin).start();
      CompletableFuture<String> response = later(gateway, "/x");
      await().until(() -> asked.get() == 1);
      gateway.close();

      assertProblem(response);
      assertThat(log.text()).contains("requests cut off after 100 ms (cistern.drain-timeout): 1\n");
    }
  }

  @Test
  void oneWhoseResponseHasBegunBreaksOff() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::begin)) {
      GatewayUnderTest gateway = gateway(origin).start();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        client.setSoTimeout(20_000);
        client.getOutputStream().write(GET.formatted("/x").getBytes(US_ASCII));
        byte[] begun = client.getInputStream().readNBytes(12);
        gateway.close();

        assertThat(new String(begun, US_ASCII)).isEqualTo("HTTP/1.1 200");
        assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
            .contains("content-length: 100")
            .endsWith("\r\n\r\nbegun");
      }
    }
  }

  @Test
  void oneOverHttp2GetsTheProblemToo() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::hang)) {
      GatewayUnderTest gateway = gateway(origin).start();
      HttpRequest request = HttpRequest.newBuilder(gateway.uri("/x")).build();
      CompletableFuture<HttpResponse<String>> response =
          HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
      await().until(() -> asked.get() == 1);
      gateway.close();

      HttpResponse<String> got = response.get(20, TimeUnit.SECONDS);
      assertThat(got.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(got.statusCode()).isEqualTo(503);
      assertThat(got.body()).contains("Going down");
    }
  }

  @Test
  void oneOnAThreadOfARouteGetsTheProblemToo() throws Exception {
    Path routes = Files.createDirectory(folder.resolve("routes"));
    Files.writeString(routes.resolve("slow.camel.yaml"), ROUTES);
    try (FakeUpstream origin = FakeUpstream.playing(this::hang)) {
      GatewayUnderTest gateway = gateway(origin).routes(routes).start();
      CompletableFuture<String> response = later(gateway, "/slow");
      await().until(() -> gateway.metrics().contains("cistern_requests_active 1.0"));
      gateway.close();

      assertProblem(response);
    }
  }

  private GatewayUnderTest.Builder gateway(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .with("CISTERN_DRAIN_TIMEOUT", "100ms")
        .upstream("http://localhost:" + origin.port());
  }

  private static CompletableFuture<String> later(GatewayUnderTest gateway, String path) {
    return CompletableFuture.supplyAsync(() -> gateway.exchange(GET.formatted(path)));
  }

  private static void assertProblem(CompletableFuture<String> response) throws Exception {
    assertThat(response.get(20, TimeUnit.SECONDS))
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("connection: close")
        .contains("application/problem+json", "Going down");
  }

  private void hang(FakeConnection connection) throws IOException {
    if (!connection.readHead().isEmpty()) {
      asked.incrementAndGet();
      connection.awaitClose();
    }
  }

  private void begin(FakeConnection connection) throws IOException {
    connection.readHead();
    connection.write(
        "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 100\r\n\r\nbegun");
    asked.incrementAndGet();
    connection.awaitClose();
  }
}
