package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may read the answers on disk: the gateway's own user. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no modes of files there")
class StorageModesTest {

  private static final String RULES =
      """
      rules:
      - {id: all, path_pattern: /**, cache_ttl: 1h, write_policy: through, compress: false}
      """;

  @TempDir Path folder;

  @Test
  void theStorageFolderAndItsFilesAreTheOwnersAlone() throws IOException {
    try (Door door = filled()) {
      assertThat(door.status("/")).contains("hit");
      assertThat(modes(storage())).containsExactly("rw-------", "rwx------");
      assertThat(storage().resolve("bodies")).isNotEmptyDirectory();
      assertThat(names(storage()))
          .contains("entries.db", "entries.db-wal", "entries.db-shm", "state.db", "identity.key");
    }
  }

  @Test
  void aFolderThatIsThereIsLeftAsItIs() throws IOException {
    Files.createDirectory(
        storage(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    try (Door door = filled()) {
      assertThat(door.status("/")).contains("hit");
      assertThat(modes(storage())).containsExactly("rw-------", "rwx------", "rwxr-x---");
    }
  }

  @Test
  void aLinkToAFolderIsAFolder() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(storage(), elsewhere);
    try (Door door = filled()) {
      assertThat(door.status("/")).contains("hit");
      assertThat(names(elsewhere)).contains("entries.db");
    }
  }

  /** A body of this size has a file of its own. */
  private Door filled() {
    Door door = new Door(folder, RULES, "CACHE_COMPRESSION_ENABLED", "false");
    door.api().on("/", (request, number) -> Api.say(request, 200, "x".repeat(2_000_000)));
    door.get("/");
    return door;
  }

  private Path storage() {
    return folder.resolve("storage");
  }

  private static TreeSet<String> modes(Path root) throws IOException {
    TreeSet<String> modes = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> paths = Files.list(root)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }
}
