package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes behind a response must never become somebody's answer. */
class SurplusBytesTest {

  private static final String POISON =
      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nCache-Control: no-store\r\n\r\npoison";

  @Test
  void aResponseThatStandsBehindAnotherOneReachesNobody(@TempDir Path folder) throws Exception {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (connection.readHead().startsWith("GET")) {
                    connection.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nCache-Control: no-store\r\n\r\ngood"
                            + POISON);
                  }
                });
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .with("CISTERN_UPSTREAM_MAX_CONNECTIONS", "2")
                .start()) {
      ExecutorService clients = Executors.newFixedThreadPool(16);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String path = "/p/" + i;
        answers.add(CompletableFuture.supplyAsync(() -> gateway.get(path), clients));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().body()).isEqualTo("good");
      }
      clients.shutdownNow();
    }
  }
}
