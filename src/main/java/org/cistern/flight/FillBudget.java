package org.cistern.flight;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all bodies being gathered may hold together. What streams through unstored is not
 * counted here; it holds a window of {@link FlightLimits#window} per upstream call. Safe for
 * several threads.
 */
public final class FillBudget {

  private final long max;
  private final AtomicLong used = new AtomicLong();

  /** Makes a budget of so many bytes; with 0 nothing is gathered, and so nothing stored. */
  public FillBudget(long max) {
    this.max = max;
  }

  /** Returns the budget where none is configured: a quarter of the heap. */
  public static FillBudget quarterOf(long heapBytes) {
    return new FillBudget(heapBytes / 4);
  }

  /** Takes so many bytes, all of them or none; tells whether they were to be had. */
  public boolean take(long bytes) {
    long after = used.addAndGet(bytes);
    if (after <= max) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Gives so many bytes back. */
  public void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Returns how many bytes are held now. */
  public long used() {
    return used.get();
  }

  /** Returns how many bytes may be held. */
  public long max() {
    return max;
  }
}
