package org.cistern.http;

/** The bytes of a field's line (RFC 9112 section 5): name, colon, space, value, CRLF. */
public final class FieldBytes {

  /** The number of bytes in a line beside its name and its value. */
  public static final int AROUND = 4;

  private FieldBytes() {}

  /**
   * Writes a line, its name as spelt, and returns where the next one begins. There has to be room.
   *
   * @throws IllegalArgumentException where the name is no token, or the value would break out of
   *     its line; something may be written then
   */
  public static int put(String name, String value, byte[] out, int from) {
    boolean token = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      token &= FieldSyntax.isToken(c);
      out[from + i] = (byte) c;
    }
    requireToken(token, name);
    return putRest(value, out, from + name.length());
  }

  /**
   * Writes a line, its name in small letters, and returns where the next one begins. There has to
   * be room.
   *
   * @throws IllegalArgumentException as {@link #put} does
   */
  public static int putLower(String name, String value, byte[] out, int from) {
    boolean token = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      byte lower = FieldSyntax.lowerCase(name.charAt(i));
      token &= lower != 0;
      out[from + i] = lower;
    }
    requireToken(token, name);
    return putRest(value, out, from + name.length());
  }

  private static void requireToken(boolean token, String name) {
    if (!token) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a field");
    }
  }

  private static int putRest(String value, byte[] out, int from) {
    int at = from;
    out[at++] = ':';
    out[at++] = ' ';
    at = putValue(value, out, at);
    out[at++] = '\r';
    out[at++] = '\n';
    return at;
  }

  private static int putValue(String value, byte[] out, int from) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0 || (c >= '\n' && c <= '\r')) {
        throw new IllegalArgumentException("a field's value holds the character " + (int) c);
      }
      out[from + i] = (byte) (c > 0xFF ? '?' : c);
    }
    return from + value.length();
  }
}
