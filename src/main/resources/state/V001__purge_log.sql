-- The log's name, and a number at or above every one it has given.
CREATE TABLE purge_log (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  head  INTEGER NOT NULL
);

-- The newest barrier of each target and hardness. at: milliseconds since 1970.
CREATE TABLE purge_barrier (
  kind   TEXT    NOT NULL,
  what   TEXT    NOT NULL,
  hard   INTEGER NOT NULL CHECK (hard IN (0, 1)),
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (kind, what, hard)
) WITHOUT ROWID;
