package org.cistern.tier.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cistern.tier.Tier;
import org.cistern.tier.Tier.Stored;

/** The writer's side of one open file; for the writer's thread. */
final class Session implements AutoCloseable {

  private final Sql sql;
  private final Entries entries;
  private final Upkeep upkeep;
  private final AccessTimes times;
  private final Doubts doubts;

  Session(Sql sql, Entries entries, Upkeep upkeep, AccessTimes times, Doubts doubts) {
    this.sql = sql;
    this.entries = entries;
    this.upkeep = upkeep;
    this.times = times;
    this.doubts = doubts;
  }

  /** Does all of it in one transaction and returns what became of each, in order. */
  List<Stored> commit(List<Work> works) throws SQLException {
    List<Stored> outcomes = new ArrayList<>(works.size());
    Map<Long, Doubts.Doubt> doubted = begin();
    upkeep.measure();
    for (Work work : works) {
      outcomes.add(work.apply(entries, upkeep));
    }
    if (times.isWorthWriting()) {
      upkeep.writeAccessTimes();
    }
    commit(doubted);
    return outcomes;
  }

  /** Keeps the file within its bound after a {@link #commit}. */
  void shrink() throws SQLException {
    upkeep.shrink(false);
  }

  /** Each transaction begins with the removal of what is in doubt; returns what that was. */
  private Map<Long, Doubts.Doubt> begin() throws SQLException {
    Map<Long, Doubts.Doubt> doubted = doubts.present();
    entries.begin();
    for (long first : doubted.keySet()) {
      entries.remove(first);
    }
    return doubted;
  }

  private void commit(Map<Long, Doubts.Doubt> doubted) throws SQLException {
    entries.commit();
    doubts.settled(doubted);
  }

  /** Does a little of what can wait: buries the dead, writes access times, tidies the file. */
  void tidy(long now) throws SQLException {
    Map<Long, Doubts.Doubt> doubted = begin();
    upkeep.bury(now);
    upkeep.writeAccessTimes();
    commit(doubted);
    upkeep.checkpoint();
    upkeep.shrink(true);
  }

  /** Writes a little where entries go, to see whether that goes well again. */
  void probe(long now) throws SQLException, IOException {
    Map<Long, Doubts.Doubt> doubted = begin();
    entries.probe(now);
    commit(doubted);
  }

  /** Undoes what a failed {@link #commit}, {@link #tidy} or {@link #probe} has begun. */
  void undo() throws SQLException {
    entries.rollback();
    entries.recount();
  }

  /** Returns what the file holds; evictions since it was opened. */
  Tier.Contents contents() {
    Totals totals = entries.totals();
    return new Tier.Contents(totals.entries(), totals.bytes(), upkeep.evictions());
  }

  /** Ends it without caring for what is open. */
  void abandon() {
    sql.abandon();
  }

  @Override
  public void close() throws SQLException {
    Map<Long, Doubts.Doubt> doubted = begin();
    upkeep.writeAccessTimes();
    commit(doubted);
    sql.close();
  }
}
