package org.cistern.flight;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Headers;

/** Keeps answers in a map of the test's. */
record TestKeep(
    Ticket ticket,
    Position position,
    Set<String> tags,
    long maxSize,
    boolean lastByteWaits,
    CompletionStage<?> stored,
    UnaryOperator<Answer> completed,
    Consumer<Answer> store)
    implements Keep {

  static TestKeep of(Ticket ticket, Position position, Consumer<Answer> store) {
    CompletionStage<?> done = CompletableFuture.completedStage(null);
    return new TestKeep(
        ticket, position, Set.of(), 8 << 20, false, done, UnaryOperator.identity(), store);
  }

  TestKeep max(long bytes) {
    return new TestKeep(ticket, position, tags, bytes, lastByteWaits, stored, completed, store);
  }

  TestKeep tagged(Set<String> known, UnaryOperator<Answer> atTheEnd) {
    return new TestKeep(ticket, position, known, maxSize, lastByteWaits, stored, atTheEnd, store);
  }

  TestKeep through(CompletionStage<?> tiers) {
    return new TestKeep(ticket, position, tags, maxSize, true, tiers, completed, store);
  }

  static Answer answer(Ticket ticket, Position position, Set<String> tags, byte[] body) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    return new Answer(
        ticket.target(),
        "GET",
        200,
        Headers.of("X-From", "store"),
        Body.of(body),
        time,
        time,
        Headers.empty(),
        List.of(),
        tags,
        ticket.rule(),
        ticket.owner(),
        time.plusSeconds(60),
        position);
  }

  @Override
  public Answer described() {
    return answer(ticket, position, tags, new byte[0]);
  }

  @Override
  public Answer complete(Body body, Headers trailers) {
    return completed.apply(answer(ticket, position, tags, body.bytes()));
  }

  @Override
  public CompletionStage<?> store(Answer answer) {
    store.accept(answer);
    return stored;
  }
}
