package org.cistern.tier.disk;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where L3 lives and its bounds.
 *
 * @param folder the folder of its files; made where it is missing
 * @param maxBytes the most that its files may take together, at least 1 MB; a file set aside for
 *     damage is beside it, and for the moment of a write so is what the write replaces
 * @param ttl the longest that a copy lives where a lower tier keeps one too
 * @param readers how many look-ups run at once
 * @param waitingReads how many more may wait; beyond, a look-up is refused
 * @param waitingWrites how many writes may wait; beyond, they are dropped
 * @param waitingBytes how many bytes of bodies may wait to be written
 */
public record DiskSettings(
    Path folder,
    long maxBytes,
    Duration ttl,
    int readers,
    int waitingReads,
    int waitingWrites,
    long waitingBytes) {

  /** Returns settings with bounds on the work under way that suit this machine. */
  public static DiskSettings of(Path folder, long maxBytes, Duration ttl) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new DiskSettings(folder, maxBytes, ttl, Math.max(2, cores), 1024, 8192, 32 << 20);
  }

  /** Returns what the log of SQLite may take of the bytes. */
  long logBytes() {
    return Math.min(16 << 20, maxBytes / 8);
  }

  /** Returns the largest value of a row; a row is in the log once more when it is written. */
  long rowBytes() {
    return Math.min(1 << 20, logBytes() / 4);
  }

  /** Returns what is left for entries, and a little that a batch may be estimated too low. */
  long entryBytes() {
    return maxBytes - logBytes() - maxBytes / 32;
  }
}
