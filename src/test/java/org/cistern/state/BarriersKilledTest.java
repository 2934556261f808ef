package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.cistern.answer.Position;
import org.cistern.purge.Coverage;
import org.cistern.purge.PurgeLog;
import org.cistern.purge.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarriersKilledTest {

  private static final int KILL_AFTER = 200;

  @TempDir Path folder;

  @Test
  void aPurgeThatWasReportedAsKeptOutlivesAKill() throws Exception {
    Process child = start();
    int reported;
    Position start;
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      start = new Position(Long.parseLong(lines.readLine()), 0);
      reported = readSome(lines);
      // By its handle, for the process itself would throw away what is still to be read.
      child.toHandle().destroyForcibly();
      reported += readRest(lines);
    }
    assertThat(child.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
    assertKept(reported, start);
  }

  private void assertKept(int reported, Position start) {
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = PurgeLog.open(new SqliteBarriers(db), InstantSource.system(), 100_000);
      assertThat(log.head().epoch()).isEqualTo(start.epoch());
      for (int i = 0; i < reported; i++) {
        assertThat(log.covers(Samples.answer("/p/" + i, start))).isEqualTo(Coverage.HARD);
      }
    }
    assertThat(folder.resolve("state.db.damaged-1")).doesNotExist();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Purger.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int readSome(BufferedReader lines) throws IOException {
    int count = 0;
    while (count < KILL_AFTER && lines.readLine() != null) {
      count++;
    }
    return count;
  }

  private static int readRest(BufferedReader lines) throws IOException {
    int count = 0;
    for (String line = lines.readLine(); isWhole(line); line = lines.readLine()) {
      count++;
    }
    return count;
  }

  /** The kill may cut the last line. */
  private static boolean isWhole(@Nullable String line) {
    return line != null && line.equals("kept");
  }

  /** The process that is killed: purges one path after the other, and reports each once kept. */
  static final class Purger {

    private Purger() {}

    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      StateDb db = StateDb.open(Path.of(args[0]));
      PurgeLog log = PurgeLog.open(new SqliteBarriers(db), InstantSource.system(), 100_000);
      out.println(log.head().epoch());
      for (int i = 0; i < 1_000_000; i++) {
        log.append(Samples.hard(Samples.uri("/p/" + i))).toCompletableFuture().join();
        out.println("kept");
      }
    }
  }
}
