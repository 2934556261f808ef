package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away while an upstream works for them alone. */
class LeavingClientTest {

  @Test
  void theUpstreamOfAClientThatWentAwaySeesItsConnectionClosedAndNoOtherIsAsked(
      @TempDir Path folder) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeUpstream slow =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  asked.countDown();
                  connection.awaitClose();
                });
        FakeUpstream other = FakeUpstream.hung();
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + slow.port())
                .with("CISTERN_UPSTREAM_FALLBACK_URL", "http://127.0.0.1:" + other.port())
                .start()) {
      ask(gateway, asked);
      await().until(() -> slow.open() == 0);
      assertThat(slow.accepted()).isEqualTo(1);
      assertThat(other.accepted()).isZero();
    }
  }

  @Test
  void aClientThatLeftWhileATierWasAskedIsNotAskedForAtAll(@TempDir Path folder) throws Exception {
    RouteFolder routes = RouteFolder.copyIn(folder).before("api", "fetch", HeldStep.yaml());
    try (RecordingUpstream origin = RecordingUpstream.cacheable();
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start()) {
      HeldStep.hold();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        String request = "DELETE /left HTTP/1.1\r\nHost: a\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        HeldStep.awaitRequest();
      }
      await().until(() -> gateway.metrics().contains("cistern_connections 0.0"));
      HeldStep.letGo();
      await().until(() -> gateway.metrics().contains("cistern_requests_active 0.0"));

      assertThat(origin.asked()).isZero();
    }
  }

  private static void ask(GatewayUnderTest gateway, CountDownLatch asked)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      String request = "DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
