package org.cistern.tier.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.cistern.tier.IoWords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What keeps answers from the disk at present. The log is told of it once, and once of its end,
 * which is when nothing has failed for a while and a write goes well; for the writer's thread, but
 * for {@link #now}.
 */
final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  /** A disk that is all but full takes some writes and refuses others, and is not well yet. */
  static final Duration QUIET = Duration.ofMinutes(1);

  private static final int PRIMARY = 0xFF;

  private final Path file;
  private final InstantSource clock;
  private volatile @Nullable String now;
  private boolean locked;
  private long last;

  Trouble(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Returns a sentence, or null where there is none; for any thread. */
  @Nullable String now() {
    return now;
  }

  /** The file could not be opened. */
  void unopened(Exception failure) {
    met("the file cannot be opened: ", failure);
  }

  /** A write failed. */
  void unwritten(Throwable failure) {
    met("the last write failed: ", failure);
  }

  /** Another program's lock on the file, if there was one, has gone. */
  void unlocked() {
    locked = false;
  }

  private void met(String what, Throwable failure) {
    if (isFirstLock(failure)) {
      return;
    }
    last = clock.millis();
    String sentence = what + words(failure);
    if (now == null) {
      LOG.warn("{}: {}; answers are kept in memory alone until that is mended", file, sentence);
    }
    now = sentence;
  }

  /** A tool that looked into the file is no trouble, as long as it does not stay. */
  private boolean isFirstLock(Throwable failure) {
    boolean first = !locked && failure instanceof SQLiteException refused && isLock(refused);
    locked = locked || first;
    return first;
  }

  /** Tells whether nothing has failed for a while, so that it is worth a try. */
  boolean mayBeOver() {
    return now != null && !isRecent(clock.millis() - last);
  }

  /** A failure that is still to come says nothing, for the clock was set back. */
  private static boolean isRecent(long ago) {
    return ago >= 0 && ago < QUIET.toMillis();
  }

  /** A write, or an opening, went well. */
  void over() {
    unlocked();
    if (mayBeOver()) {
      now = null;
      LOG.info("{}: answers are kept on disk again", file);
    }
  }

  private static boolean isLock(SQLiteException refused) {
    return primary(refused) == SQLiteErrorCode.SQLITE_BUSY;
  }

  private static String words(Throwable failure) {
    if (failure instanceof IOException unwritable) {
      return IoWords.of(unwritable);
    }
    return failure instanceof SQLiteException refused ? words(refused) : firstLine(failure);
  }

  private static String words(SQLiteException refused) {
    return switch (primary(refused)) {
      case SQLITE_FULL -> IoWords.FULL;
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY -> IoWords.UNWRITABLE;
      default -> String.valueOf(refused.getMessage());
    };
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("");
  }

  private static SQLiteErrorCode primary(SQLiteException refused) {
    return SQLiteErrorCode.getErrorCode(refused.getResultCode().code & PRIMARY);
  }
}
