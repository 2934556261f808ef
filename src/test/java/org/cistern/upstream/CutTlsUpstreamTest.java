package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.RawClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that break off inside the body over TLS and over HTTP/2: the client sees it. */
class CutTlsUpstreamTest {

  private static final String CUT_AND_CACHEABLE =
      "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n";

  @TempDir static Path certificates;
  private static FakeCertificate localhost;

  @TempDir Path folder;

  @BeforeAll
  static void makeCertificate() {
    localhost = FakeCertificate.make(certificates, "localhost");
  }

  private GatewayUnderTest gateway(int port, boolean http2) {
    return GatewayUnderTest.in(folder)
        .upstream("https://localhost:" + port)
        .with("CISTERN_UPSTREAM_TLS_CA", localhost.certificate().toString())
        .with("CISTERN_UPSTREAM_HTTP2", String.valueOf(http2))
        .start();
  }

  private static void assertCut(GatewayUnderTest gateway, String path) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (RawClient client = new RawClient(gateway.port())) {
        assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aBodyThatIsCutOverTlsResetsItsClientAndIsNotKept() throws IOException {
    ServerSocket server =
        localhost
            .server(null)
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (FakeUpstream origin =
            FakeUpstream.playing(
                server,
                connection -> {
                  boolean chunked = connection.readHead().startsWith("GET /chunked ");
                  connection.write(
                      CUT_AND_CACHEABLE
                          + (chunked
                              ? "Transfer-Encoding: chunked\r\n\r\n14\r\n0123456789"
                              : "Content-Length: 20\r\n\r\n0123456789"));
                  connection.rest(50);
                });
        GatewayUnderTest gateway = gateway(origin.port(), false)) {
      assertCut(gateway, "/length");
      assertCut(gateway, "/chunked");
      assertThat(origin.accepted()).isEqualTo(4);
    }
  }

  @Test
  void aStreamThatIsResetInItsBodyResetsItsClientAndIsNotKept() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setSsl(true)
                      .setUseAlpn(true)
                      .setKeyCertOptions(
                          new PfxOptions()
                              .setPath(localhost.store().toString())
                              .setPassword("changeit")))
              .requestHandler(
                  request -> {
                    asked.incrementAndGet();
                    cut(vertx, request);
                  });
      server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
      try (GatewayUnderTest gateway = gateway(server.actualPort(), true)) {
        assertCut(gateway, "/stream");
        assertThat(asked).hasValue(2);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void cut(Vertx vertx, HttpServerRequest request) {
    request.response().putHeader("cache-control", "max-age=600");
    request.response().write(Buffer.buffer("0123456789"));
    vertx.setTimer(50, later -> request.response().reset(2));
  }
}
