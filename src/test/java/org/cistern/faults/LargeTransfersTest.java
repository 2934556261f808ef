package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies many times as large as the heap of the gateway that they pass. What is in use after each
 * collection, from the first byte to the last, stays within a bound above what was alive before.
 */
class LargeTransfersTest {

  private static final int MEGA = 1 << 20;
  private static final byte[] BLOCK = Bodies.of("/block", MEGA);
  private static final int FOLLOWERS = 10;

  /** In MB: all fills together may hold a quarter of the heap; then there are the windows. */
  private static final int GROWTH = 40;

  @TempDir Path folder;

  private final AtomicInteger fills = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private FakeUpstream origin;
  private GatewayProcess gateway;
  private Heap heap;

  @BeforeEach
  void start() {
    origin = FakeUpstream.playing(this::answer);
    gateway =
        GatewayProcess.launch(
                folder,
                FreePort.pick(),
                List.of(),
                List.of("-Xmx128m", Heap.option(folder)),
                Map.of(
                    "CISTERN_UPSTREAM_URL",
                    "http://127.0.0.1:" + origin.port(),
                    "CISTERN_RULES_FILE",
                    Rules.file(folder, Rules.everything("max_size: 200MB"))))
            .awaitUp();
    heap = new Heap(gateway, folder);
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  @Test
  void aDownloadAndAnUploadPassUnharmedThroughASmallHeap() throws Exception {
    int down = Figures.pick(2048, 200);
    int up = Figures.pick(1024, 100);
    long before = heap.live();
    int collections = heap.collections();
    assertThat(download("/down/" + down)).isEqualTo(checksum(down));
    assertThat(upload(up)).isEqualTo(Long.toString(checksum(up)));
    assertBounded(before, collections, down + " MB down and " + up + " MB up");
  }

  @Test
  void aLargeFillWithTenFollowersIsOneUpstreamRequest() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    long before = heap.live();
    int collections = heap.collections();
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i <= FOLLOWERS; i++) {
      all.add(threads.submit(() -> download("/fill/100")));
    }
    Awaitility.await().until(() -> joined() == FOLLOWERS);
    release.countDown();
    for (Future<Long> one : all) {
      assertThat(one.get()).isEqualTo(checksum(100));
    }
    threads.shutdownNow();
    assertThat(fills).hasValue(1);
    assertBounded(
        before, collections, "100 MB cacheable fill, 1 upstream request, " + FOLLOWERS + " joined");
  }

  private void assertBounded(long before, int collections, String what) throws Exception {
    int meanwhile = heap.collections() - collections;
    long fullest = heap.fullest(collections);
    long after = heap.live();
    Figures.report(
        "large: %s with -Xmx128m, checksums equal; heap alive %d MB before, %d MB after; in use"
            + " after the fullest of %d collections meanwhile %d MB; resident at most %s",
        what, before, after, meanwhile, fullest, heap.resident());
    assertThat(gateway.isAlive()).isTrue();
    assertThat(gateway.output()).doesNotContain("OutOfMemory");
    assertThat(fullest).isPositive().isLessThanOrEqualTo(before + GROWTH);
    assertThat(after).isLessThanOrEqualTo(before + GROWTH);
  }

  private long joined() throws IOException {
    return Figures.metric(gateway.metrics(), "cistern_flights_total", "event=\"joined\"");
  }

  private long download(String path) throws IOException {
    CRC32 sum = new CRC32();
    try (RawClient client = new RawClient(gateway.port())) {
      client.begin("GET", path, "");
      assertThat(client.answer("GET", (bytes, length) -> sum.update(bytes, 0, length)).status())
          .isEqualTo(200);
    }
    return sum.getValue();
  }

  private String upload(int megabytes) throws IOException {
    try (RawClient client = new RawClient(gateway.port())) {
      client.begin("POST", "/up", "Content-Length: " + (long) megabytes * MEGA + "\r\n");
      for (int i = 0; i < megabytes; i++) {
        client.write(BLOCK);
      }
      return client.answer("POST").text();
    }
  }

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      String path = Bodies.path(head);
      if (path.equals("/up")) {
        Bodies.respond(connection, 200, "", received(connection, head).getBytes(ISO_8859_1));
      } else {
        send(connection, path);
      }
    }
  }

  private void send(FakeConnection connection, String path) throws IOException {
    long megabytes = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    boolean kept = path.startsWith("/fill");
    if (kept) {
      fills.incrementAndGet();
      await();
    }
    connection.write(
        "HTTP/1.1 200 OK\r\nCache-Control: "
            + (kept ? "max-age=600" : "no-store")
            + "\r\nContent-Length: "
            + megabytes * MEGA
            + "\r\n\r\n");
    for (long i = 0; i < megabytes; i++) {
      connection.write(BLOCK);
    }
  }

  private static String received(FakeConnection connection, String head) throws IOException {
    CRC32 sum = new CRC32();
    String lower = head.toLowerCase(Locale.ROOT);
    int from = lower.indexOf("content-length: ") + 16;
    long left = Long.parseLong(head.substring(from, head.indexOf("\r\n", from)).strip());
    while (left > 0) {
      byte[] part = connection.read((int) Math.min(left, MEGA)).getBytes(ISO_8859_1);
      if (part.length == 0) {
        return "the request was cut";
      }
      sum.update(part);
      left -= part.length;
    }
    return Long.toString(sum.getValue());
  }

  private static long checksum(int megabytes) {
    CRC32 sum = new CRC32();
    for (int i = 0; i < megabytes; i++) {
      sum.update(BLOCK);
    }
    return sum.getValue();
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
