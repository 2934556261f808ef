package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.cistern.answer.Answer;
import org.cistern.flight.TestPassenger.Event;
import org.cistern.http.Headers;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a body reaches its readers, and where it stops. */
class FillTest {

  private static final FlightLimits SMALL_WINDOW =
      new FlightLimits(
          100, 1000, Duration.ofSeconds(10), Duration.ofSeconds(10), 10, Duration.ofDays(1));

  private Airport airport = new Airport(SMALL_WINDOW, 100_000);

  @AfterEach
  void close() {
    airport.close();
  }

  @Test
  void aSlowReaderHoldsNobodyBackWhileTheBodyIsKept() {
    TestPassenger slow = airport.board(airport.slow(0, "/a"));
    TestPassenger fast = airport.board(airport.reader(1, "/a"));
    byte[] body = Airport.bytes(50_000, 3);
    airport.keeps(airport.call(), -1).send(body).end();
    airport.settle();
    assertThat(fast.end()).isEqualTo(Event.ENDED);
    assertThat(slow.received).hasValue(0);
    slow.read(Long.MAX_VALUE);
    airport.settle();
    assertThat(slow.bytes()).isEqualTo(body);
    assertThat(slow.end()).isEqualTo(Event.ENDED);
  }

  @Test
  void aReaderGetsAsManyPiecesAsItAskedForAndNoEndBeforeItAsksOn() {
    TestPassenger slow = airport.board(airport.slow(0, "/a"));
    ScriptedIncoming incoming = airport.keeps(airport.call(), -1).send(new byte[5000]);
    airport.settle();
    slow.read(1);
    airport.settle();
    assertThat(slow.chunks).hasValue(1);
    incoming.send(new byte[5000]).end();
    airport.settle();
    assertThat(slow.chunks).hasValue(1);
    slow.read(100);
    airport.settle();
    assertThat(slow.received).hasValue(10_000);
    assertThat(slow.end()).isEqualTo(Event.ENDED);
  }

  @Test
  void theStoredBodyIsWhatCameWhetherItsLengthWasDeclaredOrNot() {
    byte[] body = Airport.bytes(30_000, 4);
    for (long length : new long[] {-1, body.length}) {
      airport.board(airport.reader(0, "/a" + length));
      ScriptedIncoming incoming = airport.keeps(airport.call(), length);
      for (int i = 0; i < body.length; i += 100) {
        incoming.send(Arrays.copyOfRange(body, i, i + 100));
      }
      incoming.end();
      airport.settle();
    }
    assertThat(airport.stored.values())
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer.body().bytes()).isEqualTo(body));
    assertThat(airport.budget.used()).isZero();
  }

  @Test
  void trailersPassOnceTheBodyHasEnded() {
    TestPassenger follower = airport.reader(1, "/a");
    airport.board(airport.reader(0, "/a"));
    airport.board(follower);
    airport.keeps(airport.call(), -1).send(new byte[1]).end(Headers.of("Digest", "x"));
    airport.settle();
    assertThat(follower.live.trailers().first("Digest")).isEqualTo("x");
  }

  @Test
  void aCutBodyIsNeverStoredAndResetsItsReaders() {
    List<TestPassenger> all = airport.board(3, "/a");
    TestPassenger slow = airport.board(airport.slow(3, "/a"));
    ScriptedIncoming incoming = airport.keeps(airport.call(), 100).send(new byte[99]);
    airport.settle();
    incoming.cut();
    airport.settle();
    assertThat(all).extracting(TestPassenger::end).containsOnly(Event.RESET);
    assertThat(slow.end()).isEqualTo(Event.RESET);
    assertThat(airport.stored).isEmpty();
    assertThat(airport.budget.used()).isZero();
    airport.board(airport.reader(0, "/a"));
    assertThat(airport.call()).isNotNull();
  }

  @Test
  void whereTheBodyBreaksOffAStaleAnswerStandsInForThoseWhoHaveNothingYetAndPermitIt() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger busy = airport.board(airport.reader(1, "/a"));
    TestPassenger strict = airport.reader(1, "/a");
    strict.tasteOfStale = offered -> Fit.alone(Alone.NOT_PERMITTED);
    airport.board(strict);
    CompletableFuture<Void> free = new CompletableFuture<>();
    busy.context().runOnContext(task -> free.join());
    Airport.Call call = airport.call();
    Answer stale = TestKeep.answer(call.ticket(), call.position(), Set.of(), new byte[3]);
    ScriptedIncoming incoming = ScriptedIncoming.ok(call.context(), 100).send(new byte[50]);
    TestKeep keep = TestKeep.of(call.ticket(), call.position(), answer -> {});
    call.then().accept(new Outcome.Streamed(incoming, keep, stale));
    await().until(() -> first.received.get() == 50);
    incoming.cut();
    await().until(() -> first.end() == Event.RESET);
    free.complete(null);
    airport.settle();
    assertThat(busy.answer).isSameAs(stale);
    assertThat(strict.failure.kind()).isEqualTo(Kind.DISCONNECT);
  }

  @Test
  void oneWhoHasNoHeadYetHearsAFailureInsteadOfAHeadAndAReset() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger busy = airport.board(airport.reader(1, "/a"));
    CompletableFuture<Void> free = new CompletableFuture<>();
    busy.context().runOnContext(task -> free.join());
    ScriptedIncoming incoming = airport.keeps(airport.call(), 100).send(new byte[50]);
    await().until(() -> first.received.get() == 50);
    incoming.cut();
    await().until(() -> first.end() == Event.RESET);
    free.complete(null);
    airport.settle();
    assertThat(busy.failure.kind()).isEqualTo(Kind.DISCONNECT);
  }

  @Test
  void aBodyOfTheWrongLengthIsACutBody() {
    TestPassenger shorter = airport.board(airport.reader(0, "/short"));
    ScriptedIncoming tooLittle = airport.keeps(airport.call(), 100).send(new byte[99]);
    TestPassenger longer = airport.board(airport.reader(0, "/long"));
    ScriptedIncoming tooMuch = airport.keeps(airport.call(), 100).send(new byte[99]);
    airport.settle();
    tooLittle.end();
    tooMuch.send(new byte[2]);
    airport.settle();
    assertThat(List.of(shorter, longer)).extracting(TestPassenger::end).containsOnly(Event.RESET);
    assertThat(tooMuch.cancelled()).isTrue();
    assertThat(airport.stored).isEmpty();
  }

  @Test
  void pastItsMaximumABodyIsSharedByThoseAboardAndNobodyJoins() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger second = airport.board(airport.reader(1, "/a"));
    byte[] body = Airport.bytes(9_000, 5);
    ScriptedIncoming incoming =
        airport.keeps(airport.call(), -1, keep -> keep.max(5_000)).send(body);
    airport.settle();
    TestPassenger late = airport.board(airport.reader(2, "/a"));
    assertThat(late.alone).isEqualTo(Alone.REMEMBERED);
    incoming.end();
    airport.settle();
    assertThat(List.of(first, second))
        .allSatisfy(one -> assertThat(one.bytes()).isEqualTo(body))
        .extracting(TestPassenger::end)
        .containsOnly(Event.ENDED);
    assertThat(airport.stored).isEmpty();
    assertThat(airport.budget.used()).isZero();
  }

  @Test
  void thePaceOfABodyThatIsNotKeptIsThatOfTheSlowest() {
    TestPassenger slow = airport.board(airport.slow(0, "/a"));
    TestPassenger fast = airport.board(airport.reader(1, "/a"));
    ScriptedIncoming incoming = sendTooLarge(10);
    assertThat(incoming.emitted()).isEqualTo(1000);
    assertThat(fast.received).hasValue(1000);
    assertThat(incoming.paused()).isTrue();
    slow.read(Long.MAX_VALUE);
    await().until(() -> slow.end() == Event.ENDED && fast.end() == Event.ENDED);
    assertThat(slow.received).hasValue(5000);
  }

  @Test
  void aReaderThatStallsTheOthersIsResetAfterAWhile() {
    TestPassenger stalled = airport.board(airport.slow(0, "/a"));
    TestPassenger fast = airport.board(airport.reader(1, "/a"));
    sendTooLarge(10);
    airport.passTime(Duration.ofSeconds(1));
    airport.passTime(Duration.ofSeconds(9));
    assertThat(stalled.outcome()).isEqualTo(Event.LIVE);
    assertThat(stalled.end()).isNull();
    airport.passTime(Duration.ofSeconds(1));
    assertThat(stalled.end()).isEqualTo(Event.RESET);
    assertThat(((StreamReset) stalled.reset).why()).isEqualTo(StreamReset.Cause.STALLED);
    assertThat(fast.end()).isEqualTo(Event.ENDED);
    assertThat(fast.received).hasValue(5000);
  }

  @Test
  void aReaderThatStallsWhileNobodyElseReadsIsNotReset() {
    TestPassenger lone = airport.board(airport.slow(0, "/a"));
    ScriptedIncoming incoming = sendTooLarge(10);
    assertThat(incoming.paused()).isTrue();
    airport.passTime(Duration.ofSeconds(1));
    airport.passTime(Duration.ofSeconds(60));
    assertThat(lone.end()).isNull();
    lone.read(Long.MAX_VALUE);
    airport.settle();
    assertThat(lone.end()).isEqualTo(Event.ENDED);
  }

  @Test
  void aReaderThatStallsAloneIsLeftInPeaceWhileItKeepsMoving() {
    TestPassenger slow = airport.board(airport.slow(0, "/a"));
    airport.board(airport.reader(1, "/a"));
    sendTooLarge(10);
    for (int second = 0; second < 30; second++) {
      airport.passTime(Duration.ofSeconds(5));
      slow.read(1);
    }
    airport.settle();
    assertThat(slow.end()).isEqualTo(Event.ENDED);
  }

  /** Sends 5,000 bytes in so many pieces as an answer of which 100 would be kept. */
  private ScriptedIncoming sendTooLarge(int pieces) {
    ScriptedIncoming incoming = airport.keeps(airport.call(), 5000, keep -> keep.max(100));
    for (int i = 0; i < pieces; i++) {
      incoming.send(new byte[5000 / pieces]);
    }
    incoming.end();
    airport.settle();
    return incoming;
  }

  @Test
  void aBodyThatIsNotKeptIsGivenUpWhenItsLastReaderLeaves() {
    TestPassenger slow = airport.board(airport.slow(0, "/a"));
    TestPassenger fast = airport.board(airport.reader(1, "/a"));
    ScriptedIncoming incoming = sendTooLarge(10);
    fast.seat.leave();
    airport.settle();
    assertThat(incoming.cancelled()).isFalse();
    slow.seat.leave();
    airport.settle();
    assertThat(incoming.cancelled()).isTrue();
    assertThat(airport.flights.flying()).isZero();
  }

  @Test
  void beyondTheBudgetMissesStreamThroughUnstored() {
    TestPassenger holder = airport.board(airport.reader(0, "/large"));
    ScriptedIncoming large = airport.keeps(airport.call(), 90_000);
    airport.settle();
    for (long length : new long[] {20_000, -1}) {
      List<TestPassenger> both = airport.board(2, "/b" + length);
      airport.keeps(airport.call(), length).send(new byte[20_000]).end();
      airport.settle();
      assertThat(both).extracting(one -> one.received.get()).containsOnly(20_000L);
    }
    assertThat(airport.stored).isEmpty();
    assertThat(airport.events).filteredOn("over budget"::equals).hasSize(2);
    large.send(new byte[90_000]).end();
    airport.settle();
    assertThat(holder.end()).isEqualTo(Event.ENDED);
    assertThat(airport.stored).hasSize(1);
    assertThat(airport.budget.used()).isZero();
  }

  @Test
  void theLastByteWaitsForTheTiersWhereTheWritePolicySaysSo() {
    for (long length : new long[] {100, -1}) {
      CompletableFuture<Void> tiers = new CompletableFuture<>();
      TestPassenger one = airport.board(airport.reader(0, "/a" + length));
      TestPassenger two = airport.board(airport.reader(1, "/a" + length));
      airport.keeps(airport.call(), length, keep -> keep.through(tiers)).send(new byte[100]).end();
      airport.settle();
      assertThat(one.end()).isNull();
      assertThat(two.received).hasValue(length < 0 ? 100 : 99);
      tiers.completeExceptionally(new IllegalStateException("disk full"));
      airport.settle();
      assertThat(List.of(one, two)).extracting(TestPassenger::end).containsOnly(Event.ENDED);
      assertThat(two.received).hasValue(100);
    }
  }

  @Test
  void theLastByteDoesNotWaitForTiersThatNeverAnswer() {
    airport.close();
    airport =
        new Airport(
            new FlightLimits(9, 9, Duration.ofDays(1), Duration.ZERO, 9, Duration.ofMillis(20)),
            1000);
    TestPassenger one = airport.board(airport.reader(0, "/a"));
    airport
        .keeps(airport.call(), 5, keep -> keep.through(new CompletableFuture<>()))
        .send(new byte[5])
        .end();
    await().until(() -> one.end() == Event.ENDED);
    assertThat(one.received).hasValue(5);
  }

  @Test
  void aStoreThatThrowsDoesNotFailTheReaders() {
    TestPassenger one = airport.board(airport.reader(0, "/a"));
    airport
        .call()
        .keeps(
            4,
            keep -> keep,
            answer -> {
              throw new IllegalStateException("full");
            })
        .send(new byte[4])
        .end();
    airport.settle();
    assertThat(one.end()).isEqualTo(Event.ENDED);
    assertThat(airport.flights.flying()).isZero();
  }

  @Test
  void aFollowerCannotChangeWhatIsStored() {
    TestPassenger one = airport.board(airport.slow(0, "/a"));
    Airport.Call call = airport.call();
    ScriptedIncoming incoming = airport.keeps(call, 4);
    airport.settle();
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    one.context()
        .runOnContext(
            task ->
                one.live
                    .body()
                    .handler(
                        chunk -> {
                          try {
                            chunk.setByte(0, (byte) 9);
                            refused.complete(null);
                          } catch (RuntimeException e) {
                            refused.complete(e);
                          }
                        })
                    .resume());
    incoming.send(new byte[4]).end();
    airport.settle();
    assertThat(refused).isCompletedWithValueMatching(thrown -> thrown != null);
  }
}
