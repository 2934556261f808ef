package org.cistern.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What the file holds, added up; for the writer's thread. */
final class Totals {

  private final Map<String, Long> bytesByRule = new HashMap<>();
  private long entries;
  private long bytes;
  private long fileBytes;

  /** Counts what is there, reading one index. */
  static Totals of(Sql sql) throws SQLException {
    Totals totals = new Totals();
    String sums = "SELECT rule, count(*), sum(bytes) FROM entry GROUP BY rule";
    sql.list(sums, row -> totals.found(row.getString(1), row.getLong(2), row.getLong(3)));
    totals.fileBytes = sql.number("SELECT sum(bytes) FROM entry WHERE file IS NOT NULL");
    return totals;
  }

  void added(String rule, long size, boolean inFile) {
    change(rule, 1, size, inFile);
  }

  /** Counts a row that has gone: its columns are rule, bytes, file. */
  void removed(ResultSet row) throws SQLException {
    change(row.getString(1), -1, -row.getLong(2), row.getString(3) != null);
  }

  long bytesOf(String rule) {
    return bytesByRule.getOrDefault(rule, 0L);
  }

  long entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  /** Returns what the values in files of their own take. */
  long fileBytes() {
    return fileBytes;
  }

  private boolean found(String rule, long count, long size) {
    change(rule, count, size, false);
    return true;
  }

  private void change(String rule, long count, long size, boolean inFile) {
    entries += count;
    bytes += size;
    fileBytes += inFile ? size : 0;
    bytesByRule.merge(rule, size, Long::sum);
    bytesByRule.remove(rule, 0L);
  }
}
