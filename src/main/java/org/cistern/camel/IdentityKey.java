package org.cistern.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    try {
      return kept(folder.resolve("identity.key"));
    } catch (IOException e) {
      return random();
    }
  }

  private static byte[] kept(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == BYTES) {
      return Files.readAllBytes(file);
    }
    if (Files.exists(file)) {
      warn(file);
    }
    byte[] key = random();
    Files.deleteIfExists(file);
    OwnerOnly.file(file);
    Files.write(file, key);
    return key;
  }

  private static void warn(Path file) throws IOException {
    LOG.warn(
        "{} has {} bytes in place of {} and is replaced: what was kept for single users is found no"
            + " more",
        file,
        Files.size(file),
        BYTES);
  }

  /** Returns a key that nobody has had. */
  static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
