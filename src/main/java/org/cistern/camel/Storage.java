package org.cistern.camel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.purge.PurgeLog;
import org.cistern.state.FolderLock;
import org.cistern.state.StateDb;
import org.cistern.tier.IoWords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the disk tier, with what else outlives a restart there: the purge log and the key
 * of the user hashes. Where it cannot be used the gateway runs from memory alone and says why.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

  private final Path folder;
  private @Nullable FolderLock lock;
  private final @Nullable StateDb state;
  private final PurgeLog purges;
  private final boolean tier;
  private final @Nullable String problem;
  private volatile @Nullable String trouble;

  Storage(
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
    String why = other ? e.getMessage() + " Both write there." : IoWords.of(folder, e);
    String now = "the lock of " + folder + " was removed while in use: " + why;
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

  static void close(@Nullable StateDb state) {
    if (state != null) {
      state.close();
    }
  }

  static void close(@Nullable FolderLock lock) {
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
