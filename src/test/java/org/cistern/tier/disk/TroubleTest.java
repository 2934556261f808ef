package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import org.cistern.routes.Log;
import org.cistern.tier.FakeClock;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is said of a disk that takes no answers: why, once, and once that it does again. */
class TroubleTest {

  private static final String FULL = "the last write failed: the disk is full";

  private final FakeClock clock = new FakeClock();
  private final Trouble trouble = new Trouble(Path.of("entries.db"), clock);

  @Test
  void theLogIsToldOnceOfItAndOnceOfItsEndHoweverManyWritesFail() {
    try (Log log = new Log()) {
      trouble.unwritten(refused(SQLiteErrorCode.SQLITE_FULL));
      trouble.over();
      trouble.unwritten(refused(SQLiteErrorCode.SQLITE_FULL));
      clock.advance(Trouble.QUIET);
      trouble.over();
      trouble.over();

      assertThat(log.text().lines())
          .containsExactly(
              "entries.db: " + FULL + "; answers are kept in memory alone until that is mended",
              "entries.db: answers are kept on disk again");
    }
  }

  @Test
  void theReasonStaysUntilNothingHasFailedForAWhileAndAWriteGoesWell() {
    trouble.unwritten(refused(SQLiteErrorCode.SQLITE_FULL));
    trouble.over();
    assertThat(trouble.now()).isEqualTo(FULL);
    clock.advance(Trouble.QUIET);
    assertThat(trouble.now()).isEqualTo(FULL);
    trouble.over();
    assertThat(trouble.now()).isNull();
  }

  @Test
  void aFailureFromBeforeTheClockWasSetBackIsOver() {
    trouble.unwritten(refused(SQLiteErrorCode.SQLITE_FULL));
    clock.advance(Duration.ofHours(-1));
    trouble.over();
    assertThat(trouble.now()).isNull();
  }

  @Test
  void aLockThatPassesIsNoTroubleAndOneThatStaysIs() {
    trouble.unwritten(refused(SQLiteErrorCode.SQLITE_BUSY));
    trouble.over();
    trouble.unwritten(refused(SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT));
    assertThat(trouble.now()).isNull();
    trouble.unwritten(refused(SQLiteErrorCode.SQLITE_BUSY));
    assertThat(trouble.now()).isNotNull();
  }

  @Test
  void aReasonIsInPlainWords() {
    trouble.unopened(new AccessDeniedException("entries.db"));
    assertThat(trouble.now()).isEqualTo("the file cannot be opened: permission denied");
    trouble.unwritten(new IOException("No space left on device"));
    assertThat(trouble.now()).isEqualTo("the last write failed: no space left on device");
    trouble.unopened(refused(SQLiteErrorCode.SQLITE_READONLY_DIRECTORY));
    assertThat(trouble.now())
        .isEqualTo("the file cannot be opened: it is no file that may be written");
    trouble.unwritten(new IllegalStateException("first line\nsecond line"));
    assertThat(trouble.now())
        .isEqualTo("the last write failed: java.lang.IllegalStateException: first line");
  }

  private static SQLiteException refused(SQLiteErrorCode code) {
    return new SQLiteException(code.message, code);
  }
}
