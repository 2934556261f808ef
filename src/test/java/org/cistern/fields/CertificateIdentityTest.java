package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who are known by the certificate of their connection. */
class CertificateIdentityTest {

  private static final String RULES =
      """
      rules:
      - id: certificate
        path_pattern: /**
        cache_ttl: 1h
        user_specific: true
        identity: [certificate, "header:Authorization", "cookie:sid"]
      """;

  @Test
  void anEntryBelongsToTheOneWhoseCertificateWasVerified(@TempDir Path folder) throws Exception {
    FakeCertificate own = FakeCertificate.make(folder, "localhost");
    FakeCertificate ann = FakeCertificate.make(folder, "ann");
    FakeCertificate bob = FakeCertificate.make(folder, "bob");
    try (Door door = door(folder, own, ann, bob)) {
      assertThat(ask(door, ann.server(own), "/mine")).contains("stored");
      assertThat(ask(door, ann.server(own), "/mine")).contains("hit");
      assertThat(ask(door, bob.server(own), "/mine")).contains("stored");
      assertThat(ask(door, FakeCertificate.make(folder, "nobody").server(own), "/mine"))
          .contains("not-stored=no-identity");

      // One client that speaks for several users: the certificate does not tell them apart.
      SSLContext both = ann.server(own);
      assertThat(ask(door, both, "/a", "Authorization", "Bearer a"))
          .contains("not-stored=authorization");
      assertThat(ask(door, both, "/a", "Authorization", "Bearer b")).doesNotContain("hit");
      assertThat(ask(door, both, "/b", "Cookie", "sid=a")).contains("not-stored=unknown-cookie");
      assertThat(ask(door, both, "/c", "X-API-Key", "a")).contains("not-stored=identified");
    }
  }

  private static Door door(Path folder, FakeCertificate own, FakeCertificate... clients)
      throws IOException {
    Path authorities = folder.resolve("clients.pem");
    StringBuilder all = new StringBuilder();
    for (FakeCertificate client : clients) {
      all.append(Files.readString(client.certificate()));
    }
    Files.writeString(authorities, all);
    return new Door(
        folder,
        RULES,
        "CISTERN_TLS_CERT",
        own.certificate().toString(),
        "CISTERN_TLS_KEY",
        own.key().toString(),
        "CISTERN_TLS_CLIENT_CA",
        authorities.toString());
  }

  /** A JDK client offers its certificate only to a server that names its authority. */
  private static String ask(Door door, SSLContext tls, String path, String... headers)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    URI uri = URI.create("https://localhost:" + door.gateway().port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return GatewayUnderTest.status(response);
  }
}
