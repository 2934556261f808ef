package org.cistern.http.range;

/**
 * A stretch of bytes of a representation.
 *
 * @param first the index of the first byte, from 0
 * @param last the index of the last byte, {@code first} or above
 */
public record ByteRange(long first, long last) {

  /** Checks the bounds; throws {@link IllegalArgumentException} where they are not in order. */
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no range of bytes: " + first + "-" + last);
    }
  }

  /** Returns the number of bytes. */
  public long length() {
    return last - first + 1;
  }

  /** Tells whether every byte of the other one is in this one. */
  public boolean holds(ByteRange other) {
    return first <= other.first && other.last <= last;
  }

  /** Tells whether the two share a byte or touch. */
  public boolean meets(ByteRange other) {
    return first - 1 <= other.last && other.first - 1 <= last;
  }

  /** Returns the shortest range that holds both. */
  public ByteRange with(ByteRange other) {
    return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
