package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An upstream that breaks off inside the body, at every tenth byte of it, or goes silent there,
 * while one who asked first and three who joined wait for the rest. Where only the end of the
 * connection ends the body, nobody can tell an orderly end from a cut; a rule that must not keep
 * such a part says {@code close_delimited: skip}. A reset is seen there too.
 */
class CutUpstreamTest {

  private static final int STEP = 10;
  static final int LENGTH = Figures.pick(20_000, 1_000);
  private static final int WAITING = 4;
  private static final int AT_ONCE = 10;

  /**
   * The gateway waits so long for the next byte; a client, ever so much longer, is never reached.
   */
  private static final String IDLE_TIMEOUT = "1s";

  private static final int HANGS_SECONDS = 30;

  private final Map<String, CountDownLatch> releases = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void aCutBodyResetsAllWhoWaitForItAndIsNeverKept(Framing framing) throws Exception {
    int cuts = 0;
    try (FakeUpstream origin = FakeUpstream.playing(connection -> answer(connection, framing));
        GatewayUnderTest gateway = gateway(origin, framing)) {
      for (int from = 0; from < LENGTH; from += AT_ONCE * STEP) {
        cuts += breakOff(gateway, "/cut/", from, framing);
      }
    }
    Figures.report(
        "upstream cut, %s: %d cuts of %d bytes, %d waiting at each, 0 parts kept, %s",
        framing,
        cuts,
        LENGTH,
        WAITING,
        framing == Framing.CLOSE ? "by close_delimited: skip" : "leaders and followers reset");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESET")
  void aBodyThatStopsComingResetsAllWhoWaitForItAtTheTimeOut(Framing framing) throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(connection -> answer(connection, framing));
        GatewayUnderTest gateway = gateway(origin, framing)) {
      int stops = breakOff(gateway, "/hang/", LENGTH / 2, framing);
      Figures.report(
          "upstream silent in mid-body, %s: %d times, %d waiting at each, all reset at the time-out"
              + " of %s, 0 parts kept",
          framing, stops, WAITING, IDLE_TIMEOUT);
    }
  }

  private GatewayUnderTest gateway(FakeUpstream origin, Framing framing) {
    return GatewayUnderTest.in(folder)
        .upstream("http://127.0.0.1:" + origin.port())
        .rules(Rules.everything("close_delimited: " + framing.rule()))
        .with("CISTERN_UPSTREAM_IDLE_TIMEOUT", IDLE_TIMEOUT)
        .start();
  }

  /** Breaks off some bodies at once, from this byte on, and returns how many. */
  private int breakOff(GatewayUnderTest gateway, String kind, int from, Framing framing)
      throws Exception {
    Map<String, List<Future<RawClient.Response>>> clients = new ConcurrentHashMap<>();
    CountDownLatch release = new CountDownLatch(1);
    long before = waiting(gateway);
    for (int at = from; at < Math.min(LENGTH, from + AT_ONCE * STEP); at += STEP) {
      String path = kind + at;
      releases.put(path, release);
      clients.put(path, ask(gateway.port(), path));
    }
    long all = before + (long) clients.size() * WAITING;
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> waiting(gateway) == all);
    release.countDown();
    for (Map.Entry<String, List<Future<RawClient.Response>>> one : clients.entrySet()) {
      assertReset(one.getKey(), one.getValue(), kind.equals("/cut/"), framing);
      assertNothingKept(get(gateway.port(), one.getKey()), one.getKey(), framing);
    }
    return clients.size();
  }

  private List<Future<RawClient.Response>> ask(int port, String path) {
    List<Future<RawClient.Response>> waiting = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      waiting.add(threads.submit(() -> get(port, path)));
    }
    return waiting;
  }

  private static void assertReset(
      String path, List<Future<RawClient.Response>> clients, boolean cut, Framing framing)
      throws Exception {
    for (Future<RawClient.Response> client : clients) {
      Framing.Outcome outcome = outcome(client, path);
      boolean right = cut ? framing.allows(outcome) : framing.allowsInSilence(outcome);
      assertThat(right).as("%s %s: %s", framing, path, outcome).isTrue();
    }
  }

  private static void assertNothingKept(RawClient.Response after, String path, Framing framing) {
    if (framing != Framing.RESET) {
      assertThat(after.header("cache-status")).doesNotContain("hit");
    }
    assertThat(after.body()).isEqualTo(Bodies.of(path, LENGTH));
  }

  /** Returns what a client saw; one that hangs on past every time-out is no outcome. */
  private static Framing.Outcome outcome(Future<RawClient.Response> one, String path)
      throws Exception {
    try {
      RawClient.Response response = one.get(HANGS_SECONDS, TimeUnit.SECONDS);
      if (response.status() >= 500) {
        return Framing.Outcome.FAILURE;
      }
      return Arrays.equals(response.body(), Bodies.of(path, LENGTH))
          ? Framing.Outcome.WHOLE
          : Framing.Outcome.PART;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
      return Framing.Outcome.FAILURE;
    }
  }

  /** Counts who has come: one starts a flight, another joins it. */
  private static long waiting(GatewayUnderTest gateway) {
    String metrics = gateway.metrics();
    return Figures.metric(metrics, "cistern_flights_total", "event=\"joined\"")
        + Figures.metric(metrics, "cistern_flights_total", "event=\"started\"")
        + Figures.metric(metrics, "cistern_flights_total", "event=\"alone");
  }

  private static RawClient.Response get(int port, String path) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.get(path);
    }
  }

  private void answer(FakeConnection connection, Framing framing) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      String path = Bodies.path(head);
      String body = new String(Bodies.of(path, LENGTH), ISO_8859_1);
      CountDownLatch release = releases.remove(path);
      if (release != null) {
        await(release);
        int at = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        connection.write(framing.part(body, at));
        end(connection, path, framing);
        return;
      }
      connection.write(framing.whole(body));
      if (framing.closes()) {
        return;
      }
    }
  }

  private static void end(FakeConnection connection, String path, Framing framing)
      throws IOException {
    if (path.startsWith("/hang")) {
      connection.awaitClose();
    } else if (framing == Framing.RESET) {
      connection.reset();
    }
  }

  private static void await(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
