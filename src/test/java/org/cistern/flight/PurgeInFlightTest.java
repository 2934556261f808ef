package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.cistern.answer.Answer;
import org.cistern.flight.TestPassenger.Event;
import org.cistern.purge.Coverage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asks after a purge never gets what was fetched before it. */
class PurgeInFlightTest {

  private final Airport airport = new Airport();

  @AfterEach
  void close() {
    airport.close();
  }

  private static byte[] page(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The origin's page is a number that grows just before each purge. Whoever asks notes the number
   * of the last purge that was in force by then, and must get a page that is not older.
   */
  @Test
  void inAThousandTriesAtRandomMoments() {
    long seed = new Random().nextLong();
    System.out.println("PurgeInFlightTest seed " + seed);
    Random random = new Random(seed);
    AtomicInteger origin = new AtomicInteger();
    AtomicInteger purged = new AtomicInteger();
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int before = random.nextInt(4);
      for (int one = 0; one < 6; one++) {
        if (one == before) {
          purge(origin, purged, random);
        }
        all.add(ask(random, origin, purged));
      }
    }
    awaitEnds(all.stream().map(Asked::by).toList());
    assertThat(all)
        .allSatisfy(one -> assertThat(one.page()).isGreaterThanOrEqualTo(one.floor().get()));
    assertThat(airport.events).contains("joined", "purged");
    Answer kept = airport.stored.get(Airport.ticket("/page").key());
    assertThat(
            kept == null
                || !airport.purges.covers(kept).equals(Coverage.NONE)
                || number(kept) == 1000)
        .isTrue();
  }

  /** A request, and the oldest page that it may get. */
  private record Asked(TestPassenger by, AtomicInteger floor) {
    int page() {
      return ByteBuffer.wrap(by.bytes()).getInt();
    }
  }

  private static int number(Answer answer) {
    return ByteBuffer.wrap(answer.body().bytes()).getInt();
  }

  private void purge(AtomicInteger origin, AtomicInteger purged, Random random) {
    airport
        .loops
        .get(random.nextInt(4))
        .runOnContext(
            task -> {
              synchronized (origin) {
                int page = origin.incrementAndGet();
                airport.purges.purge(Airport.ticket("/page").target());
                purged.set(page);
              }
            });
  }

  private Asked ask(Random random, AtomicInteger origin, AtomicInteger purged) {
    Asked asked = new Asked(airport.reader(random.nextInt(4), "/page"), new AtomicInteger());
    int hops = random.nextInt(3);
    asked
        .by()
        .context()
        .runOnContext(
            task -> {
              asked.floor().set(purged.get());
              asked.by().seat = airport.flights.board(asked.by(), fetching(origin, hops));
            });
    return asked;
  }

  /** Reads the origin's page when it is asked, and lets it arrive some turns of the loop later. */
  private Pilot fetching(AtomicInteger origin, int hops) {
    return (position, then) -> {
      byte[] page = ByteBuffer.allocate(4).putInt(origin.get()).array();
      Airport.Call call =
          new Airport.Call(Vertx.currentContext(), Airport.ticket("/page"), position, then);
      after(
          hops,
          call.context(),
          () -> {
            ScriptedIncoming incoming = airport.keeps(call, hops == 0 ? -1 : 4);
            incoming.send(Arrays.copyOf(page, 2));
            after(hops, call.context(), () -> incoming.send(Arrays.copyOfRange(page, 2, 4)).end());
          });
    };
  }

  private static void after(int hops, Context context, Runnable task) {
    context.runOnContext(
        nothing -> {
          if (hops == 0) {
            task.run();
          } else {
            after(hops - 1, context, task);
          }
        });
  }

  private static void awaitEnds(List<TestPassenger> all) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> all.stream().allMatch(one -> one.end() == Event.ENDED));
  }

  @Test
  void aPurgeOfATagThatOnlyTheHeadShowsSendsLaterOnesToANewFlight() {
    TestPassenger before = airport.board(airport.reader(0, "/a"));
    airport.purges.purge("news");
    TestPassenger after = airport.board(airport.reader(1, "/a"));
    Airport.Call old = airport.call();
    airport.keeps(old, 1, keep -> keep.tagged(Set.of("news"), UnaryOperator.identity()));
    Airport.Call fresh = airport.call();
    assertThat(fresh.position().number()).isEqualTo(1);
    airport.keeps(fresh, 4).send(page("new.")).end();
    airport.settle();
    assertThat(after.bytes()).isEqualTo(page("new."));
    assertThat(before.outcome()).isEqualTo(Event.LIVE);
  }

  @Test
  void aPurgeOfATagThatOnlyTheBodyShowsResetsThoseWhoAskedAfterIt() {
    TestPassenger before = airport.board(airport.reader(0, "/a"));
    airport.purges.purge("item-1");
    TestPassenger after = airport.board(airport.reader(1, "/a"));
    ScriptedIncoming incoming = keepsWithItem(airport.call()).send(page("item"));
    airport.settle();
    incoming.end();
    airport.settle();
    assertThat(before.end()).isEqualTo(Event.ENDED);
    assertThat(after.end()).isEqualTo(Event.RESET);
    assertThat(airport.stored).isEmpty();
  }

  @Test
  void orSendsThemToANewFlightWhereTheyHaveNoHeadYet() {
    TestPassenger before = airport.board(airport.reader(0, "/a"));
    airport.purges.purge("item-1");
    TestPassenger busy = airport.board(airport.reader(1, "/a"));
    CompletableFuture<Void> free = new CompletableFuture<>();
    busy.context().runOnContext(task -> free.join());
    keepsWithItem(airport.call()).send(page("item")).end();
    await().until(() -> before.end() == Event.ENDED);
    free.complete(null);
    airport.keeps(airport.call(), 4).send(page("new.")).end();
    airport.settle();
    assertThat(busy.bytes()).isEqualTo(page("new."));
  }

  private ScriptedIncoming keepsWithItem(Airport.Call call) {
    UnaryOperator<Answer> tagged =
        a -> TestKeep.answer(call.ticket(), a.position(), Set.of("item-1"), a.body().bytes());
    return airport.keeps(call, 4, keep -> keep.tagged(Set.of(), tagged));
  }

  @Test
  void aPurgeOfSomethingElseSplitsNoFlight() {
    airport.board(airport.reader(0, "/a"));
    airport.purges.purge(Airport.ticket("/b").target());
    TestPassenger after = airport.board(airport.reader(1, "/a"));
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(after.end()).isEqualTo(Event.ENDED);
    assertThat(airport.calls).isEmpty();
    assertThat(airport.stored).hasSize(1);
  }

  @Test
  void whatWasPurgedWhileItCameIsNotStoredThoughNobodyAskedSince() {
    TestPassenger before = airport.board(airport.reader(0, "/a"));
    ScriptedIncoming incoming = airport.keeps(airport.call(), 4).send(page("o"));
    airport.purges.purge(before.ticket().target());
    incoming.send(page("ld.")).end();
    airport.settle();
    assertThat(before.end()).isEqualTo(Event.ENDED);
    assertThat(airport.stored).isEmpty();
    assertThat(airport.events).contains("purged");
  }
}
