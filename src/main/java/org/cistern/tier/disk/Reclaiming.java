package org.cistern.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purges;
import org.jspecify.annotations.Nullable;

/** One step of the way through all rows that looks for what hard purges cover. */
final class Reclaiming {

  private static final int STEP = 256;
  private static final String ROWS =
      "SELECT id, target, rule, owner, epoch, position FROM entry WHERE id >= ? ORDER BY id"
          + " LIMIT ?";

  private final Sql sql;
  private final Entries entries;
  private final Purges purges;

  Reclaiming(Sql sql, Entries entries, Purges purges) {
    this.sql = sql;
    this.entries = entries;
    this.purges = purges;
  }

  /** Deletes; returns the row id to go on from, or {@link Work.Reclaim#NO_MORE}. */
  long from(long first) throws SQLException {
    List<Row> rows = sql.list(ROWS, Row::of, first, STEP);
    for (Row row : rows) {
      if (isCovered(row)) {
        entries.delete(row.id);
      }
    }
    boolean more = rows.size() == STEP && rows.get(STEP - 1).id < Work.Reclaim.NO_MORE - 1;
    return more ? rows.get(STEP - 1).id + 1 : Work.Reclaim.NO_MORE;
  }

  private boolean isCovered(Row row) throws SQLException {
    return !row.position.equals(purges.head())
        && purges.covers(Target.ofUri(row.uri), tags(row), row.rule, row.owner, row.position)
            == Coverage.HARD;
  }

  private Set<String> tags(Row row) throws SQLException {
    return new HashSet<>(
        sql.list("SELECT tag FROM tag WHERE id=?", tag -> tag.getString(1), row.id));
  }

  private record Row(long id, String uri, String rule, @Nullable String owner, Position position) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          new Position(row.getLong(5), row.getLong(6)));
    }
  }
}
