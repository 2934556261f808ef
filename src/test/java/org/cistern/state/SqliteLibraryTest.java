package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/** Each case runs in a process of its own, for a process loads the library only once. */
class SqliteLibraryTest {

  @TempDir Path all;

  private Path folder;
  private Path temporary;
  private Path library;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(all.resolve("storage"));
    temporary = Files.createDirectory(all.resolve("temporary"));
    library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
  }

  @Test
  void theLibraryIsUnpackedIntoTheFolderAndNowhereElse() throws Exception {
    assertThat(opened()).isTrue();
    assertThat(library).isNotEmptyFile();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aSecondStartUsesTheSameFile() throws Exception {
    opened();
    Object first = Files.readAttributes(library, "unix:ino").get("ino");
    assertThat(opened()).isTrue();
    assertThat(Files.readAttributes(library, "unix:ino")).containsEntry("ino", first);
  }

  @Test
  void aDamagedFileIsReplaced() throws Exception {
    Files.writeString(library, "cut");
    assertThat(opened()).isTrue();
    assertThat(Files.size(library)).isGreaterThan(100_000);
  }

  @Test
  void whereItCannotBeKeptTheDriverUsesTheTemporaryFolder() throws Exception {
    Files.createDirectory(library);
    Files.createFile(library.resolve("in the way"));
    assertThat(opened()).isTrue();
  }

  private boolean opened() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName(),
            folder.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  /** Opens a database in a folder, after its library was kept there. */
  static final class Opening {
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      SqliteLibrary.keepIn(folder);
      StateDb.open(folder).close();
    }
  }
}
