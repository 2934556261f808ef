package org.cistern.answer;

import java.util.Set;

/**
 * The one spelling of a request field's value that stands for all that mean the same. Only what RFC
 * 9111 section 4.1 allows is changed: white space where the syntax lets it be, and order and case
 * where the field's own definition gives them no meaning.
 */
final class NormalForm {

  private static final Set<String> WEIGHTED = Set.of("accept-language", "accept-encoding");

  /** A credential is compared as it is: two users must never look alike. */
  private static final Set<String> LITERAL =
      Set.of("authorization", "proxy-authorization", "cookie");

  private NormalForm() {}

  /** Returns the normal form of a value; {@code name} is lower case. */
  static String of(String name, String value) {
    if (LITERAL.contains(name) || name.indexOf(':') >= 0) {
      return value.strip();
    }
    String weighted = WEIGHTED.contains(name) ? Weighted.canonical(value) : null;
    return weighted != null ? weighted : list(value);
  }

  /** Takes white space off both ends and both sides of every comma outside a quoted string. */
  private static String list(String value) {
    StringBuilder out = new StringBuilder(value.length());
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\' && i + 1 < value.length()) {
        out.append(c).append(value.charAt(++i));
        continue;
      }
      quoted ^= c == '"';
      append(out, c, quoted);
    }
    dropTrailingSpace(out);
    return out.toString();
  }

  private static void append(StringBuilder out, char c, boolean quoted) {
    if (!quoted && isSpace(c) && (out.length() == 0 || out.charAt(out.length() - 1) == ',')) {
      return;
    }
    if (!quoted && c == ',') {
      dropTrailingSpace(out);
    }
    out.append(c);
  }

  private static void dropTrailingSpace(StringBuilder out) {
    while (out.length() > 0 && isSpace(out.charAt(out.length() - 1))) {
      out.setLength(out.length() - 1);
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
