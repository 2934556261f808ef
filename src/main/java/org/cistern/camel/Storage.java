package org.cistern.camel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.purge.MemoryBarriers;
import org.cistern.purge.NotKept;
import org.cistern.purge.PurgeLog;
import org.cistern.state.FolderLock;
import org.cistern.state.SqliteBarriers;
import org.cistern.state.StateDb;
import org.cistern.state.StateFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the disk tier, with what else outlives a restart there: the purge log and the key
 * of the user hashes. Where it cannot be used the gateway runs from memory alone and says why.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

  /** About 40 MB of barriers; beyond, the oldest become one purge of everything as old. */
  private static final int MOST_BARRIERS = 100_000;

  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final @Nullable FolderLock lock;
  private final @Nullable StateDb state;
  private final PurgeLog purges;
  private final @Nullable String problem;

  private Storage(
      Path folder,
      @Nullable FolderLock lock,
      @Nullable StateDb state,
      PurgeLog purges,
      @Nullable String problem) {
    this.folder = folder;
    this.lock = lock;
    this.state = state;
    this.purges = purges;
    this.problem = problem;
  }

  /**
   * Opens the folder.
   *
   * @throws SettingsException where another process uses the folder, or a newer version of the
   *     gateway has written there
   */
  static Storage open(Settings settings, InstantSource clock) {
    Path folder = Path.of(settings.text(Setting.L3_STORAGE_PATH));
    if (!settings.flag(Setting.L3_ENABLED)) {
      return inMemory(folder, clock, null);
    }
    try {
      FolderLock lock = FolderLock.take(folder);
      return locked(folder, lock, clock);
    } catch (FolderLock.FolderInUseException e) {
      throw new SettingsException(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return inMemory(folder, clock, "the folder cannot be used: " + e.getMessage());
    }
  }

  private static Storage locked(Path folder, FolderLock lock, InstantSource clock) {
    StateDb state = null;
    try {
      state = StateDb.open(folder);
      PurgeLog purges = PurgeLog.open(new SqliteBarriers(state), clock, MOST_BARRIERS);
      return new Storage(folder, lock, state, purges, null);
    } catch (StateFailure | NotKept e) {
      close(state);
      close(lock);
      refuseNewer(e);
      return inMemory(folder, clock, String.valueOf(e.getMessage()));
    }
  }

  private static void refuseNewer(RuntimeException e) {
    if (e instanceof StateFailure failure && failure.why() == StateFailure.Why.NEWER_VERSION) {
      throw new SettingsException(List.of(String.valueOf(failure.getMessage())));
    }
  }

  private static Storage inMemory(Path folder, InstantSource clock, @Nullable String problem) {
    PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, MOST_BARRIERS);
    return new Storage(folder, null, null, purges, problem);
  }

  /** Returns the folder. */
  Path folder() {
    return folder;
  }

  /** Returns the purge log. */
  PurgeLog purges() {
    return purges;
  }

  /** Tells whether the folder can be used. */
  boolean usable() {
    return state != null;
  }

  /** Returns why it cannot, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Returns the key of the user hashes: as set, else the folder's own, else a new one. */
  byte[] identityKey(Settings settings) {
    String set = settings.text(Setting.IDENTITY_SECRET);
    if (!set.isEmpty()) {
      return set.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return usable() ? kept(folder.resolve("identity.key")) : random();
    } catch (IOException e) {
      return random();
    }
  }

  private static byte[] kept(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == KEY_BYTES) {
      return Files.readAllBytes(file);
    }
    byte[] key = random();
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, key, StandardOpenOption.CREATE);
    return key;
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static void close(@Nullable StateDb state) {
    if (state != null) {
      state.close();
    }
  }

  private static void close(@Nullable FolderLock lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("the lock of the storage folder was not released", e);
    }
  }

  @Override
  public void close() {
    close(state);
    close(lock);
  }
}
