package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.cistern.answer.Answer;
import org.cistern.upstream.message.UpstreamFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 100 MB with ten followers. */
class LargeBodyTest {

  private static final int PIECE = 1 << 20;
  private static final int PIECES = 100;
  private static final long SIZE = (long) PIECE * PIECES;

  private final Airport airport = new Airport(FlightLimits.defaults(), SIZE);

  @AfterEach
  void close() {
    airport.close();
  }

  @Test
  void isKeptOnceHoweverManyFollow() {
    List<Counting> all = fill(SIZE, SIZE);
    assertThat(airport.stored.values())
        .singleElement()
        .satisfies(kept -> assertThat(kept.body().size()).isEqualTo((int) SIZE));
    assertThat(all).allSatisfy(one -> assertThat(one.received).hasValue(SIZE));
    assertThat(airport.events).contains("kept " + SIZE);
  }

  @Test
  void passesThroughWithAWindowWhereItIsTooLargeToKeep() {
    List<Counting> all = fill(-1, PIECE * 8L);
    assertThat(airport.stored).isEmpty();
    assertThat(all).allSatisfy(one -> assertThat(one.received).hasValue(SIZE));
    assertThat(airport.events).contains("too large");
  }

  /** Lets the body come, and looks at what is held meanwhile. */
  private List<Counting> fill(long length, long maxSize) {
    List<Counting> all =
        IntStream.rangeClosed(0, 10).mapToObj(i -> new Counting(airport.loops.get(i % 4))).toList();
    all.forEach(
        one ->
            Airport.on(
                one.context, () -> airport.flights.board(one, airport.pilot(Counting.TICKET))));
    ScriptedIncoming incoming = airport.keeps(airport.call(), length, k -> k.max(maxSize));
    for (int i = 0; i < PIECES; i++) {
      incoming.send(new byte[PIECE]);
      // The script must not queue the whole body in memory before anybody reads it.
      long sent = (i + 1L) * PIECE;
      await().pollInterval(Duration.ofMillis(1)).until(() -> incoming.emitted() == sent);
      assertThat(airport.budget.used()).isLessThanOrEqualTo(maxSize);
    }
    incoming.end();
    await().atMost(Duration.ofSeconds(30)).until(() -> all.stream().allMatch(one -> one.ended));
    assertThat(airport.budget.used()).isZero();
    return all;
  }

  /** Counts what it gets and keeps none of it. */
  private static final class Counting implements Passenger {

    static final Ticket TICKET = Airport.ticket("/large");
    final Context context;
    final AtomicLong received = new AtomicLong();
    volatile boolean ended;

    Counting(Context context) {
      this.context = context;
    }

    @Override
    public Ticket ticket() {
      return TICKET;
    }

    @Override
    public Context context() {
      return context;
    }

    @Override
    public Fit judgeStandIn(Answer offered, int status) {
      return judge(offered);
    }

    @Override
    public Fit judge(Answer offered) {
      return Fit.match();
    }

    @Override
    public void live(Live answer) {
      answer.body().endHandler(end -> ended = true);
      answer.body().handler(this::count).resume();
    }

    private void count(Buffer chunk) {
      received.addAndGet(chunk.length());
    }

    @Override
    public void whole(Answer answer) {
      throw new AssertionError("not live");
    }

    @Override
    public void failed(UpstreamFailure failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void alone(Alone reason) {
      throw new AssertionError(reason.label());
    }
  }
}
