package org.cistern.rule.match;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Brings the text of a path pattern into the form of normalised paths, or refuses it. */
final class PatternText {

  private static final int LONGEST = 1000;
  private static final String UNRESERVED = "-._~";

  private PatternText() {}

  /**
   * Returns the pattern as normalised paths are written: what needs no percent sign has none, what
   * needs one has it with upper-case digits.
   *
   * @throws IllegalArgumentException with a sentence, where no path can be like it
   */
  static String normalise(String text) {
    refuseUnless(text.startsWith("/"), "must begin with '/', as in /api/**");
    refuseUnless(text.length() <= LONGEST, "is longer than " + LONGEST + " characters");
    refuseUnless(!text.contains("***"), "has three stars in a row; write * or **");
    text.codePoints().forEach(PatternText::check);
    String normal = encode(text);
    refuseDots(normal);
    return normal;
  }

  private static void check(int c) {
    refuseUnless(c != '?', "has a '?'; a pattern speaks of the path, the query belongs to 'query'");
    refuseUnless(c != '#', "has a '#', which no path has");
    refuseUnless(c != '\\', "has a backslash, which no path has");
    refuseUnless(c != '{' && c != '}', "has a brace; write * for one segment, ** for several");
    refuseUnless(!Character.isISOControl(c), "has a control character");
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%') {
        escape(text, i, out);
        i += 3;
      } else {
        plain(c, out);
        i += Character.charCount(c);
      }
    }
    return out.toString();
  }

  private static void escape(String text, int at, StringBuilder out) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    refuseUnless(high >= 0 && low >= 0, "has a '%' without two hexadecimal digits");
    int c = high << 4 | low;
    if (unreserved(c)) {
      out.append((char) c);
    } else {
      out.append(text.substring(at, at + 3).toUpperCase(Locale.ROOT));
    }
  }

  private static boolean unreserved(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private static void plain(int c, StringBuilder out) {
    if (c > ' ' && c < 0x7f) {
      out.append((char) c);
      return;
    }
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      out.append(String.format("%%%02X", b));
    }
  }

  private static void refuseDots(String text) {
    for (String segment : text.split("/", -1)) {
      refuseUnless(
          !segment.equals(".") && !segment.equals(".."),
          "has a segment '" + segment + "', which no normalised path has");
    }
  }

  private static void refuseUnless(boolean fine, String sentence) {
    if (!fine) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
