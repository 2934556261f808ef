package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.cistern.answer.Answer;
import org.cistern.flight.TestPassenger.Event;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
class FlightsTest {

  private Airport airport = new Airport();

  @AfterEach
  void close() {
    airport.close();
  }

  private void reopen(FlightLimits limits) {
    airport.close();
    airport = new Airport(limits, 64 << 20);
  }

  @Test
  void requestsOfOneKeyAskTheUpstreamOnceAndAllAreAnswered() {
    List<TestPassenger> all = airport.board(200, "/a");
    byte[] body = Airport.bytes(100_000, 1);
    airport.keeps(airport.call(), body.length).send(body).end();
    airport.settle();
    assertThat(all).extracting(TestPassenger::end).containsOnly(Event.ENDED);
    assertThat(all).allMatch(one -> Arrays.equals(one.bytes(), body));
    assertThat(airport.calls).isEmpty();
    assertThat(airport.stored).hasSize(1);
  }

  @Test
  void requestsOfDifferentKeysDoNotWaitForEachOther() {
    airport.board(airport.reader(0, "/a"));
    airport.board(airport.reader(1, "/b"));
    assertThat(List.of(airport.call(), airport.call()))
        .extracting(call -> call.ticket().target().path())
        .containsExactlyInAnyOrder("/a", "/b");
  }

  @Test
  void oneWhoComesInMidBodyGetsAllOfIt() {
    airport.board(airport.reader(0, "/a"));
    byte[] body = Airport.bytes(50_000, 2);
    ScriptedIncoming incoming = airport.keeps(airport.call(), -1).send(body);
    airport.settle();
    TestPassenger late = airport.board(airport.reader(1, "/a"));
    airport.settle();
    assertThat(late.received).hasValue(body.length);
    incoming.send(body).end();
    airport.settle();
    assertThat(late.bytes()).startsWith(body).endsWith(body).hasSize(2 * body.length);
    assertThat(late.end()).isEqualTo(Event.ENDED);
  }

  @Test
  void oneWhoWantsNothingOlderThanItsRequestRidesOnNoHeadThatCameBeforeIt() {
    airport.board(airport.reader(0, "/a"));
    TestPassenger before = airport.board(wanting(Duration.ZERO));
    ScriptedIncoming first = airport.keeps(airport.call(), -1).send(Airport.bytes(9, 1));
    airport.settle();
    assertThat(before.live).isNotNull();

    TestPassenger late = airport.board(wanting(Duration.ZERO));
    airport.settle();
    assertThat(late.live).isNull();
    airport.keeps(airport.call(), 0).end();
    first.end();
    airport.settle();
    assertThat(late.end()).isEqualTo(Event.ENDED);
  }

  @Test
  void oneWhoTakesAnswersOfSomeSecondsRidesOnAHeadOfSoManyAndNoMore() {
    airport.board(airport.reader(0, "/a"));
    airport.keeps(airport.call(), -1).send(Airport.bytes(9, 1));
    airport.settle();
    airport.nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    airport.board(wanting(Duration.ofSeconds(5)));
    airport.settle();
    assertThat(airport.calls).isEmpty();
    airport.board(wanting(Duration.ofSeconds(4)));
    assertThat(airport.call().ticket().maxAge()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whereEachHasToAskForItselfSoHasTheLeader() {
    List<TestPassenger> all = airport.board(3, "/a");
    airport.call().then().accept(new Outcome.Apart(Alone.TOO_LARGE, true));
    airport.settle();
    assertThat(all).extracting(one -> one.alone).containsOnly(Alone.TOO_LARGE);
    assertThat(airport.board(airport.reader(0, "/a")).alone).isEqualTo(Alone.REMEMBERED);
    assertThat(airport.flights.flying()).isZero();
  }

  private TestPassenger wanting(Duration maxAge) {
    return new TestPassenger(Airport.ticket("/a", maxAge), airport.reader(1, "/a").context(), true);
  }

  @Test
  void onlyTheOneThatAskedSeesFieldsThatAreNotStored() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger other = airport.board(airport.reader(1, "/a"));
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(first.live.head().headers().first("X-From")).isEqualTo("upstream");
    assertThat(other.live.head().headers().first("X-From")).isEqualTo("store");
  }

  @Test
  void aFailureReachesEverybodyAndTheNextRequestAsksAgain() {
    List<TestPassenger> all = airport.board(3, "/a");
    airport.call().then().accept(new Outcome.Failed(new UpstreamFailure(Kind.CONNECT, "refused")));
    airport.settle();
    assertThat(all).extracting(one -> one.failure.kind()).containsOnly(Kind.CONNECT);
    airport.board(airport.reader(0, "/a"));
    assertThat(airport.call().ticket().target().path()).isEqualTo("/a");
  }

  @Test
  void aPilotThatThrowsHasFailed() {
    TestPassenger one = airport.reader(0, "/a");
    airport.board(
        one,
        (position, then) -> {
          throw new IllegalStateException("no route");
        });
    airport.settle();
    assertThat(one.failure.kind()).isEqualTo(Kind.UNASKED);
    assertThat(airport.flights.flying()).isZero();
  }

  @Test
  void aWholeAnswerReachesThoseThatItSuits() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger same = airport.board(airport.reader(1, "/a"));
    TestPassenger stranger = airport.reader(2, "/a");
    stranger.taste = offered -> Fit.alone(Alone.OTHER_OWNER);
    airport.board(stranger);
    Airport.Call call = airport.call();
    call.then()
        .accept(
            new Outcome.Whole(
                TestKeep.answer(call.ticket(), call.position(), Set.of(), new byte[3])));
    airport.settle();
    assertThat(first.answer).isNotNull().isSameAs(same.answer);
    assertThat(stranger.alone).isEqualTo(Alone.OTHER_OWNER);
  }

  @Test
  void aStaleAnswerStandsInOnlyForThoseThatPermitItAndLiftsNothing() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    TestPassenger same = airport.board(airport.reader(1, "/a"));
    TestPassenger strict = airport.reader(2, "/a");
    strict.tasteOfStale = offered -> Fit.alone(Alone.NOT_PERMITTED);
    airport.board(strict);
    Airport.Call call = airport.call();
    Answer stale = TestKeep.answer(call.ticket(), call.position(), Set.of(), new byte[3]);
    call.then().accept(new Outcome.StandIn(stale, 503));
    airport.settle();
    assertThat(first.answer).isNotNull().isSameAs(same.answer);
    assertThat(strict.alone).isEqualTo(Alone.NOT_PERMITTED);
    assertThat(airport.flights.flying()).isZero();
  }

  @Test
  void whatPassesOnceIsNotRemembered() {
    airport.board(airport.reader(0, "/a"));
    Airport.Call call = airport.call();
    ScriptedIncoming error = ScriptedIncoming.ok(call.context(), -1);
    call.then().accept(new Outcome.Passing(error, Alone.UNSTORABLE, false, null));
    error.end();
    airport.settle();
    airport.board(airport.reader(1, "/a"));
    assertThat(airport.call().ticket().target().path()).isEqualTo("/a");
  }

  @Test
  void thatNoTierHasAnythingIsKnownOnlyWhileAnAnswerCouldNotBeStored() {
    var key = Airport.ticket("/a").key();
    airport.flights.nowhere(key);
    assertThat(airport.flights.isNowhere(key)).isFalse();
    airport.board(airport.reader(0, "/a"));
    airport.call().passes().end();
    airport.settle();
    assertThat(airport.flights.isNowhere(key)).isFalse();
    airport.flights.nowhere(key);
    assertThat(airport.flights.isNowhere(key)).isTrue();
    airport.passTime(Duration.ofSeconds(10));
    assertThat(airport.flights.isNowhere(key)).isFalse();
  }

  @Test
  void theOldestFlightTellsFromWherePurgesAreNeeded() {
    assertThat(airport.flights.oldest()).isEqualTo(Long.MAX_VALUE);
    airport.purges.purge("tag");
    airport.board(airport.reader(0, "/a"));
    airport.purges.purge("tag");
    airport.board(airport.reader(0, "/b"));
    assertThat(airport.flights.oldest()).isEqualTo(1);
    airport.call().then().accept(new Outcome.Failed(new UpstreamFailure(Kind.CONNECT, "refused")));
    airport.settle();
    assertThat(airport.flights.oldest()).isEqualTo(2);
  }

  @Test
  void ofAnAnswerThatCannotBeStoredEverybodyButTheFirstGoesAloneAndItIsRemembered() {
    List<TestPassenger> all = airport.board(4, "/a");
    airport.call().passes().send(new byte[9]).end();
    airport.settle();
    assertThat(all.get(0).received).hasValue(9);
    assertThat(all.subList(1, 4)).extracting(one -> one.alone).containsOnly(Alone.UNSTORABLE);
    assertThat(airport.board(airport.reader(1, "/a")).alone).isEqualTo(Alone.REMEMBERED);
    assertThat(airport.calls).isEmpty();
  }

  @Test
  void whatCannotBeStoredIsForgottenAfterAWhileOrOnceSomethingIsStored() {
    for (String path : List.of("/a", "/b")) {
      airport.board(airport.reader(0, path));
      airport.call().passes().end();
      airport.settle();
    }
    airport.flights.stored(Airport.ticket("/a").key());
    airport.board(airport.reader(1, "/a"));
    assertThat(airport.call().ticket().target().path()).isEqualTo("/a");
    assertThat(airport.board(airport.reader(1, "/b")).alone).isEqualTo(Alone.REMEMBERED);
    airport.passTime(Duration.ofSeconds(10));
    airport.board(airport.reader(1, "/b"));
    assertThat(airport.call().ticket().target().path()).isEqualTo("/b");
  }

  @Test
  void thoseWhoNeedAnotherVariantShareOneFlightPerVariant() {
    airport.board(airport.reader(0, "/a"));
    List<TestPassenger> others =
        IntStream.range(0, 8).mapToObj(i -> airport.reader(i, "/a")).toList();
    for (int i = 0; i < others.size(); i++) {
      String language = i % 2 == 0 ? "de" : "fr";
      others.get(i).taste =
          offered -> offered.tags().contains(language) ? Fit.match() : Fit.otherVariant(language);
      airport.board(others.get(i));
    }
    airport.keeps(airport.call(), 0).end();
    Airport.Call one = airport.call();
    Airport.Call two = airport.call();
    airport.settle();
    assertThat(airport.calls).isEmpty();
    airport.keeps(one, 0, keep -> keep.tagged(Set.of("de", "fr"), a -> a)).end();
    airport.keeps(two, 0, keep -> keep.tagged(Set.of("de", "fr"), a -> a)).end();
    airport.settle();
    assertThat(others).extracting(TestPassenger::end).containsOnly(Event.ENDED);
  }

  @Test
  void oneWhoseVariantsFlightBringsTheWrongVariantGoesAlone() {
    airport.board(airport.reader(0, "/a"));
    List<TestPassenger> others = List.of(airport.reader(1, "/a"), airport.reader(2, "/a"));
    others.forEach(one -> one.taste = offered -> Fit.otherVariant(""));
    others.forEach(airport::board);
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(others).extracting(TestPassenger::end).contains(Event.ENDED, Event.ALONE);
    assertThat(airport.events).contains("alone " + Alone.OTHER_VARIANT.label());
  }

  @Test
  void aRequestWhoseJudgementThrowsGoesAlone() {
    airport.board(airport.reader(0, "/a"));
    TestPassenger broken = airport.reader(1, "/a");
    broken.taste =
        offered -> {
          throw new IllegalStateException("bug");
        };
    airport.board(broken);
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(broken.alone).isEqualTo(Alone.UNJUDGED);
  }

  @Test
  void noMoreWaitThanTheCapAllows() {
    reopen(new FlightLimits(3, 1024, Duration.ofSeconds(1), Duration.ZERO, 1, Duration.ofDays(1)));
    List<TestPassenger> all = airport.board(5, "/a");
    airport.settle();
    assertThat(all.subList(3, 5)).extracting(one -> one.failure.kind()).containsOnly(Kind.OVERLOAD);
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(all.subList(0, 3)).extracting(TestPassenger::end).containsOnly(Event.ENDED);
  }

  @Test
  void eachWaitsForItsOwnTimeoutAndNewcomersDoNotTrustALostFlight() {
    TestPassenger first = airport.board(airport.reader(0, "/a"));
    airport.passTime(Duration.ofSeconds(20));
    TestPassenger second = airport.board(airport.reader(1, "/a"));
    airport.passTime(Duration.ofSeconds(10));
    assertThat(first.failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(second.outcome()).isNull();
    airport.board(airport.reader(2, "/a"));
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(second.end()).isEqualTo(Event.ENDED);
    assertThat(airport.call()).isNotNull();
  }

  @Test
  void aRefreshFliesOnceAndThoseWhoMissMeanwhileJoinIt() {
    Ticket ticket = Airport.ticket("/a");
    Flights.Refresh first =
        airport.flights.refresh(ticket, airport.loops.get(0), airport.pilot(ticket));
    Flights.Refresh second =
        airport.flights.refresh(ticket, airport.loops.get(1), airport.pilot(ticket));
    assertThat(List.of(first, second))
        .containsExactly(Flights.Refresh.STARTED, Flights.Refresh.ALREADY_FLYING);
    TestPassenger joined = airport.board(airport.reader(1, "/a"));
    airport.keeps(airport.call(), 0).end();
    airport.settle();
    assertThat(joined.end()).isEqualTo(Event.ENDED);
    assertThat(airport.events).startsWith("refresh", "joined");
    assertThat(airport.flights.flying()).isZero();
  }

  @Test
  void theFillGoesOnWhenEverybodyHasLeftAndNobodyHearsAnythingMore() {
    TestPassenger waiting = airport.board(airport.reader(0, "/a"));
    TestPassenger riding = airport.board(airport.reader(1, "/a"));
    waiting.seat.leave();
    airport.settle();
    ScriptedIncoming incoming = airport.keeps(airport.call(), 20).send(new byte[10]);
    airport.settle();
    riding.seat.leave();
    airport.settle();
    incoming.send(new byte[10]).end();
    airport.settle();
    assertThat(waiting.events).isEmpty();
    assertThat(riding.events).containsExactly(Event.LIVE);
    assertThat(airport.stored).hasSize(1);
  }

  @Test
  void whatIsForOneAloneIsGivenUpWhenThatOneLeaves() {
    TestPassenger gone = airport.board(airport.reader(0, "/a"));
    gone.seat.leave();
    airport.settle();
    ScriptedIncoming unwanted = airport.call().passes();
    airport.settle();
    assertThat(unwanted.cancelled()).isTrue();

    TestPassenger leaving = airport.board(airport.reader(0, "/b"));
    ScriptedIncoming stream = airport.call().passes().send(new byte[10]);
    airport.settle();
    leaving.seat.leave();
    airport.settle();
    assertThat(stream.cancelled()).isTrue();
  }

  @Test
  void leavingAfterTheEndDoesNotTouchTheConnection() {
    TestPassenger one = airport.board(airport.reader(0, "/a"));
    ScriptedIncoming incoming = airport.call().passes().end();
    airport.settle();
    one.seat.leave();
    airport.settle();
    assertThat(one.end()).isEqualTo(Event.ENDED);
    assertThat(incoming.cancelled()).isFalse();
  }
}
