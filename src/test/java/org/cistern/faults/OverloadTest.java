package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More requests for the upstream than may wait for it. */
class OverloadTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private static final int ASKERS = 60;

  @Test
  void whoCannotWaitIsToldWhenToComeAgainAndHitsGoOn(@TempDir Path folder) throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything("cache_ttl: 1h"))
                .with("CISTERN_UPSTREAM_MAX_CONNECTIONS", "1")
                .with("CISTERN_UPSTREAM_MAX_WAITING", "2")
                .start()) {
      gateway.get("/kept");
      ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
      List<Future<RawClient.Response>> all = new ArrayList<>();
      for (int i = 0; i < ASKERS; i++) {
        String path = "/slow/" + i;
        all.add(threads.submit(() -> ask(gateway, path)));
      }
      Awaitility.await().until(() -> all.stream().anyMatch(Future::isDone));
      assertThat(GatewayUnderTest.status(gateway.get("/kept"))).contains("hit");
      release.countDown();
      int refused = 0;
      for (Future<RawClient.Response> one : all) {
        refused += refused(one.get());
      }
      threads.shutdown();
      Figures.report(
          "overload: of %d with one connection and 2 waiting, %d got 503 with Retry-After, the"
              + " others 200; a hit went on meanwhile",
          ASKERS, refused);
      assertThat(refused).isBetween(1, ASKERS - 3);
    }
  }

  private static int refused(RawClient.Response response) {
    if (response.status() == 200) {
      return 0;
    }
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).isNotEmpty();
    return 1;
  }

  private static RawClient.Response ask(GatewayUnderTest gateway, String path) throws IOException {
    try (RawClient client = new RawClient(gateway.port())) {
      return client.get(path);
    }
  }

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      if (Bodies.path(head).startsWith("/slow")) {
        await();
      }
      Bodies.respond(connection, 200, "", new byte[100]);
    }
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
