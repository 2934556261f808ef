package org.cistern.tier.disk;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.cistern.purge.Purges;
import org.cistern.tier.RuleBounds;

/** What keeps {@code entries.db} within its bounds and tidy; for the writer's thread. */
final class Upkeep {

  private static final int STEP = 256;
  private static final int LARGE_STEP = 1024;
  private static final String LEAST_RECENTLY_USED =
      "SELECT e.id, e.bytes FROM access a JOIN entry e ON e.id = a.id ORDER BY a.used LIMIT ?";
  private static final String LEAST_RECENTLY_USED_OF_RULE =
      "SELECT e.id, e.bytes FROM entry e JOIN access a ON a.id = e.id"
          + " WHERE e.rule = ? ORDER BY a.used LIMIT ?";

  private final Sql sql;
  private final Entries entries;
  private final AccessTimes times;
  private final RuleBounds rules;
  private final long limit;
  private long used;
  private long evictions;

  Upkeep(Sql sql, Entries entries, AccessTimes times, RuleBounds rules, long limit)
      throws SQLException {
    this.sql = sql;
    this.entries = entries;
    this.times = times;
    this.rules = rules;
    this.limit = limit;
    this.used = measured();
  }

  /** Returns the largest value that a rule may store. */
  long limit(String rule) {
    return Math.min(limit, rules.quotaBytes(rule));
  }

  long evictions() {
    return evictions;
  }

  /** Measures what is used; between two times it is estimated, a little too low. */
  void measure() throws SQLException {
    used = measured();
  }

  /** Makes room for so many more bytes: the dead go first, then what was used longest ago. */
  void makeRoom(long more, long now) throws SQLException {
    if (used + more > limit) {
      used = measured();
      // A little more at once, or the next write would be here again.
      while (used + more > limit && free(used + more - limit + limit / 128, now)) {
        used = measured();
      }
    }
    used += more;
  }

  /** Takes what a rule used longest ago until it has room for so many more bytes in its quota. */
  void makeRoom(String rule, long more) throws SQLException {
    long quota = rules.quotaBytes(rule);
    long excess = entries.totals().bytesOf(rule) + more - quota;
    if (quota != RuleBounds.NO_QUOTA && excess > 0) {
      writeAccessTimes();
      while (excess > 0) {
        long freed = evict(sql.list(LEAST_RECENTLY_USED_OF_RULE, Victim.ROW, rule, STEP), excess);
        excess = freed == 0 ? 0 : excess - freed;
      }
    }
  }

  /** Removes some of what has died; returns whether there was any. */
  boolean bury(long now) throws SQLException {
    String dead = "SELECT id, bytes FROM entry WHERE expires <= ? LIMIT ?";
    List<Victim> buried = sql.list(dead, Victim.ROW, now, STEP);
    for (Victim one : buried) {
      entries.delete(one.id);
    }
    return !buried.isEmpty();
  }

  /** Deletes some of what purges cover; returns where to go on, see {@link Reclaiming}. */
  long reclaim(Purges purges, long from) throws SQLException {
    return new Reclaiming(sql, entries, purges).from(from);
  }

  /** Writes down when entries were found. */
  void writeAccessTimes() throws SQLException {
    for (Map.Entry<Long, Long> use : times.drain().entrySet()) {
      sql.run("UPDATE access SET used=? WHERE id=?", use.getValue(), use.getKey());
    }
  }

  /**
   * Gives a few of the pages that nothing uses back to the disk, if there are many or if they take
   * more than there is; outside a transaction.
   */
  void shrink(boolean atLeisure) throws SQLException {
    long free = sql.number("PRAGMA freelist_count");
    boolean tooLarge = free > 0 && pageBytes(sql.number("PRAGMA page_count")) > limit;
    if (tooLarge || (atLeisure && free > STEP)) {
      sql.script("PRAGMA incremental_vacuum(" + (tooLarge ? LARGE_STEP : STEP) + ")");
    }
    if (tooLarge) {
      // Only this makes the file itself shorter.
      checkpoint();
    }
  }

  /** Moves the log into the file, as far as nobody reads it; outside a transaction. */
  void checkpoint() throws SQLException {
    sql.script("PRAGMA wal_checkpoint(PASSIVE)");
  }

  private boolean free(long excess, long now) throws SQLException {
    if (bury(now)) {
      return true;
    }
    writeAccessTimes();
    return evict(sql.list(LEAST_RECENTLY_USED, Victim.ROW, STEP), excess) > 0;
  }

  private long evict(List<Victim> victims, long excess) throws SQLException {
    long freed = 0;
    for (Victim victim : victims) {
      if (freed >= excess) {
        break;
      }
      entries.delete(victim.id);
      evictions++;
      freed += victim.bytes;
    }
    return freed;
  }

  private long measured() throws SQLException {
    return pageBytes(sql.number("PRAGMA page_count") - sql.number("PRAGMA freelist_count"));
  }

  /** Returns what so many pages and the large values take. */
  private long pageBytes(long pages) throws SQLException {
    return pages * sql.number("PRAGMA page_size") + entries.totals().fileBytes();
  }

  private record Victim(long id, long bytes) {
    static final Sql.Row<Victim> ROW = row -> new Victim(row.getLong(1), row.getLong(2));
  }
}
