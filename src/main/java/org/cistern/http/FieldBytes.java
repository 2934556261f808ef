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
    return putRest(token, name, value, out, from);
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
    return putRest(token, name, value, out, from);
  }

  private static int putRest(boolean token, String name, String value, byte[] out, int from) {
    if (!token) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a field");
    }
    int at = from + name.length();
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
      if (c == 0 || c >= '\n' && c <= '\r') {
        throw new IllegalArgumentException("a field's value holds the character " + (int) c);
      }
      out[from + i] = (byte) (c > 0xFF ? '?' : c);
    }
    return from + value.length();
  }
}
