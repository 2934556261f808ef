package org.cistern.http.directive;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the directives of one {@code Cache-Control} line, one after the other (RFC 9111 section
 * 5.2). It never fails: what is no directive is given as it stands, for the caller to ignore.
 */
final class DirectiveReader {

  private final String line;
  private int at;
  private String name = "";
  private @Nullable String value;

  DirectiveReader(String line) {
    this.line = line;
  }

  /** Goes to the next directive; false where there is none. */
  boolean next() {
    skipSeparators();
    if (at >= line.length()) {
      return false;
    }
    name = readName();
    value = at < line.length() && line.charAt(at) == '=' ? readValue() : null;
    return true;
  }

  /** Returns the name in lower case; white space before the equals sign is not part of it. */
  String name() {
    return name;
  }

  /** Returns the value, without quotes, or null where there is none. */
  @Nullable String value() {
    return value;
  }

  private String readName() {
    int start = at;
    while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != '=') {
      at++;
    }
    return line.substring(start, at).strip().toLowerCase(Locale.ROOT);
  }

  /** White space before the equals sign spoils the value: it stays part of it. */
  private String readValue() {
    boolean spoilt = at > 0 && isSeparator(line.charAt(at - 1));
    at++;
    String quoted = at < line.length() && line.charAt(at) == '"' ? quoted() : null;
    String text = quoted != null ? quoted : upToComma();
    return spoilt ? ' ' + text : text;
  }

  private String upToComma() {
    int start = at;
    while (at < line.length() && line.charAt(at) != ',') {
      at++;
    }
    return line.substring(start, at).stripTrailing();
  }

  /**
   * Returns what is between the quotes with what follows up to the comma; null, without having
   * moved, where the quote does not end: what stands behind it may be a prohibition.
   */
  private @Nullable String quoted() {
    StringBuilder text = new StringBuilder();
    for (int i = at + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        at = i + 1;
        return text + upToComma();
      }
      if (c == '\\' && i + 1 < line.length()) {
        c = line.charAt(++i);
      }
      text.append(c);
    }
    return null;
  }

  private void skipSeparators() {
    while (at < line.length() && isSeparator(line.charAt(at))) {
      at++;
    }
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t' || c == ',';
  }
}
