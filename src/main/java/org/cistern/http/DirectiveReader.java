package org.cistern.http;

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

  private String readValue() {
    boolean exact = line.charAt(at - 1) != ' ' && line.charAt(at - 1) != '\t';
    at++;
    String text = at < line.length() && line.charAt(at) == '"' ? quoted() : token();
    return exact ? text : ' ' + text;
  }

  private String token() {
    int start = at;
    boolean quoted = false;
    while (at < line.length() && (quoted || line.charAt(at) != ',')) {
      quoted ^= line.charAt(at++) == '"';
    }
    return line.substring(start, at).stripTrailing();
  }

  /** Returns what is between the quotes, and what follows them up to the comma behind it. */
  private String quoted() {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\' && at + 1 < line.length()) {
        at++;
      }
      text.append(line.charAt(at++));
    }
    at++;
    return at < line.length() ? text + token() : text.toString();
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
