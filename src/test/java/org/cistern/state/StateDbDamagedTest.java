package org.cistern.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.purge.Samples.NOON;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.uri;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cistern.purge.Barrier;
import org.cistern.purge.BarrierStore.Kept;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateDbDamagedTest {

  @TempDir Path folder;

  /** Ways in which a file can be damaged. */
  enum Damage {
    OVERWRITTEN {
      @Override
      void on(RandomAccessFile file) throws IOException {
        file.write("this is no database, whatever its name says".repeat(200).getBytes(UTF_8));
      }
    },
    A_PAGE_OVERWRITTEN {
      @Override
      void on(RandomAccessFile file) throws IOException {
        file.seek(4096);
        file.write(new byte[3 * 4096]);
      }
    },
    CUT_SHORT {
      @Override
      void on(RandomAccessFile file) throws IOException {
        file.setLength(4096 + 17);
      }
    };

    abstract void on(RandomAccessFile file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsSetAsideAndReplacedUnderAnotherEpoch(Damage damage) throws IOException {
    Kept before = fill();
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("state.db").toFile(), "rw")) {
      damage.on(file);
    }
    try (StateDb db = StateDb.open(folder)) {
      Kept after = new SqliteBarriers(db).load();
      assertThat(after.epoch()).isNotEqualTo(before.epoch());
      assertThat(after.barriers()).isEmpty();
    }
    assertThat(folder.resolve("state.db.damaged-1")).exists();
    StateDb.open(folder).close();
    assertThat(folder.resolve("state.db.damaged-2")).doesNotExist();
  }

  private Kept fill() {
    try (StateDb db = StateDb.open(folder)) {
      SqliteBarriers store = new SqliteBarriers(db);
      Kept kept = store.load();
      List<Barrier> barriers = new ArrayList<>();
      for (int i = 1; i < 500; i++) {
        barriers.add(new Barrier(i, hard(uri("/some/path/" + i)), NOON));
      }
      store.append(barriers).toCompletableFuture().join();
      return kept;
    }
  }
}
