package org.cistern.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's own library, kept in the storage folder from the first start on. Left alone, the driver
 * unpacks it into the system's temporary folder at each start, and a killed process leaves it
 * there.
 */
public final class SqliteLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
  private static final String PATH = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Makes the driver load the library from a folder, and puts it there where it is missing or not
   * what the driver brings. Where that cannot be done, and where the command line names another
   * place, the driver goes its own way.
   */
  public static void keepIn(Path folder) {
    if (System.getProperty(PATH) != null) {
      return;
    }
    try {
      if (isKept(folder.resolve(LibraryLoaderUtil.getNativeLibName()))) {
        System.setProperty(PATH, folder.toAbsolutePath().toString());
      }
    } catch (IOException e) {
      LOG.debug("SQLite's library is not kept in {}", folder, e);
    }
  }

  private static boolean isKept(Path file) throws IOException {
    byte[] brought = brought(file.getFileName().toString());
    if (brought == null) {
      return false;
    }
    // Compared whole: what is loaded runs with all our rights, and a file may be cut or changed.
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), brought)) {
      write(file, brought);
    }
    return true;
  }

  private static byte @Nullable [] brought(String name) throws IOException {
    String path = place() + "/" + name;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(path)) {
      return library == null ? null : library.readAllBytes();
    }
  }

  /** Where the driver would look, too; but to tell Linux from Android, it would run a program. */
  private static String place() {
    boolean linux = System.getProperty("os.name").equals("Linux") && !OSInfo.isMusl();
    return linux
        ? "/org/sqlite/native/Linux/" + OSInfo.getArchName()
        : LibraryLoaderUtil.getNativeLibResourcePath();
  }

  private static void write(Path file, byte[] library) throws IOException {
    Path written = Files.createTempFile(file.getParent(), "sqlite-", ".part");
    try {
      Files.write(written, library);
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
