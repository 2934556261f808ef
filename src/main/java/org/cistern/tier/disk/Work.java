package org.cistern.tier.disk;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.cistern.answer.Answer;
import org.cistern.answer.AnswerCodec;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.tier.Tier.Stored;

/** Something for the writer to do. */
sealed interface Work {

  /** Returns what is completed once it is done, or will not be. */
  CompletableFuture<Stored> done();

  /** Returns the bytes that it holds while it waits. */
  default long weight() {
    return 0;
  }

  /** Tells whether it adds an answer. */
  default boolean adds() {
    return false;
  }

  /** Tells whether it concerns the file itself, and so ends a batch. */
  default boolean startsAnew() {
    return false;
  }

  /**
   * Puts a new file in the place of this one.
   *
   * @param generation counts the files so far
   */
  default Stored startAnew(Sessions sessions, int generation) {
    return Stored.DONE;
  }

  /** Does it in the transaction that is open. */
  default Stored apply(Entries entries, Upkeep upkeep) throws SQLException {
    return Stored.DONE;
  }

  /**
   * Keeps an answer that is alive until then.
   *
   * @param wanted tells whether nothing that came later has replaced or removed it: that may be
   *     lost, and this would be found in its place
   */
  record Put(
      Key key,
      Answer answer,
      int maxVariants,
      long expires,
      long now,
      AnswerCodec codec,
      Predicate<Put> wanted,
      CompletableFuture<Stored> done)
      implements Work {

    Asking asking() {
      return Asking.of(answer);
    }

    /** Tells whether the other takes its place. */
    boolean isReplacedBy(Put other) {
      return Variants.id(answer).equals(Variants.id(other.answer))
          || Variants.matches(answer, other.answer.varied());
    }

    /**
     * Tells whether it was asked for later, and did not just expire when the other comes: one that
     * says that there is nothing counts too.
     */
    boolean isLaterThan(Put other) {
      boolean counts = expires > other.now || answer.isDead();
      return counts && asking().isLaterThan(other.asking(), other.now);
    }

    @Override
    public long weight() {
      return answer.body().size();
    }

    @Override
    public boolean adds() {
      return true;
    }

    @Override
    public Stored apply(Entries entries, Upkeep upkeep) throws SQLException {
      if (!wanted.test(this)) {
        return Stored.SUPERSEDED;
      }
      byte[] value = codec.encode(answer);
      long bytes = Entries.bytes(key, value);
      if (bytes > upkeep.limit(answer.rule())) {
        // What it would have replaced is no longer what the origin says.
        entries.remove(key);
        return Stored.TOO_LARGE;
      }
      upkeep.makeRoom(answer.rule(), bytes);
      upkeep.makeRoom(bytes, now);
      return entries.put(key, answer, value, expires, maxVariants, now);
    }
  }

  /** Forgets all variants under a key. */
  record Remove(Key key, CompletableFuture<Stored> done) implements Work {
    @Override
    public Stored apply(Entries entries, Upkeep upkeep) throws SQLException {
      entries.remove(key);
      return Stored.DONE;
    }
  }

  /** Forgets one row whose value cannot be read. */
  record Forget(long id, long seq, CompletableFuture<Stored> done) implements Work {
    @Override
    public Stored apply(Entries entries, Upkeep upkeep) throws SQLException {
      entries.remove(id, seq);
      return Stored.DONE;
    }
  }

  /** Deletes what purges have made void among the rows from {@code from} on, a few at a time. */
  record Reclaim(Purges purges, long from, AtomicLong next, CompletableFuture<Stored> done)
      implements Work {

    static final long NO_MORE = Long.MAX_VALUE;

    static Reclaim from(Purges purges, long id) {
      return new Reclaim(purges, id, new AtomicLong(NO_MORE), new CompletableFuture<>());
    }

    @Override
    public Stored apply(Entries entries, Upkeep upkeep) throws SQLException {
      next.set(upkeep.reclaim(purges, from));
      return Stored.DONE;
    }
  }

  /** Does nothing but wake the writer. */
  record Wake(CompletableFuture<Stored> done) implements Work {}

  /** Forgets everything, by beginning a new file. */
  record Clear(CompletableFuture<Stored> done) implements Work {
    @Override
    public boolean startsAnew() {
      return true;
    }

    @Override
    public Stored startAnew(Sessions sessions, int generation) {
      return sessions.empty() ? Stored.DONE : Stored.FAILED;
    }
  }

  /** Sets the file aside in which a reader met damage, unless that has been done since. */
  record Replace(int damaged, CompletableFuture<Stored> done) implements Work {
    @Override
    public boolean startsAnew() {
      return true;
    }

    @Override
    public Stored startAnew(Sessions sessions, int generation) {
      if (generation == damaged) {
        sessions.replace();
      }
      return Stored.DONE;
    }
  }
}
