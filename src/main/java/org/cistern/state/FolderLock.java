package org.cistern.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.cistern.tier.OwnerOnly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process to a folder, held until it is closed or the process ends, however it
 * ends.
 */
public final class FolderLock implements AutoCloseable {

  private static final String NAME = "cistern.lock";
  private static final int LONGEST_PID = 20;
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  private final FileChannel channel;
  private final Path file;
  private final @Nullable Object key;

  private FolderLock(FileChannel channel, Path file) {
    this.channel = channel;
    this.file = file;
    this.key = keyOrNull(file);
  }

  /**
   * Takes the folder, which is made where it is missing.
   *
   * @throws FolderInUseException where another process, or another part of this one, has it; the
   *     message is a sentence for the operator
   * @throws IOException where the folder or the lock file cannot be had, so that it is not known
   *     whether another process has it
   */
  public static FolderLock take(Path folder) throws IOException {
    OwnerOnly.folder(folder);
    Path file = folder.resolve(NAME);
    OwnerOnly.file(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new FolderInUseException(sentence(folder, holder(channel)));
      }
      write(channel);
      return new FolderLock(channel, file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Tells whether the file is still the one that another process would find. A lock is on the file
   * and not on its name, so one that is deleted holds nobody off any more. One that cannot be
   * looked at is taken to be there: who opens it a second time and closes it again has lost the
   * lock, for so it is on POSIX.
   */
  public boolean isInPlace() {
    try {
      return key == null || key.equals(key(file));
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unknown) {
      return true;
    }
  }

  private static @Nullable Object keyOrNull(Path file) {
    try {
      return key(file);
    } catch (IOException unknown) {
      return null;
    }
  }

  /** Returns what is the file's own as long as it is open; null where the system has no such. */
  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Gives the folder back; the lock file stays. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  /** The lock holds without it too, so a full disk costs no more than a name in a sentence. */
  private static void write(FileChannel channel) {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException full) {
      LOG.debug("the holder's number was not written", full);
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
    channel.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
  }

  private static String sentence(Path folder, String pid) {
    String who = pid.isEmpty() ? "another process" : "process " + pid;
    return "The folder "
        + folder.toAbsolutePath()
        + " is in use by "
        + who
        + ": stop that one, or give this one a folder of its own (CACHE_L3_STORAGE_PATH).";
  }

  /** Tells that a folder belongs to another process. */
  public static final class FolderInUseException extends IOException {
    private FolderInUseException(String sentence) {
      super(sentence);
    }
  }
}
