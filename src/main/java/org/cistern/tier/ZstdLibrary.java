package org.cistern.tier;

import com.github.luben.zstd.util.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library of zstd, loaded when it is used first: from the storage folder, for the system's
 * temporary one may be closed to writing or to executing. Without it nothing is packed with zstd.
 */
public final class ZstdLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(ZstdLibrary.class);
  private static final String FOLDER = "ZstdTempFolder";
  private static final String PATH = "ZstdNativePath";

  private static volatile @Nullable Path storage;
  private static volatile State state = State.UNTRIED;

  private ZstdLibrary() {}

  private enum State {
    UNTRIED,
    LOADED,
    LOST
  }

  /** Has it unpacked in this folder, unless the command line names another place. */
  public static void mayUse(Path folder) {
    storage = folder;
  }

  /** Loads it where that has not been tried, which blocks; false where it cannot be had. */
  public static boolean isUsable() {
    if (state == State.UNTRIED) {
      load();
    }
    return state == State.LOADED;
  }

  /** Tells whether it was found that it cannot be had; does not block. */
  public static boolean isLost() {
    return state == State.LOST;
  }

  private static synchronized void load() {
    if (state == State.UNTRIED) {
      state = isInStorage() || isElsewhere() ? State.LOADED : State.LOST;
    }
  }

  private static boolean isInStorage() {
    Path folder = storage;
    boolean named = System.getProperty(FOLDER) != null || System.getProperty(PATH) != null;
    if (named || folder == null || !Files.isDirectory(folder)) {
      return false;
    }
    try {
      Native.load(folder.toFile());
      return true;
    } catch (LinkageError unusable) {
      LOG.debug("zstd's library cannot be loaded from {}", folder, unusable);
      return false;
    }
  }

  private static boolean isElsewhere() {
    try {
      Native.load();
      return true;
    } catch (LinkageError unusable) {
      LOG.warn(
          "the library of zstd cannot be loaded ({}): answers are kept on disk unpacked, and clients"
              + " are not offered zstd",
          String.valueOf(unusable.getMessage()).lines().findFirst().orElse(""));
      return false;
    }
  }
}
