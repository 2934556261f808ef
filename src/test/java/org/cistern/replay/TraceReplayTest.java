package org.cistern.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.Bodies;
import org.cistern.faults.Figures;
import org.cistern.faults.RawClient;
import org.cistern.faults.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop's product pages in the order in which they were asked for, beside what the trace alone
 * tells of a cache that forgets nothing, of one that forgets by recency, and of the best there can
 * be.
 */
class TraceReplayTest {

  private static final int BODY = 1000;
  private static final int ENTRIES = 1000;
  private static final int WEB07 = 76_118;

  private final AtomicInteger fetched = new AtomicInteger();

  @Test
  void eachObjectIsFetchedOnceAndMemoryDoesBetterThanByRecencyAlone(@TempDir Path folder)
      throws IOException {
    int[] trace = trace();
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything("cache_ttl: 12h"))
                .with("CACHE_L1_MAX_SIZE", Integer.toString(ENTRIES))
                .start()) {
      replay(trace, gateway.port());
      judge(trace, gateway.metrics());
    }
  }

  private void judge(int[] trace, String metrics) {
    int distinct = (int) IntStream.of(trace).distinct().count();
    double all = 100.0 * (trace.length - fetched.get()) / trace.length;
    double memory = 100.0 * hits(metrics, "l1") / trace.length;
    double lru = Offline.lru(trace, ENTRIES);
    double optimum = Offline.optimum(trace, ENTRIES);
    Figures.report(
        "web07: %d requests, %d distinct, %d upstream requests; all tiers %.1f%% (of %.1f%%), L1"
            + " of %d entries %.1f%% (LRU %.1f%%, optimum %.1f%%), L3 %.1f%%",
        trace.length,
        distinct,
        fetched.get(),
        all,
        Offline.everything(trace),
        ENTRIES,
        memory,
        lru,
        optimum,
        100.0 * hits(metrics, "l3") / trace.length);
    assertThat(fetched).hasValue(distinct);
    assertThat(all).isEqualTo(Offline.everything(trace));
    assertThat(memory).isLessThanOrEqualTo(optimum);
    if (trace.length == WEB07) {
      assertBars(all, memory, lru, optimum);
    }
  }

  /** The numbers of the one trace that this was written for, whole. */
  private static void assertBars(double all, double memory, double lru, double optimum) {
    assertThat(all).isCloseTo(73.1, within(0.05));
    assertThat(lru).isCloseTo(50.4, within(0.05));
    assertThat(optimum).isCloseTo(63.6, within(0.05));
    assertThat(memory).isGreaterThanOrEqualTo(52);
  }

  private static long hits(String metrics, String tier) {
    return Figures.metric(
        metrics, "cistern_tier_lookups_total", "tier=\"" + tier + "\"", "result=\"hit\"");
  }

  private static int[] trace() throws IOException {
    Path file = TestData.file("web07.trace");
    assumeThat(file).as("%s is not there: not replayed", file).exists();
    int[] trace = new int[(int) (Files.size(file) / Integer.BYTES)];
    ByteBuffer.wrap(Files.readAllBytes(file)).asIntBuffer().get(trace);
    return Arrays.copyOf(trace, Math.min(trace.length, Figures.pick(trace.length, 5000)));
  }

  private static void replay(int[] trace, int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      for (int object : trace) {
        String path = "/product/" + object;
        if (!Arrays.equals(client.get(path).body(), Bodies.of(path, BODY))) {
          throw new EOFException("a wrong body of " + path);
        }
      }
    }
  }

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      fetched.incrementAndGet();
      Bodies.respond(connection, 200, "", Bodies.of(Bodies.path(head), BODY));
    }
  }
}
