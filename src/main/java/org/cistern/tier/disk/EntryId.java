package org.cistern.tier.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cistern.rule.Key;

/**
 * The row ids of a key: 56 bits of its SHA-256, then eight bits that count its variants. So the
 * variants of a key lie side by side and are found in one descent of the table's own tree. Two keys
 * that share the 56 bits put each other out; readers compare the key itself.
 */
final class EntryId {

  /** How many variants a key can have. */
  static final int VARIANTS = 256;

  private EntryId() {}

  /** Returns the first row id of the key; the others follow it. */
  static long first(Key key) {
    byte[] hash = sha256().digest(key.text().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong() & -VARIANTS;
  }

  /** Returns the last row id of the key whose first is given. */
  static long last(long first) {
    return first + VARIANTS - 1;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
