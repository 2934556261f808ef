package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many who ask for the same thing at once while nobody has it. */
class ColdRushTest {

  private static final int CLIENTS = 2000;

  @Test
  void twoThousandAtOnceCauseOneUpstreamRequestAndAllAreAnswered(@TempDir Path folder) {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(1);
    byte[] body = Bodies.of("/cold", 20_000);
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (!connection.readHead().isEmpty()) {
                    asked.incrementAndGet();
                    awaitAll(all);
                    Bodies.respond(connection, 200, "Cache-Control: max-age=60\r\n", body);
                  }
                });
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder).upstream("http://127.0.0.1:" + origin.port()).start()) {
      Crowd crowd = new Crowd(gateway.port(), body);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> joined(gateway) == CLIENTS - 1);
      all.countDown();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> crowd.right.get() + crowd.wrong.get() == CLIENTS);
      Figures.report(
          "cold rush: %d simultaneous requests, %d upstream request(s), %d right answers, %d"
              + " others",
          CLIENTS, asked.get(), crowd.right.get(), crowd.wrong.get());
      assertThat(asked).hasValue(1);
      assertThat(crowd.right).hasValue(CLIENTS);
      crowd.vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static long joined(GatewayUnderTest gateway) {
    return Figures.metric(gateway.metrics(), "cistern_flights_total", "event=\"joined\"");
  }

  private static void awaitAll(CountDownLatch all) {
    try {
      all.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clients with a connection each. */
  private static final class Crowd {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    Crowd(int port, byte[] body) {
      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions().setDefaultPort(port).setDefaultHost("localhost"),
              new PoolOptions().setHttp1MaxSize(CLIENTS));
      for (int i = 0; i < CLIENTS; i++) {
        client
            .request(HttpMethod.GET, "/cold")
            .compose(HttpClientRequest::send)
            .compose(HttpClientResponse::body)
            .onSuccess(
                got -> (Arrays.equals(got.getBytes(), body) ? right : wrong).incrementAndGet())
            .onFailure(cause -> wrong.incrementAndGet());
      }
    }
  }
}
