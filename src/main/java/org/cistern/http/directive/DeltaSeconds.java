package org.cistern.http.directive;

/** The non-negative whole seconds of RFC 9111 section 1.2.2. */
public final class DeltaSeconds {

  /** What every greater value is taken for. */
  public static final long MAX = 2_147_483_648L;

  /** What {@link #parse} returns for a text that is no such number. */
  public static final long INVALID = -1;

  private DeltaSeconds() {}

  /** Returns the seconds, at most {@link #MAX}, or {@link #INVALID} for anything but digits. */
  public static long parse(String text) {
    if (text.isEmpty()) {
      return INVALID;
    }
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      seconds = Math.min(MAX, seconds * 10 + digit);
    }
    return seconds;
  }
}
