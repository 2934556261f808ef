package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.cistern.camel.settings.SettingsLoader;
import org.cistern.routes.Log;
import org.cistern.state.FolderLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A storage folder that cannot be used: why, and what becomes of the answers in it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a right there")
class StorageTest {

  @TempDir Path folder;

  @Test
  void aLinkToNothingIsSaidToBeOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));

    assertThat(problem(link)).isEqualTo(unusable(link, "it is a link to nothing"));
  }

  @Test
  void aFileIsSaidToBeOne() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(problem(file)).isEqualTo(unusable(file, "it is a file"));
  }

  @Test
  void answersThatPurgesCannotReachAreDeletedAndThatIsSaidOnce() throws IOException {
    Files.createDirectory(folder.resolve("state.db"));
    Files.createFile(folder.resolve("entries.db"));
    try (Log log = new Log()) {
      String why = unusable(folder, "state.db: it is no file that may be written");
      assertThat(problem(folder)).isEqualTo(why);

      assertThat(folder.resolve("entries.db")).doesNotExist();
      assertThat(log.text().lines())
          .containsExactly("the answers in " + folder + " are deleted: " + why);
    }
  }

  @Test
  void answersBehindALockThatCannotBeHadAreLetBeAndThatIsSaid() throws IOException {
    Files.createDirectory(folder.resolve("cistern.lock"));
    Files.createFile(folder.resolve("entries.db"));
    String why = unusable(folder, "cistern.lock: is a directory");
    try (Log log = new Log()) {
      assertThat(problem(folder)).isEqualTo(why);

      assertThat(folder.resolve("entries.db")).exists();
      assertThat(log.text()).contains(why + "; it is in use, or not ours", "empty it before");
    }
  }

  /** Where the tests run as root only the case before stands for it. */
  @Test
  void answersOfARunningGatewayOfAnotherUserAreLetBe() throws IOException {
    Files.createFile(folder.resolve("entries.db"));
    Path lock = folder.resolve("cistern.lock");
    Files.createFile(lock, PosixFilePermissions.asFileAttribute(Set.of()));
    assumeThat(Files.isReadable(lock)).as("this user may read every file").isFalse();

    assertThat(problem(folder)).isEqualTo(unusable(folder, "cistern.lock: permission denied"));
    assertThat(folder.resolve("entries.db")).exists();
  }

  @Test
  void aLockThatWasDeletedIsTakenAgain() throws IOException {
    try (Storage opened = open(folder)) {
      Files.delete(folder.resolve("cistern.lock"));
      opened.tidy();

      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOf(FolderLock.FolderInUseException.class);
      assertThat(opened.trouble()).isNull();
    }
    FolderLock.take(folder).close();
  }

  @Test
  void aSecondGatewayThatFoundTheLockDeletedIsSaidOnceAndUntilItLeaves() throws IOException {
    try (Storage opened = open(folder);
        Log log = new Log()) {
      Files.delete(folder.resolve("cistern.lock"));
      try (FolderLock second = FolderLock.take(folder)) {
        assertThat(second.isInPlace()).isTrue();
        opened.tidy();
        opened.tidy();

        assertThat(opened.trouble()).contains("is in use by process", "Both write there");
        assertThat(log.text()).containsOnlyOnce("Both write there");
      }
      opened.tidy();
      assertThat(opened.trouble()).isNull();
    }
  }

  private static String unusable(Path path, String why) {
    return "the folder " + path + " cannot be used: " + why;
  }

  private static @Nullable String problem(Path storage) {
    try (Storage opened = open(storage)) {
      return opened.problem();
    }
  }

  private static Storage open(Path storage) {
    Map<String, String> environment = Map.of("CACHE_L3_STORAGE_PATH", storage.toString());
    return StorageOpening.of(
        SettingsLoader.load(environment, new Properties()), InstantSource.system());
  }
}
