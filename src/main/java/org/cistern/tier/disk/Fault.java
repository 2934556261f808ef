package org.cistern.tier.disk;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means for the file. */
enum Fault {
  /** The file itself is broken: it will not get better. */
  DAMAGED,
  /** The file is not to blame: no room, no access, a lock. It may pass. */
  PASSING;

  private static final int PRIMARY = 0xFF;

  static Fault of(SQLException error) {
    if (!(error instanceof SQLiteException sqlite)) {
      return PASSING;
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    boolean damaged =
        isPrimary(code, SQLiteErrorCode.SQLITE_CORRUPT)
            || isPrimary(code, SQLiteErrorCode.SQLITE_NOTADB)
            || isPrimary(code, SQLiteErrorCode.SQLITE_FORMAT)
            // A table or column that should be there is not.
            || isPrimary(code, SQLiteErrorCode.SQLITE_ERROR)
            || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
    return damaged ? DAMAGED : PASSING;
  }

  private static boolean isPrimary(SQLiteErrorCode code, SQLiteErrorCode primary) {
    return (code.code & PRIMARY) == primary.code;
  }
}
