package org.cistern.camel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * The folder of the disk tier, with what else outlives a restart there: the purge log and the key
 * of the user hashes. Where it cannot be used the gateway runs from memory alone and says why.
 *
 * <p>Answers that an earlier run has left there may be served again by a later one. So a run that
 * does not use them (the disk tier is off) writes its purges down beside them nevertheless, and one
 * that cannot do that deletes them, unless the folder may be another gateway's.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

  /** About 50 MB of barriers; beyond, the oldest become one purge of everything as old. */
  private static final int MOST_BARRIERS = 100_000;

  private final Path folder;
  private @Nullable FolderLock lock;
  private final @Nullable StateDb state;
  private final PurgeLog purges;
  private final boolean tier;
  private final @Nullable String problem;
  private volatile @Nullable String trouble;

  private Storage(
      Path folder,
      @Nullable FolderLock lock,
      @Nullable StateDb state,
      PurgeLog purges,
      boolean tier,
      @Nullable String problem) {
    this.tier = tier;
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
    return open(folder, clock, settings.flag(Setting.L3_ENABLED));
  }

  private static Storage open(Path folder, InstantSource clock, boolean tier) {
    boolean answers = LeftBehind.isIn(folder);
    if (!tier && !answers) {
      return inMemory(folder, clock, null);
    }
    try {
      return locked(folder, FolderLock.take(folder), clock, tier);
    } catch (FolderLock.FolderInUseException e) {
      return inUse(folder, clock, tier, e);
    } catch (IOException e) {
      return unlocked(folder, clock, tier, e);
    } catch (StateFailure | NotKept e) {
      // Once more without the answers: it may have been they that filled the disk.
      return answers && !LeftBehind.isIn(folder)
          ? open(folder, clock, tier)
          : inMemory(folder, clock, tier ? sentence(folder, e) : null);
    }
  }

  private static String sentence(Path folder, Exception e) {
    String why = e instanceof IOException file ? IoWords.of(folder, file) : e.getMessage();
    return "the folder " + folder + " cannot be used: " + why;
  }

  /** Without a disk tier another process may have the folder, and its answers are its own. */
  private static Storage inUse(Path folder, InstantSource clock, boolean tier, IOException e) {
    if (tier) {
      throw new SettingsException(List.of(String.valueOf(e.getMessage())));
    }
    return inMemory(folder, clock, null);
  }

  /**
   * Whose lock cannot be had may belong to a gateway of another user that runs. So the answers are
   * let be: to serve one that a purge of this run covers is bad, to take them from a gateway that
   * serves them worse.
   */
  private static Storage unlocked(Path folder, InstantSource clock, boolean tier, IOException e) {
    String why = sentence(folder, e);
    if (LeftBehind.isIn(folder)) {
      LOG.warn("{}; it is in use, or not ours, and its answers are let be", why);
      warnOfPurges(folder);
    }
    return inMemory(folder, clock, tier ? why : null);
  }

  private static Storage locked(Path folder, FolderLock lock, InstantSource clock, boolean tier) {
    StateDb state = null;
    SqliteLibrary.keepIn(folder);
    ZstdLibrary.mayUse(folder);
    try {
      state = StateDb.open(folder);
      PurgeLog purges = PurgeLog.open(new SqliteBarriers(state), clock, MOST_BARRIERS);
      return new Storage(folder, lock, state, purges, tier, null);
    } catch (StateFailure | NotKept e) {
      close(state);
      refuseNewer(lock, e);
      discard(folder, e);
      close(lock);
      throw e;
    }
  }

  /**
   * Purges of this run would be forgotten by the next, which must not find what they cover. Only
   * for whoever holds the lock.
   */
  private static void discard(Path folder, Exception why) {
    boolean answers = LeftBehind.isIn(folder);
    try {
      LeftBehind.delete(folder);
      if (answers) {
        LOG.warn("the answers in {} are deleted: {}", folder, sentence(folder, why));
      }
    } catch (IOException e) {
      warnOfPurges(folder);
    }
  }

  private static void warnOfPurges(Path folder) {
    LOG.warn(
        "{} can neither take the purges of this run nor be emptied; a later run may serve answers"
            + " from there that are purged now: empty it before",
        folder.toAbsolutePath());
  }

  private static void refuseNewer(FolderLock lock, RuntimeException e) {
    if (e instanceof StateFailure failure && failure.why() == StateFailure.Why.NEWER_VERSION) {
      close(lock);
      throw new SettingsException(List.of(String.valueOf(failure.getMessage())));
    }
  }

  private static Storage inMemory(Path folder, InstantSource clock, @Nullable String problem) {
    PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, MOST_BARRIERS);
    return new Storage(folder, null, null, purges, false, problem);
  }

  /** Returns the folder. */
  Path folder() {
    return folder;
  }

  /** Returns the purge log. */
  PurgeLog purges() {
    return purges;
  }

  /** Tells whether there is a disk tier: it is wanted, and the folder can be used. */
  boolean usable() {
    return tier;
  }

  /** Tells whether purges outlive this run. */
  boolean keepsPurges() {
    return state != null;
  }

  /** Returns why it cannot, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Returns what is wrong with the lock since it was taken, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Looks after the lock, whose file may have been deleted: it is taken again. */
  synchronized void tidy() {
    FolderLock held = lock;
    if (held == null || held.isInPlace()) {
      return;
    }
    try {
      lock = FolderLock.take(folder);
      close(held);
      trouble = null;
      LOG.warn("the lock of {} was removed while in use, and is taken again", folder);
    } catch (IOException e) {
      lost(e);
    }
  }

  private void lost(IOException e) {
    boolean other = e instanceof FolderLock.FolderInUseException;
    String now =
        "the lock was removed while in use: "
            + (other ? e.getMessage() + " Both write there." : sentence(folder, e));
    if (!now.equals(trouble)) {
      LOG.error("{}", now);
    }
    trouble = now;
  }

  /** Returns the key of the user hashes: as set, else the folder's own, else a new one. */
  byte[] identityKey(Settings settings) {
    String set = settings.text(Setting.IDENTITY_SECRET);
    if (!set.isEmpty()) {
      return set.getBytes(StandardCharsets.UTF_8);
    }
    return keepsPurges() ? IdentityKey.in(folder) : IdentityKey.random();
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
  public synchronized void close() {
    close(state);
    close(lock);
    lock = null;
  }
}
