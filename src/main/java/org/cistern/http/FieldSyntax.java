package org.cistern.http;

import org.jspecify.annotations.Nullable;

/** What may stand in a header line (RFC 9110 sections 5.1, 5.5 and 5.6.2). */
public final class FieldSyntax {

  private static final byte[] LOWER = table();

  private FieldSyntax() {}

  private static byte[] table() {
    byte[] lower = new byte[128];
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        .chars()
        .forEach(c -> lower[c] = (byte) Character.toLowerCase(c));
    return lower;
  }

  /** Returns what is wrong with a line of this name and value, or null where nothing is. */
  public static @Nullable FieldProblem problem(String name, String value) {
    FieldProblem inName = nameProblem(name);
    return inName != null ? inName : valueProblem(value);
  }

  /** Returns what is wrong with this name, or null where nothing is. */
  public static @Nullable FieldProblem nameProblem(String name) {
    if (name.isEmpty()) {
      return FieldProblem.NAME_EMPTY;
    }
    return isToken(name) ? null : FieldProblem.NAME_NOT_TOKEN;
  }

  /**
   * Returns what is wrong with this value, or null where nothing is. Bytes above 0x7F are allowed,
   * as RFC 9110 section 5.5 allows them.
   */
  public static @Nullable FieldProblem valueProblem(String value) {
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if ((c < ' ' && c != '\t') || c >= 0x7F) {
        FieldProblem problem = characterProblem(c);
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  private static @Nullable FieldProblem characterProblem(char c) {
    if (c == '\r' || c == '\n') {
      return FieldProblem.VALUE_LINE_BREAK;
    }
    if (c > 0xFF) {
      return FieldProblem.VALUE_NOT_BYTES;
    }
    return UriCharacters.isControl(c) ? FieldProblem.VALUE_CONTROL : null;
  }

  /** Tells whether the text is a token: one character at least, each of them allowed in one. */
  public static boolean isToken(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (!isToken(text.charAt(at))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Tells whether the character may stand in a token. */
  public static boolean isToken(char c) {
    return lowerCase(c) != 0;
  }

  /** Returns the character of a token in lower case; 0 where it may not stand in one. */
  public static byte lowerCase(char c) {
    return c < 128 ? LOWER[c] : 0;
  }
}
