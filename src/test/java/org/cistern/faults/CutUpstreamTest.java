package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An upstream that breaks off inside the body, at every tenth byte of it. Where only the end of the
 * connection ends the body, nobody can tell an orderly end from a cut; a rule that must not keep
 * such a part says {@code close_delimited: skip}. A reset is seen there too.
 */
class CutUpstreamTest {

  private static final int LENGTH = 400;

  /** How the origin says where its body ends. */
  enum Framing {
    LENGTH("Content-Length: " + CutUpstreamTest.LENGTH, "", ""),
    CHUNKED(
        "Transfer-Encoding: chunked",
        Integer.toHexString(CutUpstreamTest.LENGTH) + "\r\n",
        "\r\n0\r\n\r\n"),
    CLOSE("Connection: close", "", ""),
    RESET("Connection: close", "", "");

    private final String head;
    private final String before;
    private final String after;

    Framing(String field, String before, String after) {
      this.head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n" + field + "\r\n\r\n";
      this.before = before;
      this.after = after;
    }

    private String rule() {
      return this == CLOSE ? "skip" : "store";
    }

    /**
     * A reset can take the head with it before it is read; the request is sent again then, and
     * answered whole.
     */
    private boolean allows(Outcome outcome) {
      return switch (this) {
        case CLOSE -> true;
        case RESET -> outcome != Outcome.PART;
        default -> outcome == Outcome.FAILURE;
      };
    }

    /** Whether the end of the connection ends the body, in order or not. */
    private boolean closes() {
      return this == CLOSE || this == RESET;
    }
  }

  private final Map<String, CountDownLatch> releases = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource
  void aCutBodyResetsAllWhoWaitForItAndIsNeverKept(Framing framing, @TempDir Path folder)
      throws Exception {
    int cuts = 0;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (FakeUpstream origin = FakeUpstream.playing(connection -> answer(connection, framing));
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything("close_delimited: " + framing.rule()))
                .start()) {
      for (int at = 0; at < LENGTH; at += 10) {
        cut(gateway, "/cut/" + at, threads, framing);
        cuts++;
      }
    } finally {
      threads.shutdownNow();
    }
    Figures.report(
        "upstream cut, %s: %d cuts, 0 parts kept, %s",
        framing,
        cuts,
        framing == Framing.CLOSE ? "by close_delimited: skip" : "leaders and followers reset");
  }

  private void cut(GatewayUnderTest gateway, String path, ExecutorService threads, Framing framing)
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    releases.put(path, release);
    long before = waiting(gateway);
    Future<RawClient.Response> leader = threads.submit(() -> get(gateway.port(), path));
    Future<RawClient.Response> follower = threads.submit(() -> get(gateway.port(), path));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> waiting(gateway) == before + 2);
    release.countDown();
    assertThat(framing.allows(outcome(leader, path))).as("leader %s %s", framing, path).isTrue();
    assertThat(framing.allows(outcome(follower, path))).as("other %s %s", framing, path).isTrue();
    RawClient.Response after = get(gateway.port(), path);
    if (framing != Framing.RESET) {
      assertThat(after.header("cache-status")).doesNotContain("hit");
    }
    assertThat(after.body()).isEqualTo(Bodies.of(path, LENGTH));
  }

  /** What a client saw. */
  private enum Outcome {
    WHOLE,
    PART,
    FAILURE
  }

  private static Outcome outcome(Future<RawClient.Response> one, String path)
      throws InterruptedException {
    try {
      RawClient.Response response = one.get();
      if (response.status() >= 500) {
        return Outcome.FAILURE;
      }
      return Arrays.equals(response.body(), Bodies.of(path, LENGTH)) ? Outcome.WHOLE : Outcome.PART;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
      return Outcome.FAILURE;
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
      String body = framing.before + new String(Bodies.of(path, LENGTH), ISO_8859_1);
      CountDownLatch release = releases.remove(path);
      if (release != null) {
        int at = framing.before.length() + Integer.parseInt(path.substring(5));
        await(release);
        connection.write(framing.head + body.substring(0, at));
        if (framing == Framing.RESET) {
          connection.reset();
        }
        return;
      }
      connection.write(framing.head + body + framing.after);
      if (framing.closes()) {
        return;
      }
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
