package org.cistern.http.uri;

import java.nio.charset.StandardCharsets;
import org.cistern.http.UriCharacters;

/** Text as forms encode it: a plus is a space, a percent sign begins an escape of a byte. */
final class FormText {

  private FormText() {}

  /** What opens or parts the names and values of a text that is made of such ones. */
  private static final String SIGNS = "%&=?";

  /**
   * Returns a text with those signs and all controls escaped that have a meaning between names and
   * values: another text for another, and printable.
   */
  static String print(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (SIGNS.indexOf(c) >= 0 || Character.isISOControl(c)) {
        UriCharacters.escape(c, out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Tells whether a decoded text has a place that was not UTF-8. */
  static boolean isMaimed(String decoded) {
    return decoded.indexOf('\uFFFD') >= 0;
  }

  /**
   * Returns the decoded text, bytes read as UTF-8; a percent sign without two digits behind it
   * stands for itself.
   */
  static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw.indexOf('+') < 0 ? raw : raw.replace('+', ' ');
    }
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int at = 0; at < bytes.length; at++) {
      int octet = bytes[at] == '%' ? hexByte(bytes, at + 1) : -1;
      at += octet < 0 ? 0 : 2;
      bytes[length++] = octet < 0 ? plain(bytes[at]) : (byte) octet;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static byte plain(byte octet) {
    return octet == '+' ? (byte) ' ' : octet;
  }

  private static int hexByte(byte[] bytes, int at) {
    int length = Math.min(2, bytes.length - at);
    return UriCharacters.hexByte(new String(bytes, at, length, StandardCharsets.ISO_8859_1), 0);
  }
}
