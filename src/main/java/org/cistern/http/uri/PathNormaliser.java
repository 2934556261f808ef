package org.cistern.http.uri;

import org.cistern.http.UriCharacters;
import org.jspecify.annotations.Nullable;

/** The normal form of one path that cannot stay as it was sent, or the reason why it has none. */
final class PathNormaliser {

  private final String raw;
  private final StringBuilder out;
  private @Nullable TargetRefusal refusal;
  private int at;

  PathNormaliser(String raw) {
    this.raw = raw;
    this.out = new StringBuilder(raw.length() + 16);
    while (at < raw.length() && refusal == null) {
      take(raw.charAt(at));
    }
    if (refusal == null && hasDotSegment()) {
      refusal = TargetRefusal.DOT_SEGMENT;
    }
  }

  /** Returns why the path is refused, or null where it is not. */
  @Nullable TargetRefusal refusal() {
    return refusal;
  }

  /** Returns the normal form; the string given, where it has that form already. */
  String text() {
    return raw.contentEquals(out) ? raw : out.toString();
  }

  private void take(char c) {
    if (c == '%') {
      takeEscape();
    } else if (UriCharacters.isPath(c)) {
      out.append(c);
      at++;
    } else if (c <= ' ' || c == 0x7F || c > 0xFF || c == '#' || c == '\\') {
      refusal = TargetRefusal.ofCharacter(c);
    } else {
      UriCharacters.escape(c, out);
      at++;
    }
  }

  private void takeEscape() {
    int octet = UriCharacters.hexByte(raw, at + 1);
    refusal = refusalOf(octet);
    if (UriCharacters.isUnreserved(Math.max(octet, 0))) {
      out.append((char) octet);
    } else {
      UriCharacters.escape(octet & 0xFF, out);
    }
    at += 3;
  }

  private static @Nullable TargetRefusal refusalOf(int octet) {
    if (octet < 0) {
      return TargetRefusal.BAD_ESCAPE;
    }
    if (octet == '\\') {
      return TargetRefusal.BACKSLASH;
    }
    return UriCharacters.isControl(octet) ? TargetRefusal.ENCODED_CONTROL : null;
  }

  // Some servers decode an escaped slash before they resolve dots, and others cut parameters off,
  // so both count as the edge of a segment here.
  private boolean hasDotSegment() {
    for (int i = 0; i < out.length(); i++) {
      int start = i + slashAt(i);
      if (start > i && isDotSegment(start)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDotSegment(int start) {
    int end = start;
    while (end < out.length() && out.charAt(end) == '.') {
      end++;
    }
    int dots = end - start;
    return (dots == 1 || dots == 2) && endsSegment(end);
  }

  private boolean endsSegment(int index) {
    return index == out.length()
        || out.charAt(index) == ';'
        || holds(index, "%3B")
        || slashAt(index) > 0;
  }

  // The length of the slash that stands here, raw or escaped; 0 where none does.
  private int slashAt(int index) {
    if (out.charAt(index) == '/') {
      return 1;
    }
    return holds(index, "%2F") ? 3 : 0;
  }

  private boolean holds(int index, String part) {
    return index + part.length() <= out.length()
        && out.charAt(index) == part.charAt(0)
        && out.substring(index, index + part.length()).equals(part);
  }
}
