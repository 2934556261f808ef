package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write through the gateway while a fetch of the same thing is under way. */
class PurgeDuringFlightTest {

  private static final int LENGTH = 4000;

  /** How the origin waits in the middle of its first answer to a path. */
  private record Held(CountDownLatch reached, CountDownLatch release) {
    Held() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }
  }

  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> versions = new ConcurrentHashMap<>();

  @Test
  void whoAsksAfterTheWriteGetsNothingOfBefore(@TempDir Path folder) throws Exception {
    int tries = Figures.pick(1000, 200);
    int old = 0;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything("cache_ttl: 1h"))
                .start()) {
      for (int i = 0; i < tries; i++) {
        old += attempt(gateway.port(), i, threads);
      }
    } finally {
      threads.shutdownNow();
    }
    Figures.report("purge during a flight: %d tries, %d old bodies after the purge", tries, old);
    assertThat(old).isZero();
  }

  /** Returns how many who asked after the write were shown what was before. */
  private int attempt(int port, int number, ExecutorService threads) throws Exception {
    String path = "/" + (number % 2 == 0 ? "head" : "body") + "/" + number;
    Held hold = new Held();
    held.put(path, hold);
    versions.put(path, new AtomicInteger(1));
    Future<Integer> leader = threads.submit(() -> version(port, path));
    hold.reached.await();
    Future<Integer> follower = threads.submit(() -> version(port, path));
    if (number % 3 == 0) {
      hold.release.countDown();
    }
    assertThat(put(port, path)).isEqualTo(204);
    CompletableFuture<Integer> after = new CompletableFuture<>();
    threads.execute(() -> complete(after, port, path));
    if (number % 3 == 1) {
      hold.release.countDown();
    }
    int shown = after.get();
    hold.release.countDown();
    leader.get();
    follower.get();
    return (shown < 2 ? 1 : 0) + (version(port, path) < 2 ? 1 : 0);
  }

  private static void complete(CompletableFuture<Integer> future, int port, String path) {
    try {
      future.complete(version(port, path));
    } catch (IOException e) {
      future.completeExceptionally(e);
    }
  }

  private static int version(int port, String path) throws IOException {
    try (RawClient client = new RawClient(port)) {
      RawClient.Response response = client.get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).hasSize(LENGTH);
      return Integer.parseInt(response.text().substring(0, 8).strip());
    }
  }

  private static int put(int port, String path) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.ask("PUT", path, "Content-Length: 0\r\n").status();
    }
  }

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      String path = Bodies.path(head);
      AtomicInteger version = versions.getOrDefault(path, new AtomicInteger());
      if (Bodies.method(head).equals("PUT")) {
        version.incrementAndGet();
        connection.write("HTTP/1.1 204 No Content\r\n\r\n");
      } else {
        show(connection, path, version.get());
      }
    }
  }

  private void show(FakeConnection connection, String path, int version) throws IOException {
    byte[] body = String.format("%-" + LENGTH + "d", version).getBytes(ISO_8859_1);
    Held hold = held.remove(path);
    if (hold != null && path.startsWith("/head")) {
      await(hold);
    }
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
    connection.write(new String(body, 0, 1000, ISO_8859_1));
    if (hold != null && path.startsWith("/body")) {
      await(hold);
    }
    connection.write(new String(body, 1000, LENGTH - 1000, ISO_8859_1));
  }

  private static void await(Held hold) {
    hold.reached.countDown();
    try {
      hold.release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
