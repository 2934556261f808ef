package org.cistern.loop;

/**
 * How many parts of a stream its reader still asks for; without end once it lets the stream flow.
 * Used on one event loop.
 */
public final class Demand {

  private static final long ENDLESS = Long.MAX_VALUE;

  private long parts;

  /** Tells whether the reader takes one more. */
  public boolean isOpen() {
    return parts > 0;
  }

  /**
   * The reader asks for that many more, not negative; {@code Long.MAX_VALUE} is for all there is.
   */
  public void add(long more) {
    parts = parts > ENDLESS - more ? ENDLESS : parts + more;
  }

  /** The reader gets one. */
  public void take() {
    if (parts != ENDLESS) {
      parts--;
    }
  }

  /** The reader wants no more for now. */
  public void pause() {
    parts = 0;
  }
}
