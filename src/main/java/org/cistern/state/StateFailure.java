package org.cistern.state;

import java.io.IOException;
import java.sql.SQLException;
import org.cistern.tier.IoWords;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** {@code state.db} did not do what was asked, and why. */
public final class StateFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Why why;

  StateFailure(Why why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  StateFailure(Why why, String message) {
    super(message);
    this.why = why;
  }

  /** Returns the failure that a work's exception stands for. */
  static StateFailure of(Throwable failure) {
    if (failure instanceof StateFailure known) {
      return known;
    }
    Why why =
        switch (code(failure)) {
          case SQLITE_FULL -> Why.FULL;
          case SQLITE_CORRUPT, SQLITE_NOTADB -> Why.DAMAGED;
          case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM -> Why.UNWRITABLE;
          default -> Why.FAILED;
        };
    return new StateFailure(why, "state.db: " + words(why, failure), failure);
  }

  /** Returns the words that the disk tier has for it as well. */
  private static String words(Why why, Throwable failure) {
    return switch (why) {
      case FULL -> IoWords.FULL;
      case UNWRITABLE -> IoWords.UNWRITABLE;
      default ->
          failure instanceof IOException file
              ? IoWords.of(file)
              : String.valueOf(failure.getMessage());
    };
  }

  /** Returns the primary code, whatever extended one the database gave. */
  private static SQLiteErrorCode code(Throwable failure) {
    return failure instanceof SQLException sql && sql instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
        : SQLiteErrorCode.SQLITE_ERROR;
  }

  /** Returns why it failed. */
  public Why why() {
    return why;
  }

  /** Why {@code state.db} did not do what was asked. */
  public enum Why {
    /** A newer Cistern has written it; this one must not start. */
    NEWER_VERSION,
    /** The folder or the file cannot be written to, or is no such thing. */
    UNWRITABLE,
    /** The file is damaged; the next start sets it aside. */
    DAMAGED,
    /** The disk has no room left. */
    FULL,
    /** Too many writes wait already. */
    BUSY,
    /** It is closed. */
    CLOSED,
    /** Another failure, which the message names. */
    FAILED
  }
}
