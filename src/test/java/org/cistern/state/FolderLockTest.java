package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir Path folder;

  @Test
  void aFolderIsTakenOnceAndTheSecondIsToldByWhom() throws IOException {
    try (FolderLock first = FolderLock.take(folder.resolve("new"))) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> FolderLock.take(folder.resolve("new")))
          .isInstanceOf(FolderLock.FolderInUseException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aFolderThatWasGivenBackIsFree() throws IOException {
    FolderLock.take(folder).close();
    try (FolderLock again = FolderLock.take(folder)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
  void aLockWhoseFileCannotBeLookedAtIsInPlaceAndOneThatIsGoneOrAnotherIsNot() throws IOException {
    Path storage = folder.resolve("storage");
    try (FolderLock held = FolderLock.take(storage)) {
      Path moved = Files.move(storage, folder.resolve("moved"));
      Files.createSymbolicLink(storage, storage);
      assertThat(held.isInPlace()).isTrue();

      Files.delete(storage);
      assertThat(held.isInPlace()).isFalse();
      Files.createDirectory(storage);
      Files.createFile(storage.resolve("cistern.lock"));
      assertThat(held.isInPlace()).isFalse();

      Files.delete(storage.resolve("cistern.lock"));
      Files.delete(storage);
      Files.move(moved, storage);
      assertThat(held.isInPlace()).isTrue();
    }
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    try (FolderLock held = FolderLock.take(folder)) {
      assertThat(held).isNotNull();
      assertThat(outcomeInAnotherProcess()).isEqualTo(3);
    }
    assertThat(outcomeInAnotherProcess()).isZero();
  }

  private int outcomeInAnotherProcess() throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Taker.class.getName(),
            folder.toString())
        .start()
        .waitFor();
  }

  /** Tries to take a folder, and ends with 3 where it is in use. */
  static final class Taker {
    public static void main(String[] args) throws IOException {
      try (FolderLock lock = FolderLock.take(Path.of(args[0]))) {
        System.exit(lock == null ? 1 : 0);
      } catch (FolderLock.FolderInUseException inUse) {
        System.exit(3);
      }
    }
  }
}
