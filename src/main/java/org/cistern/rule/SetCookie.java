package org.cistern.rule;

/** What becomes of an answer with {@code Set-Cookie}. */
public enum SetCookie {
  /** It is not stored. */
  SKIP,
  /** It is stored without that field. */
  STRIP,
  /** It is stored as it came. */
  STORE
}
