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
 * What keeps answers from the disk at present. The log is told of it once, and once of its end; for
 * the writer's thread, but for {@link #now}.
 */
final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  /** A disk that is all but full takes some writes and refuses others, and is not well yet. */
  static final Duration QUIET = Duration.ofMinutes(1);

  private static final int PRIMARY = 0xFF;

  private final Path file;
  private final InstantSource clock;
  private volatile @Nullable String now;
  private boolean told;
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
    met("the file cannot be opened: " + words(failure));
  }

  /** A write failed. */
  void unwritten(Throwable failure) {
    met("the last write failed: " + words(failure));
  }

  private void met(String sentence) {
    now = sentence;
    last = clock.millis();
    if (!told) {
      told = true;
      LOG.warn("{}: {}; answers are kept in memory alone until that is mended", file, sentence);
    }
  }

  /** A write, or an opening, went well. */
  void over() {
    now = null;
    if (told && clock.millis() - last >= QUIET.toMillis()) {
      told = false;
      LOG.info("{}: answers are kept on disk again", file);
    }
  }

  private static String words(Throwable failure) {
    if (failure instanceof IOException unwritable) {
      return IoWords.of(unwritable);
    }
    return failure instanceof SQLiteException refused ? words(refused) : failure.toString();
  }

  private static String words(SQLiteException refused) {
    SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(refused.getResultCode().code & PRIMARY);
    return switch (primary) {
      case SQLITE_FULL -> "the disk is full";
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY -> "it is no file that may be written";
      default -> String.valueOf(refused.getMessage());
    };
  }
}
