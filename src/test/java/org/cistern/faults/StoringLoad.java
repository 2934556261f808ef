package org.cistern.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.fake.FakeConnection;

/** Clients who ask for ever new paths until the gateway is gone, and remember what came whole. */
final class StoringLoad {

  private static final int ASKERS = 8;

  private final Queue<String> whole = new ConcurrentLinkedQueue<>();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
  private final List<Future<?>> running = new ArrayList<>();
  private final int port;
  private final long seed;

  StoringLoad(int port, long seed) {
    this.port = port;
    this.seed = seed;
  }

  /** Answers as the origin of such clients. */
  static void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      Bodies.respond(connection, 200, "", body(Bodies.path(head)));
    }
  }

  /** Most are small; one in 64 is beyond what a row of the database holds. */
  private static byte[] body(String path) {
    int hash = Math.abs(path.hashCode() % 6400);
    return Bodies.of(path, hash % 64 == 0 ? 1_200_000 : hash);
  }

  static boolean isRight(String path, RawClient.Response response) {
    return response.status() == 200 && Arrays.equals(response.body(), body(path));
  }

  /** Returns once so many answers have come; the load goes on. */
  void run(int answers) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(answers);
    for (int i = 0; i < ASKERS; i++) {
      running.add(askers.submit(() -> ask(reached)));
    }
    reached.await();
  }

  private void ask(CountDownLatch reached) {
    try (RawClient client = new RawClient(port)) {
      while (true) {
        String path = "/" + seed + "/" + next.getAndIncrement();
        RawClient.Response response = client.get(path);
        wrong.addAndGet(isRight(path, response) ? 0 : 1);
        whole.add(path);
        reached.countDown();
      }
    } catch (IOException killed) {
      // What it was waiting for is over.
    }
  }

  /** Waits until the last client has seen that the gateway is gone. */
  void end() throws Exception {
    for (Future<?> one : running) {
      one.get();
    }
    askers.shutdownNow();
  }

  /** Returns the paths whose bodies came with their last byte. */
  Queue<String> whole() {
    return whole;
  }

  long seed() {
    return seed;
  }

  int wrong() {
    return wrong.get();
  }
}
