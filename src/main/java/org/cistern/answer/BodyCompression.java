package org.cistern.answer;

import org.jspecify.annotations.Nullable;

/**
 * A way to make bodies smaller while they are kept outside memory. Both directions are pure and
 * safe for several threads.
 */
public interface BodyCompression {

  /** Leaves every body as it is, and reads none that another way made smaller. */
  BodyCompression NONE =
      new BodyCompression() {
        @Override
        public byte @Nullable [] pack(byte[] body) {
          return null;
        }

        @Override
        public byte @Nullable [] unpack(byte[] from, int offset, int length, int size) {
          return null;
        }
      };

  /** Returns the body made smaller, or null where that does not pay. */
  byte @Nullable [] pack(byte[] body);

  /**
   * Returns what {@link #pack} was given, or null where the bytes do not stand for exactly that
   * many. Allocates no more than {@code size} bytes, whatever the input says.
   *
   * @param from holds the packed bytes
   * @param offset where they begin
   * @param length how many they are
   * @param size the number of bytes they stand for
   */
  byte @Nullable [] unpack(byte[] from, int offset, int length, int size);
}
