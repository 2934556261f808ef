package org.cistern.tier.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.AnswerCodec;
import org.cistern.answer.BodyCompression;
import org.cistern.http.Fields;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Tier;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;

/**
 * L3: answers in a SQLite file, the large ones in files beside it. What it has reported as kept is
 * there after the process was killed. It is open for use at once: look-ups and writes wait behind
 * the opening of the file, on threads of its own.
 */
public final class DiskTier implements Tier {

  private static final Abilities ABILITIES = new Abilities(true, false, false);
  private static final long FLUSH_SECONDS = 5;
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final DiskSettings settings;
  private final RuleBounds rules;
  private final InstantSource clock;
  private final TierEvents events;
  private final AnswerCodec codec;
  private final WorkQueue queue;
  private final Queued queued;
  private final Gate gate;
  private final Trouble trouble;
  private final Sessions sessions;
  private final Writer writer;
  private final Thread writerThread;
  private final LookUps lookUps;
  private final Lookup.Shelf shelf;

  private DiskTier(
      DiskSettings settings,
      long epoch,
      BodyCompression compression,
      InstantSource clock,
      RuleBounds rules,
      TierEvents events) {
    this.settings = settings;
    this.rules = rules;
    this.clock = clock;
    this.events = events;
    this.codec = new AnswerCodec(compression);
    this.queue =
        new WorkQueue(settings.waitingWrites(), settings.waitingBytes(), settings.logBytes() / 2);
    EntriesFile file = new EntriesFile(settings, epoch);
    AccessTimes times = new AccessTimes();
    Doubts doubts = new Doubts();
    this.queued = new Queued(doubts);
    this.gate = new Gate(file.path());
    this.trouble = new Trouble(file.path(), clock);
    this.sessions =
        new Sessions(settings, file, gate, times, doubts, rules, clock, trouble, events);
    this.writer = new Writer(sessions, gate, queue, clock, trouble, events);
    this.writerThread = Threads.writer(writer);
    this.lookUps = new LookUps(Threads.readers(settings.readers(), settings.waitingReads()));
    this.shelf = new Lookup.Shelf(codec, file.bodies(), times, this::forget);
  }

  /**
   * Returns a tier over the folder, which this process alone must use.
   *
   * @param epoch the epoch of the purge log; entries that were stored under another are dropped
   * @param compression how bodies are packed
   */
  public static DiskTier open(
      DiskSettings settings,
      long epoch,
      BodyCompression compression,
      InstantSource clock,
      RuleBounds rules,
      TierEvents events) {
    DiskTier tier = new DiskTier(settings, epoch, compression, clock, rules, events);
    tier.writerThread.start();
    return tier;
  }

  @Override
  public Level level() {
    return Level.L3;
  }

  @Override
  public void find(Key key, Fields request, Consumer<Found> then) {
    long now = clock.millis();
    lookUps.run(() -> look(key, request, now), found -> tell(found, then));
  }

  /** Ends look-ups that take too long; to be called a few times a second, by one thread. */
  public void tick() {
    lookUps.tick();
  }

  @Override
  public CompletionStage<Stored> store(Key key, Answer answer, int maxVariants) {
    Instant now = clock.instant();
    Instant until = rules.endOfLife(answer, Level.L3, settings.ttl(), now);
    long expires = until.isAfter(LAST) ? Long.MAX_VALUE : until.toEpochMilli();
    Work.Put put =
        new Work.Put(
            key,
            answer,
            maxVariants,
            expires,
            now.toEpochMilli(),
            codec,
            queued::shows,
            new CompletableFuture<>());
    CompletionStage<Stored> stored = queued.add(put);
    if (queued.shows(put)) {
      var unused = enqueue(put);
    } else {
      end(put, Stored.SUPERSEDED);
    }
    return stored;
  }

  @Override
  public CompletionStage<Stored> remove(Key key) {
    Work.Remove remove = new Work.Remove(key, new CompletableFuture<>());
    CompletionStage<Stored> removed = queued.add(remove);
    var unused = enqueue(remove);
    return removed;
  }

  @Override
  public CompletionStage<Stored> clear() {
    Work.Clear clear = new Work.Clear(new CompletableFuture<>());
    CompletionStage<Stored> cleared = queued.add(clear);
    var unused = enqueue(clear);
    return cleared;
  }

  /**
   * Deletes, in small steps between other writes, what hard purges cover that were in force before.
   *
   * @return completed once all was looked through, with {@code DONE}; else the purges are needed on
   */
  public CompletionStage<Stored> reclaim(Purges purges) {
    return new ReclaimRound(purges, this::enqueue).begin();
  }

  @Override
  public Contents contents() {
    return sessions.contents();
  }

  /** Tells whether its file is open: without, every look-up is a miss and every write is lost. */
  public boolean isOpen() {
    return gate.isOpen();
  }

  /** Tells whether its file is being opened for the first time, so that nothing is known of it. */
  public boolean isOpening() {
    return gate.isOpening();
  }

  /** Returns why it keeps no answers at present, or null where it does. */
  public @Nullable String problem() {
    String met = trouble.now();
    return met != null || isOpen() ? met : "the file cannot be opened";
  }

  @Override
  public Abilities abilities() {
    return ABILITIES;
  }

  @Override
  public Duration ttl() {
    return settings.ttl();
  }

  @Override
  public void close() {
    lookUps.close();
    writer.close();
    enqueue(new Work.Wake(new CompletableFuture<>()));
    if (!hasEnded(FLUSH_SECONDS)) {
      writer.hurry();
      hasEnded(FLUSH_SECONDS);
    }
  }

  private Found look(Key key, Fields request, long now) {
    Found waiting = queued.find(key, request, now);
    if (waiting != null) {
      return waiting;
    }
    int generation = gate.generation();
    try {
      return gate.read(new Lookup(key, request, now, shelf), Found.miss(Found.Miss.DOWN));
    } catch (SQLException e) {
      if (Fault.of(e) == Fault.PASSING) {
        return Found.miss(Found.Miss.DOWN);
      }
      enqueue(new Work.Replace(generation, new CompletableFuture<>()));
      return Found.miss(Found.Miss.DAMAGED);
    }
  }

  private void tell(Found found, Consumer<Found> then) {
    Found.Miss miss = found.miss();
    if (miss == null) {
      events.hit(Level.L3);
    } else {
      events.missed(Level.L3, miss);
    }
    then.accept(found);
  }

  private void forget(long id, long seq) {
    enqueue(new Work.Forget(id, seq, new CompletableFuture<>()));
  }

  private CompletionStage<Stored> enqueue(Work work) {
    if (!queue.offer(work)) {
      end(work, Stored.DROPPED);
    }
    writer.refuseWhatIsLate();
    return work.done();
  }

  private void end(Work work, Stored outcome) {
    if (work.adds()) {
      events.stored(Level.L3, outcome);
    }
    work.done().complete(outcome);
  }

  private boolean hasEnded(long seconds) {
    try {
      writerThread.join(TimeUnit.SECONDS.toMillis(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !writerThread.isAlive();
  }
}
