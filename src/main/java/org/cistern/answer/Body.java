package org.cistern.answer;

/**
 * The bytes of an answer, as the origin sent them. The array is handed over, not copied: whoever
 * makes a body must not touch it afterwards, and nobody who reads it may write to it.
 */
public final class Body {

  private static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns a body of these bytes, which now belong to it. */
  public static Body of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Body(bytes);
  }

  /** Returns the body without any byte. */
  public static Body empty() {
    return EMPTY;
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** Returns the bytes themselves, for reading only: a hit costs no copy. */
  public byte[] bytes() {
    return bytes;
  }
}
