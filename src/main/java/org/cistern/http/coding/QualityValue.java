package org.cistern.http.coding;

/** The weight of a member of a list (RFC 9110 section 12.4.2), in thousandths. */
final class QualityValue {

  /** The weight 1, which is also that of a member without one. */
  static final int MOST = 1000;

  private QualityValue() {}

  /** Returns the weight that stands from {@code from} to {@code to}, or -1 where it is broken. */
  static int read(String text, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 5 || (length > 1 && text.charAt(from + 1) != '.')) {
      return -1;
    }
    int weight = digit(text, from) * MOST;
    int unit = MOST / 10;
    for (int at = from + 2; at < to && weight >= 0; at++, unit /= 10) {
      int digit = digit(text, at);
      weight = digit < 0 ? -1 : weight + digit * unit;
    }
    return weight > MOST ? -1 : Math.max(weight, -1);
  }

  private static int digit(String text, int at) {
    char c = text.charAt(at);
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }
}
