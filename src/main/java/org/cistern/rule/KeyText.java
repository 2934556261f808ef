package org.cistern.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How parts are written one behind the other so that no value can imitate another. */
final class KeyText {

  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(KeyText::sha);

  private KeyText() {}

  /** Appends the length, a colon and the value; a dash where there is none. */
  static void put(StringBuilder out, @Nullable String value) {
    if (value == null) {
      out.append('-');
    } else {
      out.append(value.length()).append(':').append(value);
    }
  }

  /** Returns a value's digest in its place: what is a secret must not stand in a key. */
  static String digest(String value) {
    return text(SHA_256.get().digest(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns bytes as URL-safe Base64 without padding. */
  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
