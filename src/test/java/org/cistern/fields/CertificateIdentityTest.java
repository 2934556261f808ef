package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
        identity: [certificate]
      """;

  @Test
  void anEntryBelongsToTheOneWhoseCertificateWasVerified(@TempDir Path folder) throws Exception {
    FakeCertificate own = FakeCertificate.make(folder, "localhost");
    FakeCertificate ann = FakeCertificate.make(folder, "ann");
    FakeCertificate bob = FakeCertificate.make(folder, "bob");
    try (Door door = door(folder, own, ann, bob)) {
      assertThat(ask(door, ann.server(own))).contains("stored");
      assertThat(ask(door, ann.server(own))).contains("hit");
      assertThat(ask(door, bob.server(own))).contains("stored");
      assertThat(ask(door, FakeCertificate.make(folder, "nobody").server(own)))
          .contains("not-stored=no-identity");
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
  private static String ask(Door door, javax.net.ssl.SSLContext tls) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    URI uri = URI.create("https://localhost:" + door.gateway().port() + "/mine");
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return GatewayUnderTest.status(response);
  }
}
