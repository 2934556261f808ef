package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin an upload and do not go on with it. */
class SlowUploadTest {

  /** More than open the breaker within its window. */
  private static final int CLIENTS = 25;

  @Test
  void clientsThatKeepTheirBodiesBackGet408AndShutNobodyElseOut(@TempDir Path folder)
      throws IOException {
    try (FakeUpstream origin = FakeUpstream.playing(SlowUploadTest::answerGets);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .with("CISTERN_UPSTREAM_IDLE_TIMEOUT", "200ms")
                .start()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = new RawClient(gateway.port());
        client.begin("POST", "/up", "Content-Length: 10\r\n");
        client.write(new byte[] {'x'});
        clients.add(client);
      }
      for (RawClient client : clients) {
        RawClient.Response answer = client.answer("POST");
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("connection")).isEqualTo("close");
        client.close();
      }

      assertThat(gateway.get("/down").body()).isEqualTo("hello");
      assertThat(gateway.metrics()).doesNotContain("breaker-open", "health-suspect");
    }
  }

  private static void answerGets(FakeConnection connection) throws IOException {
    while (connection.readHead().startsWith("GET ")) {
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    }
    connection.awaitClose();
  }
}
