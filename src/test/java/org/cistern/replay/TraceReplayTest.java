package org.cistern.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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

/** A shop's product pages in the order in which they were asked for. */
class TraceReplayTest {

  private static final int BODY = 1000;

  private final AtomicInteger fetched = new AtomicInteger();

  @Test
  void eachObjectIsFetchedOnceAndMemoryDoesBetterThanByRecencyAlone(@TempDir Path folder)
      throws IOException {
    int[] trace = trace();
    Set<Integer> distinct = new HashSet<>();
    IntStream.of(trace).forEach(distinct::add);
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything("cache_ttl: 12h"))
                .with("CACHE_L1_MAX_SIZE", "1000")
                .start()) {
      replay(trace, gateway.port());
      judge(trace.length, distinct.size(), gateway.metrics());
    }
  }

  private void judge(int requests, int distinct, String metrics) {
    double all = 100.0 * (requests - fetched.get()) / requests;
    double memory = 100.0 * hits(metrics, "l1") / requests;
    Figures.report(
        "web07: %d requests, %d distinct, %d upstream requests; all tiers %.1f%%, L1 %.1f%%,"
            + " L3 %.1f%%",
        requests, distinct, fetched.get(), all, memory, 100.0 * hits(metrics, "l3") / requests);
    assertThat(fetched).hasValue(distinct);
    if (Figures.full()) {
      assertThat(memory).isGreaterThanOrEqualTo(52);
    }
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
