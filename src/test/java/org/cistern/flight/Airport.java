package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.cistern.loop.ByteBudget;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/** Flights over a real Vert.x with several event loops, a clock by hand, and pilots by script. */
final class Airport implements AutoCloseable {

  /** A body of ten pieces at the pace of a reader on another loop crosses over some 40 times. */
  private static final int HOPS = 100;

  /** One call of a pilot, waiting for the test to say how it comes out. */
  record Call(Context context, Ticket ticket, Position position, Consumer<Outcome> then) {

    ScriptedIncoming keeps(long length, Function<TestKeep, Keep> how, Consumer<Answer> store) {
      ScriptedIncoming incoming = ScriptedIncoming.ok(context, length);
      then.accept(
          new Outcome.Streamed(incoming, how.apply(TestKeep.of(ticket, position, store)), null));
      return incoming;
    }

    ScriptedIncoming passes() {
      ScriptedIncoming incoming = ScriptedIncoming.ok(context, -1);
      then.accept(new Outcome.Passing(incoming, Alone.UNSTORABLE, true, null));
      return incoming;
    }
  }

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  final List<Context> loops;
  final SmallPurges purges = new SmallPurges();
  final AtomicLong nanos = new AtomicLong(-5);
  final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  final ConcurrentHashMap<Key, Answer> stored = new ConcurrentHashMap<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final ByteBudget budget;
  final Flights flights;

  Airport() {
    this(FlightLimits.defaults(), 64 << 20);
  }

  Airport(FlightLimits limits, long budgetBytes) {
    loops = IntStream.range(0, 4).mapToObj(i -> loop(vertx)).toList();
    budget = new ByteBudget(budgetBytes);
    flights = new Flights(purges, budget, limits, new Notes(events), nanos::get);
  }

  private static Context loop(Vertx vertx) {
    return ((io.vertx.core.impl.VertxInternal) vertx).createEventLoopContext();
  }

  static Ticket ticket(String path) {
    return ticket(path, null);
  }

  static Ticket ticket(String path, @Nullable Duration maxAge) {
    Target target = new Target("http", "example.org", path, null);
    return new Ticket(
        new Key("GET " + path), target, "rule", null, Set.of(), Duration.ofSeconds(30), maxAge);
  }

  TestPassenger reader(int loop, String path) {
    return new TestPassenger(ticket(path), loops.get(loop % loops.size()), true);
  }

  TestPassenger slow(int loop, String path) {
    return new TestPassenger(ticket(path), loops.get(loop % loops.size()), false);
  }

  /** Boards on the passenger's loop, and returns once that is done. */
  TestPassenger board(TestPassenger passenger) {
    return board(passenger, pilot(passenger));
  }

  TestPassenger board(TestPassenger passenger, Pilot pilot) {
    on(passenger.context(), () -> passenger.seat = flights.board(passenger, pilot));
    return passenger;
  }

  List<TestPassenger> board(int count, String path) {
    List<TestPassenger> all = IntStream.range(0, count).mapToObj(i -> reader(i, path)).toList();
    all.forEach(this::board);
    return all;
  }

  Pilot pilot(TestPassenger passenger) {
    return (position, then) ->
        calls.add(new Call(Vertx.currentContext(), passenger.ticket(), position, then));
  }

  Pilot pilot(Ticket ticket) {
    return (position, then) -> calls.add(new Call(Vertx.currentContext(), ticket, position, then));
  }

  /** Returns the next upstream call, waiting for it. */
  Call call() {
    try {
      Call next = calls.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nobody asked the upstream");
      }
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  ScriptedIncoming keeps(Call call, long length) {
    return keeps(call, length, keep -> keep);
  }

  ScriptedIncoming keeps(Call call, long length, Function<TestKeep, Keep> how) {
    return call.keeps(length, how, answer -> stored.put(call.ticket().key(), answer));
  }

  /** Lets everything that the loops have queued happen, and what follows of it on other loops. */
  void settle() {
    for (int round = 0; round < HOPS; round++) {
      loops.forEach(loop -> on(loop, () -> {}));
    }
  }

  /** Runs a task on a loop and returns once it has run. */
  static void on(Context loop, Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        nothing -> {
          task.run();
          done.complete(null);
        });
    done.orTimeout(10, TimeUnit.SECONDS).join();
  }

  void passTime(Duration time) {
    nanos.addAndGet(time.toNanos());
    flights.tick();
    settle();
  }

  static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Writes events down as words. */
  private record Notes(List<String> events) implements FlightEvents {
    @Override
    public void started(String rule, boolean refresh) {
      events.add(refresh ? "refresh" : "started");
    }

    @Override
    public void joined(String rule) {
      events.add("joined");
    }

    @Override
    public void alone(String rule, Alone reason) {
      events.add("alone " + reason.label());
    }

    @Override
    public void failed(String rule, org.cistern.upstream.message.UpstreamFailure.Kind kind) {
      events.add("failed " + kind.label());
    }

    @Override
    public void reset(String rule, StreamReset.Cause cause) {
      events.add("reset " + cause.label());
    }

    @Override
    public void overBudget(String rule) {
      events.add("over budget");
    }

    @Override
    public void tooLarge(String rule) {
      events.add("too large");
    }

    @Override
    public void purgedInFlight(String rule) {
      events.add("purged");
    }

    @Override
    public void kept(String rule, long bytes) {
      events.add("kept " + bytes);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
