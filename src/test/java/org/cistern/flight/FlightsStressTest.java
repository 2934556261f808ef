package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.answer.Answer;
import org.cistern.flight.TestPassenger.Event;
import org.cistern.upstream.message.UpstreamFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins, leaves, slow readers, cuts, failures and refusals at random, on four event loops. */
class FlightsStressTest {

  private static final FlightLimits LIMITS =
      new FlightLimits(
          10_000, 4_000, Duration.ofSeconds(10), Duration.ZERO, 10, Duration.ofSeconds(1));

  /** What an upstream does; a path's first letter says which. */
  private enum Origin {
    WHOLE,
    CUT,
    FAILED,
    UNSTORABLE,
    LARGE
  }

  private final Airport airport = new Airport(LIMITS, 200_000);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    airport.close();
  }

  static List<Long> seeds() {
    boolean full = "full".equals(System.getProperty("cistern.faults"));
    return new Random().longs(full ? 40 : 6).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRequestHasExactlyOneOutcomeAndNoCutBodyEndsCleanly(long seed) {
    System.out.println("FlightsStressTest seed " + seed);
    Random random = new Random(seed);
    List<TestPassenger> staying = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      Origin origin = Origin.values()[random.nextInt(5)];
      TestPassenger one = airport.reader(random.nextInt(4), "/" + origin + "/" + random.nextInt(6));
      boolean leaves = random.nextInt(10) == 0;
      boolean slow = random.nextInt(4) == 0;
      start(slow ? slowOf(one) : one, random.nextLong(), leaves, staying);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> staying.stream().allMatch(one -> one.end() != null));
    airport.settle();
    assertThat(staying).allSatisfy(FlightsStressTest::hasWhatItsOriginGives);
    assertThat(airport.stored).allSatisfy((key, kept) -> isWhole(kept));
    assertThat(airport.flights.flying()).isZero();
    assertThat(airport.budget.used()).isZero();
    assertThat(asked.get()).isLessThan(1500);
  }

  private TestPassenger slowOf(TestPassenger one) {
    return new TestPassenger(one.ticket(), one.context(), false);
  }

  private void start(TestPassenger one, long seed, boolean leaves, List<TestPassenger> staying) {
    Random random = new Random(seed);
    if (!leaves) {
      staying.add(one);
    }
    one.context()
        .runOnContext(
            task -> {
              one.seat = airport.flights.board(one, pilot(one.ticket(), random));
              if (leaves) {
                later(random.nextInt(20), one.context(), one.seat::leave);
              } else {
                readSlowly(one);
              }
            });
  }

  /** Reads one piece per turn of the loop; for one that reads by itself that changes nothing. */
  private void readSlowly(TestPassenger one) {
    later(
        1,
        one.context(),
        () -> {
          if (one.live != null) {
            one.live.body().fetch(1);
          }
          if (one.end() == null) {
            readSlowly(one);
          }
        });
  }

  private Pilot pilot(Ticket ticket, Random random) {
    return (position, then) -> {
      asked.incrementAndGet();
      Airport.Call call = new Airport.Call(Vertx.currentContext(), ticket, position, then);
      later(random.nextInt(5), call.context(), () -> answer(call, random));
    };
  }

  private void answer(Airport.Call call, Random random) {
    byte[] body = bodyOf(call.ticket());
    long length = random.nextBoolean() ? body.length : -1;
    switch (originOf(call.ticket())) {
      case WHOLE -> play(airport.keeps(call, length), body, body.length, random);
      case LARGE ->
          play(airport.keeps(call, length, keep -> keep.max(9_000)), body, body.length, random);
      case CUT -> play(airport.keeps(call, length), body, random.nextInt(body.length), random);
      case UNSTORABLE -> play(call.passes(), body, body.length, random);
      case FAILED ->
          call.then()
              .accept(
                  new Outcome.Failed(new UpstreamFailure(UpstreamFailure.Kind.DISCONNECT, "gone")));
    }
  }

  /** Sends the body in pieces, some turns of the loop apart, and cuts it where it is told to. */
  private void play(ScriptedIncoming incoming, byte[] body, int upTo, Random random) {
    Context context = Vertx.currentContext();
    AtomicBoolean done = new AtomicBoolean();
    sendFrom(0, incoming, body, upTo, random, context, done);
  }

  private void sendFrom(
      int from,
      ScriptedIncoming incoming,
      byte[] body,
      int upTo,
      Random random,
      Context context,
      AtomicBoolean done) {
    int to = Math.min(upTo, from + 1 + random.nextInt(3_000));
    incoming.send(Arrays.copyOfRange(body, from, to));
    if (to < upTo) {
      later(
          random.nextInt(3),
          context,
          () -> sendFrom(to, incoming, body, upTo, random, context, done));
    } else if (done.compareAndSet(false, true)) {
      finish(incoming, upTo == body.length);
    }
  }

  private static void finish(ScriptedIncoming incoming, boolean whole) {
    if (whole) {
      incoming.end();
    } else {
      incoming.cut();
    }
  }

  private static void later(int turns, Context context, Runnable task) {
    context.runOnContext(
        nothing -> {
          if (turns == 0) {
            task.run();
          } else {
            later(turns - 1, context, task);
          }
        });
  }

  private static final ConcurrentHashMap<String, byte[]> BODIES = new ConcurrentHashMap<>();

  private static byte[] bodyOf(Ticket ticket) {
    String path = ticket.target().path();
    return BODIES.computeIfAbsent(
        path, p -> Airport.bytes(5_000 + 2_000 * number(p), p.hashCode()));
  }

  private static int number(String path) {
    return path.charAt(path.length() - 1) - '0' + (path.startsWith("/LARGE") ? 3 : 0);
  }

  private static Origin originOf(Ticket ticket) {
    return Origin.valueOf(ticket.target().path().split("/", -1)[1]);
  }

  private static void isWhole(Answer kept) {
    String path = kept.target().path();
    assertThat(path).startsWith("/WHOLE");
    assertThat(Arrays.equals(kept.body().bytes(), BODIES.get(path))).isTrue();
  }

  private static void hasWhatItsOriginGives(TestPassenger one) {
    byte[] body = bodyOf(one.ticket());
    switch (originOf(one.ticket())) {
      case WHOLE, LARGE -> hasAll(one, body);
      case CUT -> {
        assertThat(one.events).isIn(List.of(Event.FAILED), List.of(Event.LIVE, Event.RESET));
        byte[] got = one.bytes();
        assertThat(Arrays.equals(got, 0, got.length, body, 0, got.length)).isTrue();
      }
      case FAILED -> assertThat(one.events).containsExactly(Event.FAILED);
      case UNSTORABLE -> {
        if (one.outcome() == Event.ALONE) {
          assertThat(one.events).hasSize(1);
        } else {
          hasAll(one, body);
        }
      }
    }
  }

  private static void hasAll(TestPassenger one, byte[] body) {
    if (one.outcome() == Event.ALONE) {
      assertThat(one.events).hasSize(1);
      return;
    }
    assertThat(one.events).containsExactly(Event.LIVE, Event.ENDED);
    assertThat(Arrays.equals(one.bytes(), body)).isTrue();
  }
}
