package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that says nothing of itself, shows its upstream a certificate, and leaves at once. */
class DiscreetGatewayTest {

  @TempDir private Path folder;

  @Test
  void itShowsItsCertificateHidesItsCacheAndDoesNotWaitForHungCalls() throws IOException {
    FakeCertificate origin = FakeCertificate.make(folder, "localhost");
    FakeCertificate own = FakeCertificate.make(folder, "gateway");
    try (FakeUpstream upstream = asksForCertificate(origin, own)) {
      GatewayUnderTest gateway =
          GatewayUnderTest.in(folder)
              .with("CACHE_L3_ENABLED", "false")
              .with("CISTERN_CACHE_STATUS", "off")
              .with("CISTERN_DRAIN_TIMEOUT", "100ms")
              .with("CISTERN_UPSTREAM_TLS_CA", origin.certificate().toString())
              .with("CISTERN_UPSTREAM_TLS_CERT", own.certificate().toString())
              .with("CISTERN_UPSTREAM_TLS_KEY", own.key().toString())
              .upstream("https://localhost:" + upstream.port())
              .start();
      HttpResponse<String> response = gateway.get("/a");
      assertThat(response.body()).isEqualTo("ok");
      assertThat(response.headers().firstValue("Cache-Status")).isEmpty();

      CompletableFuture<HttpResponse<String>> hung =
          CompletableFuture.supplyAsync(() -> gateway.get("/hang"));
      await().until(() -> gateway.metrics().contains("cistern_requests_active 1.0"));
      CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
      // The drain of the default would take thirty seconds.
      await().atMost(Duration.ofSeconds(25)).until(closed::isDone);
      assertThat(hung.join().statusCode()).isEqualTo(503);
    }
  }

  private static FakeUpstream asksForCertificate(FakeCertificate own, FakeCertificate client)
      throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            own.server(client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    return FakeUpstream.playing(server, DiscreetGatewayTest::answer);
  }

  private static void answer(FakeConnection connection) throws IOException {
    String head = connection.readHead();
    while (!head.isEmpty() && !head.startsWith("GET /hang ")) {
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      head = connection.readHead();
    }
    connection.awaitClose();
  }
}
