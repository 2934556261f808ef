package org.cistern.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cistern.tier.IoWords;
import org.cistern.tier.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key of the user hashes where none is set: kept in the storage folder, for its owner alone.
 */
final class IdentityKey {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityKey.class);

  private static final int BYTES = 32;

  private IdentityKey() {}

  /** Returns the folder's key, made at the first time; a new one where it cannot be kept. */
  static byte[] in(Path folder) {
    Path file = folder.resolve("identity.key");
    try {
      return kept(file);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be used: {}; this run has a key of its own: what was kept for single users is"
              + " found no more, and what it keeps for them is not found by the next",
          file,
          IoWords.of(e));
      return random();
    }
  }

  private static byte[] kept(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return made(file);
    }
    byte[] key = Files.readAllBytes(file);
    return key.length == BYTES ? key : replaced(file, key.length);
  }

  private static byte[] replaced(Path file, int length) throws IOException {
    Files.delete(file);
    byte[] key = made(file);
    LOG.warn(
        "{} had {} bytes in place of {} and is replaced: what was kept for single users is found no"
            + " more",
        file,
        length,
        BYTES);
    return key;
  }

  private static byte[] made(Path file) throws IOException {
    byte[] key = random();
    OwnerOnly.file(file);
    Files.write(file, key);
    return key;
  }

  /** Returns a key that nobody has had. */
  static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
