package org.cistern.camel;

import java.io.IOException;
import java.nio.file.Path;
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
import org.cistern.state.SqliteLibrary;
import org.cistern.state.StateDb;
import org.cistern.state.StateFailure;
import org.cistern.tier.IoWords;
import org.cistern.tier.ZstdLibrary;
import org.cistern.tier.disk.LeftBehind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the storage folder, or finds out why it cannot be used, and what becomes of the answers in
 * it then.
 *
 * <p>Answers that an earlier run has left there may be served again by a later one. So a run that
 * does not use them (the disk tier is off) writes its purges down beside them nevertheless, and one
 * that cannot do that deletes them, unless the folder may be another gateway's.
 *
 * @param folder the folder
 * @param clock the time
 * @param tier whether there is to be a disk tier
 */
record StorageOpening(Path folder, InstantSource clock, boolean tier) {

  private static final Logger LOG = LoggerFactory.getLogger(StorageOpening.class);

  /** About 50 MB of barriers; beyond, the oldest become one purge of everything as old. */
  private static final int MOST_BARRIERS = 100_000;

  /**
   * Opens the folder.
   *
   * @throws SettingsException where another process uses the folder, or a newer version of the
   *     gateway has written there
   */
  static Storage of(Settings settings, InstantSource clock) {
    Path folder = Path.of(settings.text(Setting.L3_STORAGE_PATH));
    return new StorageOpening(folder, clock, settings.flag(Setting.L3_ENABLED)).open();
  }

  private Storage open() {
    boolean answers = LeftBehind.isIn(folder);
    if (!tier && !answers) {
      return inMemory(null);
    }
    try {
      return locked(FolderLock.take(folder));
    } catch (FolderLock.FolderInUseException e) {
      return inUse(e);
    } catch (IOException e) {
      return unlocked(e);
    } catch (StateFailure | NotKept e) {
      // Once more without the answers: it may have been they that filled the disk.
      return answers && !LeftBehind.isIn(folder)
          ? open()
          : inMemory(tier ? sentence(folder, e) : null);
    }
  }

  /** Returns why a folder cannot be used. */
  private static String sentence(Path folder, Exception e) {
    String why = e instanceof IOException file ? IoWords.of(folder, file) : e.getMessage();
    return "the folder " + folder + " cannot be used: " + why;
  }

  /** Without a disk tier another process may have the folder, and its answers are its own. */
  private Storage inUse(IOException e) {
    if (tier) {
      throw new SettingsException(List.of(String.valueOf(e.getMessage())));
    }
    return inMemory(null);
  }

  /**
   * Whose lock cannot be had may belong to a gateway of another user that runs. So the answers are
   * let be: to serve one that a purge of this run covers is bad, to take them from a gateway that
   * serves them worse.
   */
  private Storage unlocked(IOException e) {
    String why = sentence(folder, e);
    if (LeftBehind.isIn(folder)) {
      LOG.warn("{}; it is in use, or not ours, and its answers are let be", why);
      warnOfPurges();
    }
    return inMemory(tier ? why : null);
  }

  private Storage locked(FolderLock lock) {
    StateDb state = null;
    SqliteLibrary.keepIn(folder);
    ZstdLibrary.mayUse(folder);
    try {
      state = StateDb.open(folder);
      PurgeLog purges = PurgeLog.open(new SqliteBarriers(state), clock, MOST_BARRIERS);
      return new Storage(folder, lock, state, purges, tier, null);
    } catch (StateFailure | NotKept e) {
      Storage.close(state);
      refuseNewer(lock, e);
      discard(e);
      Storage.close(lock);
      throw e;
    }
  }

  /**
   * Purges of this run would be forgotten by the next, which must not find what they cover. Only
   * for whoever holds the lock.
   */
  private void discard(Exception why) {
    boolean answers = LeftBehind.isIn(folder);
    try {
      LeftBehind.delete(folder);
      if (answers) {
        LOG.warn("the answers in {} are deleted: {}", folder, sentence(folder, why));
      }
    } catch (IOException e) {
      warnOfPurges();
    }
  }

  private void warnOfPurges() {
    LOG.warn(
        "{} can neither take the purges of this run nor be emptied; a later run may serve answers"
            + " from there that are purged now: empty it before",
        folder.toAbsolutePath());
  }

  private static void refuseNewer(FolderLock lock, RuntimeException e) {
    if (e instanceof StateFailure failure && failure.why() == StateFailure.Why.NEWER_VERSION) {
      Storage.close(lock);
      throw new SettingsException(List.of(String.valueOf(failure.getMessage())));
    }
  }

  private Storage inMemory(@Nullable String problem) {
    PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, MOST_BARRIERS);
    return new Storage(folder, null, null, purges, false, problem);
  }
}
