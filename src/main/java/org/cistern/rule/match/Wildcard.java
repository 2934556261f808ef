package org.cistern.rule.match;

/**
 * A text in which {@code *} stands for any characters, none included; everything else is literal.
 * Case counts. A match takes at most the product of both lengths, whatever the text.
 *
 * @param text the text as written
 */
public record Wildcard(String text) {

  /** Tells whether the whole value is like this text. */
  public boolean matches(String value) {
    return matches(value, value.length());
  }

  /** Tells whether the first {@code end} characters of the value are like this text. */
  boolean matches(String value, int end) {
    int at = 0;
    int star = -1;
    int mark = 0;
    int i = 0;
    while (i < end) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        mark = i;
      } else if (at < text.length() && text.charAt(at) == value.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++mark;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(at);
  }

  private boolean onlyStarsFrom(int at) {
    for (int i = at; i < text.length(); i++) {
      if (text.charAt(i) != '*') {
        return false;
      }
    }
    return true;
  }

  /** Tells whether every value that the other matches is matched by this one, too. */
  public boolean covers(Wildcard other) {
    // A star of the other can only be eaten by one of ours, which then eats all it stands for.
    return matches(other.text);
  }
}
