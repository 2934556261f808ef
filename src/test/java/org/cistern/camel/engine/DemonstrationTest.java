package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demonstration API is there whatever the front door speaks, and gone once there is a real one.
 */
class DemonstrationTest {

  @TempDir private Path folder;

  private GatewayUnderTest.Builder gateway() {
    return GatewayUnderTest.in(folder).with("CACHE_L3_ENABLED", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"routes", "the routes inside the program"})
  void anApiOfTheUsersHasItsPathToItself(String routes) {
    try (FakeUpstream origin =
            FakeUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nusers");
        GatewayUnderTest gateway =
            gateway()
                .routes(Path.of(routes))
                .upstream("http://localhost:" + origin.port())
                .start()) {
      assertThat(gateway.get("/demonstration/api/v1/models").body()).isEqualTo("users");
    }
  }

  @Test
  void itAnswersBehindTls() throws Exception {
    FakeCertificate own = FakeCertificate.make(folder, "localhost");
    try (GatewayUnderTest gateway =
        gateway()
            .with("CISTERN_TLS_CERT", own.certificate().toString())
            .with("CISTERN_TLS_KEY", own.key().toString())
            .start()) {
      HttpClient client = HttpClient.newBuilder().sslContext(own.server(own)).build();
      URI uri = URI.create("https://localhost:" + gateway.port() + "/api/v1/models");
      assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .contains("osprey-7b");
    }
  }

  @Test
  void itAnswersBehindTheProxyProtocolAndAnAddressThatIsNotLocalhost() throws IOException {
    try (GatewayUnderTest gateway =
            gateway()
                .with("CISTERN_HOST", "127.0.0.2")
                .with("CISTERN_PROXY_PROTOCOL", "true")
                .start();
        Socket client = new Socket("127.0.0.2", gateway.port())) {
      client.setSoTimeout(10_000);
      client
          .getOutputStream()
          .write(
              ("PROXY TCP4 198.51.100.7 127.0.0.2 4000 80\r\n"
                      + "GET /api/v1/models HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .getBytes(ISO_8859_1));
      assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200 ")
          .contains("osprey-7b");
    }
  }
}
