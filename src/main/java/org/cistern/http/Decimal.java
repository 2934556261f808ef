package org.cistern.http;

import org.jspecify.annotations.Nullable;

/** Numbers as HTTP writes them: one digit or more of ASCII, no sign, no limit. */
public final class Decimal {

  private Decimal() {}

  /** Returns the number, the greatest long where it is greater, or null where it is none. */
  public static @Nullable Long saturated(String text) {
    long number = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    return text.isEmpty() ? null : number;
  }
}
