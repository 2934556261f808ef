package org.cistern.http;

/** Which characters stand for themselves where in a URI, and how the others are escaped. */
public final class UriCharacters {

  private static final byte UNRESERVED = 1;
  private static final byte PATH = 2;
  private static final byte LOWER_NAME = 4;
  private static final byte[] CLASSES = classes();

  private UriCharacters() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    mark(classes, "/:@!$&'()*+,;=", PATH);
    mark(classes, "abcdefghijklmnopqrstuvwxyz", (byte) (UNRESERVED | PATH));
    mark(classes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", (byte) (UNRESERVED | PATH));
    mark(classes, "0123456789-._~", (byte) (UNRESERVED | PATH));
    mark(classes, "abcdefghijklmnopqrstuvwxyz0123456789-._", LOWER_NAME);
    return classes;
  }

  private static void mark(byte[] classes, String characters, byte mark) {
    characters.chars().forEach(c -> classes[c] |= mark);
  }

  /** Tells whether the character means the same escaped and raw (RFC 3986 section 2.3). */
  public static boolean isUnreserved(int c) {
    return c < 128 && (CLASSES[c] & UNRESERVED) != 0;
  }

  /** Tells whether the character may stand raw in a path: a pchar or a slash (section 3.3). */
  public static boolean isPath(char c) {
    return c < 128 && (CLASSES[c] & PATH) != 0;
  }

  /** Tells whether the character may stand in the normal form of a host's name. */
  public static boolean isLowerName(char c) {
    return c < 128 && (CLASSES[c] & LOWER_NAME) != 0;
  }

  /** Tells whether the character is a control character, DEL included. */
  public static boolean isControl(int c) {
    return c < 0x20 || c == 0x7F;
  }

  /** Returns the byte that two hexadecimal digits at {@code at} make, or -1. */
  public static int hexByte(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = hexDigit(text.charAt(at));
    int low = hexDigit(text.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  // Not Character.digit, which also takes digits of other scripts.
  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Writes the byte as an escape with upper-case digits (RFC 3986 section 2.1). */
  public static void escape(int octet, StringBuilder out) {
    out.append('%').append(upperHex(octet >> 4)).append(upperHex(octet & 15));
  }

  private static char upperHex(int digit) {
    return (char) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }
}
