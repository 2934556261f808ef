package org.cistern.tier.disk;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.cistern.answer.Answer;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.rule.Key;
import org.cistern.tier.Tier.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code entries.db} as the writer changes them, a batch to a transaction; for the
 * writer's thread.
 */
final class Entries {

  private static final int PROBE = 1 << 16;

  /** The row's other columns and its lines in the indexes, roughly. */
  private static final int OVERHEAD = 400;

  private final Sql sql;
  private final BodyFiles files;
  private final Trouble trouble;
  private final long largestInRow;
  private final List<String> written = new ArrayList<>();
  private final List<String> obsolete = new ArrayList<>();
  private Totals totals;

  /**
   * @param largestInRow in bytes; a larger value goes to a file of its own
   */
  Entries(Sql sql, BodyFiles files, Trouble trouble, long largestInRow) throws SQLException {
    this.sql = sql;
    this.files = files;
    this.trouble = trouble;
    this.largestInRow = largestInRow;
    this.totals = Totals.of(sql);
  }

  Totals totals() {
    return totals;
  }

  void begin() throws SQLException {
    sql.script("BEGIN IMMEDIATE");
  }

  void commit() throws SQLException {
    sql.script("COMMIT");
    obsolete.forEach(files::delete);
    obsolete.clear();
    written.clear();
  }

  /** Undoes what came after {@link #begin}, as far as the file still can. */
  void rollback() {
    try {
      sql.script("ROLLBACK");
    } catch (SQLException alreadyUndone) {
      // An error of the disk has ended the transaction before.
    }
    written.forEach(files::delete);
    written.clear();
    obsolete.clear();
  }

  /** Counts anew what a rollback has brought back. */
  void recount() throws SQLException {
    totals = Totals.of(sql);
  }

  /** Writes a row and a file that nobody reads. */
  void probe(long now) throws SQLException, IOException {
    String name = "probe";
    sql.run("INSERT OR REPLACE INTO meta VALUES(?, ?)", name, now);
    files.write(name, new byte[PROBE]);
    files.delete(name);
  }

  /** Returns what a value under a key takes, all told. */
  static long bytes(Key key, byte[] value) {
    return OVERHEAD + 3L * key.text().length() + value.length;
  }

  /**
   * Puts a value beside the other variants of the key that are alive, unless what it would replace
   * was asked for later.
   */
  Stored put(Key key, Answer answer, byte[] value, long expires, int maxVariants, long now)
      throws SQLException {
    long first = EntryId.first(key);
    List<VariantRow> rows = rows(first);
    if (VariantRow.hasLater(rows, key, answer, now)) {
      return Stored.SUPERSEDED;
    }
    List<VariantRow> staying = VariantRow.staying(rows, key, answer, maxVariants, now);
    for (VariantRow row : rows) {
      if (!staying.contains(row)) {
        delete(row.id());
      }
    }
    String file = value.length > largestInRow ? newFile(first, value) : null;
    if (file == null && value.length > largestInRow) {
      return Stored.FAILED;
    }
    insert(
        VariantRow.free(first, staying),
        key,
        answer,
        VariantRow.next(rows, now),
        expires,
        file,
        value,
        now);
    return Stored.DONE;
  }

  /** Removes all variants of a key. */
  void remove(Key key) throws SQLException {
    for (VariantRow row : rows(EntryId.first(key))) {
      if (row.key().equals(key.text())) {
        delete(row.id());
      }
    }
  }

  /** Removes all rows of a key whose first row id is given. */
  void remove(long first) throws SQLException {
    for (VariantRow row : rows(first)) {
      delete(row.id());
    }
  }

  /** Removes one row, unless another was stored in its place meanwhile. */
  void remove(long id, long seq) throws SQLException {
    if (sql.number("SELECT count(*) FROM entry WHERE id=? AND seq=?", id, seq) > 0) {
      delete(id);
    }
  }

  void delete(long id) throws SQLException {
    String delete = "DELETE FROM entry WHERE id=? RETURNING rule, bytes, file";
    try (ResultSet row = sql.query(delete, id)) {
      while (row.next()) {
        totals.removed(row);
        if (row.getString(3) != null) {
          obsolete.add(row.getString(3));
        }
      }
    }
    sql.run("DELETE FROM access WHERE id=?", id);
    sql.run("DELETE FROM tag WHERE id=?", id);
  }

  private void insert(
      long id,
      Key key,
      Answer answer,
      long seq,
      long expires,
      @Nullable String file,
      byte[] value,
      long now)
      throws SQLException {
    long bytes = bytes(key, value);
    sql.run(
        "INSERT INTO entry(id, key, variant, seq, expires, asked, rule, owner, target, epoch, position,"
            + " bytes, file, value) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        key.text(),
        Variants.id(answer),
        seq,
        expires,
        Asking.of(answer).micros(),
        answer.rule(),
        answer.owner(),
        answer.target().uri(),
        answer.position().epoch(),
        answer.position().number(),
        bytes,
        file,
        file == null ? value : null);
    sql.run("INSERT INTO access(id, used) VALUES(?, ?)", id, now);
    for (String tag : answer.tags()) {
      sql.run("INSERT INTO tag(tag, id) VALUES(?, ?)", tag, id);
    }
    totals.added(answer.rule(), bytes, file != null);
  }

  private @Nullable String newFile(long id, byte[] value) {
    HexFormat hex = HexFormat.of();
    String name = hex.toHexDigits(id) + hex.toHexDigits(ThreadLocalRandom.current().nextLong());
    try {
      files.write(name, value);
      written.add(name);
      return name;
    } catch (IOException noRoom) {
      trouble.unwritten(noRoom);
      return null;
    }
  }

  private List<VariantRow> rows(long first) throws SQLException {
    return sql.list(
        "SELECT id, key, variant, seq, expires, asked, position FROM entry"
            + " WHERE id BETWEEN ? AND ?",
        VariantRow::of,
        first,
        EntryId.last(first));
  }
}
