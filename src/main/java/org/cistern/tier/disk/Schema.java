package org.cistern.tier.disk;

import java.sql.SQLException;

/**
 * The tables of {@code entries.db}. Another version of them is not migrated: what they hold can be
 * fetched again.
 */
final class Schema {

  static final int VERSION = 3;

  private static final String[] SETTINGS = {
    "PRAGMA page_size=4096",
    "PRAGMA auto_vacuum=INCREMENTAL",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA cache_size=-8192"
  };

  private static final String[] TABLES = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    // id: see EntryId; seq: the order of storing under one key; expires: milliseconds since 1970;
    // asked: when it was asked for, in microseconds since 1970; target, epoch, position: what
    // purges are compared with; bytes: what it takes; file: the name
    // of the file that has the value, where it is a large one.
    "CREATE TABLE entry(id INTEGER PRIMARY KEY, key TEXT NOT NULL, variant TEXT NOT NULL,"
        + " seq INTEGER NOT NULL, expires INTEGER NOT NULL, asked INTEGER NOT NULL, rule TEXT NOT NULL, owner TEXT,"
        + " target TEXT NOT NULL, epoch INTEGER NOT NULL, position INTEGER NOT NULL,"
        + " bytes INTEGER NOT NULL, file TEXT, value BLOB)",
    "CREATE INDEX entry_expires ON entry(expires)",
    "CREATE INDEX entry_rule ON entry(rule, bytes)",
    "CREATE INDEX entry_owner ON entry(owner) WHERE owner IS NOT NULL",
    "CREATE INDEX entry_file ON entry(file) WHERE file IS NOT NULL",
    // Apart from the entry, or each use would write the value again.
    "CREATE TABLE access(id INTEGER PRIMARY KEY, used INTEGER NOT NULL)",
    "CREATE INDEX access_used ON access(used)",
    "CREATE TABLE tag(tag TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(tag, id)) WITHOUT ROWID",
    "CREATE INDEX tag_id ON tag(id)",
  };

  private Schema() {}

  /** Sets the connection up and makes the tables where the file is new. */
  static void prepare(Sql sql, long epoch, long logBytes) throws SQLException {
    sql.script(SETTINGS);
    sql.script("PRAGMA wal_autocheckpoint=" + logBytes / 2 / 4096);
    sql.script("PRAGMA journal_size_limit=" + logBytes);
    if (isNew(sql)) {
      sql.script("BEGIN IMMEDIATE");
      sql.script(TABLES);
      sql.run("INSERT INTO meta VALUES('epoch', ?)", epoch);
      sql.script("PRAGMA user_version=" + VERSION, "COMMIT");
    }
  }

  /** Tells whether the tables are of this version, and of this epoch of the purge log. */
  static boolean suits(Sql sql, long epoch) throws SQLException {
    return sql.number("PRAGMA user_version") == VERSION
        && sql.number("SELECT value FROM meta WHERE name='epoch'") == epoch;
  }

  private static boolean isNew(Sql sql) throws SQLException {
    return sql.number("PRAGMA user_version") == 0
        && sql.number("SELECT count(*) FROM sqlite_schema") == 0;
  }
}
